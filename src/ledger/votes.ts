/** What people think of the answers: a file of JSON lines, one for each change of mind. */
import { createHmac, randomBytes } from "node:crypto";
import { appendFile, mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { UserError } from "../errors.ts";

/** Why an answer is found bad. */
export const VOTE_REASONS = ["wrong", "incomplete", "unanswered", "other"] as const;
export type VoteReason = (typeof VOTE_REASONS)[number];

/** One person's opinion of one answer. */
export interface Vote {
  /** The id of the message with the answer. */
  readonly message: string;
  /** The id of the user; kept as a keyed hash only. */
  readonly user: string;
  readonly opinion: "up" | "down";
  readonly reason?: VoteReason | undefined;
}

/** The votes of a data folder. */
export interface Votes {
  /** Keeps a vote, in the place of the same user's earlier one; `same` if that said so already. On disk when it resolves. */
  cast(vote: Vote): Promise<"cast" | "same">;
  close(): Promise<void>;
}

const Line = v.object({
  message: v.string(),
  voter: v.string(),
  opinion: v.picklist(["up", "down"]),
  reason: v.optional(v.picklist(VOTE_REASONS)),
});

const VOTES_FILE = "votes.jsonl";
const KEY_FILE = "voters.key";
const KEY_BYTES = 32;

/**
 * Opens the votes of a data folder, which is made if it is not there.
 *
 * @throws {UserError} if the folder or a line cannot be read; the message names it.
 */
export async function openVotes(dataDir: string): Promise<Votes> {
  const file = path.join(dataDir, VOTES_FILE);
  let key: Buffer;
  let text: string;
  try {
    await mkdir(dataDir, { recursive: true });
    key = await readKey(path.join(dataDir, KEY_FILE));
    await appendFile(file, "");
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError(`The folder ${dataDir} cannot be written: check DATA_DIR and its rights.`, {
      cause,
    });
  }
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const latest = parseVotes(whole, file);
  // A last line without its end was cut by a crash, before it was acknowledged.
  if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
  const voterOf = (user: string): string => createHmac("sha256", key).update(user).digest("hex");
  const write = async ({ message, user, opinion, reason }: Vote): Promise<"cast" | "same"> => {
    const voter = voterOf(user);
    const ballot = `${message} ${voter}`;
    const said = `${opinion} ${reason ?? ""}`;
    if (latest.get(ballot) === said) return "same";
    const line = JSON.stringify({ message, voter, opinion, reason });
    await appendFile(file, `${line}\n`, { flush: true });
    latest.set(ballot, said);
    return "cast";
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    cast: (vote) => {
      const mine = last.then(() => write(vote));
      last = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      await last;
    },
  };
}

/** The hash's key stays in the folder: without it nobody can tell who voted. */
async function readKey(file: string): Promise<Buffer> {
  try {
    await writeFile(file, randomBytes(KEY_BYTES), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFile(file);
}

/** The last opinion of each voter on each message. */
function parseVotes(text: string, file: string): Map<string, string> {
  const latest = new Map<string, string>();
  text.split("\n").forEach((line, i) => {
    if (line === "") return;
    const { message, voter, opinion, reason } = parseLine(line, `${file}, line ${i + 1}`);
    latest.set(`${message} ${voter}`, `${opinion} ${reason ?? ""}`);
  });
  return latest;
}

function parseLine(line: string, place: string): v.InferOutput<typeof Line> {
  try {
    return v.parse(Line, JSON.parse(line));
  } catch (cause) {
    throw new UserError(`${place}, is not a vote: remove the line, or restore the file.`, {
      cause,
    });
  }
}
