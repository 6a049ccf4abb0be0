/** A ledger's file: JSON lines, the first of which names format and version; then approvals, gaps and settings in any order. */
import * as v from "valibot";
import { MAX_EXCERPTS } from "../../ask/answer.ts";
import { questionKey } from "../../search/question.ts";
import { UserError } from "../../errors.ts";
import { MAX_QUESTION_CHARS } from "../../search/question.ts";
import { MAX_NOTE_CHARS } from "../approvals.ts";
import { GAP_REASONS, GAP_STATES } from "../schema.ts";

/** The format's version, in the first line. */
const VERSION = 1;

/** A line that is longer is none of ours, in characters. */
const MAX_LINE_CHARS = 65_536;

const Snowflake = v.pipe(v.string(), v.regex(/^\d{1,20}$/u));
const Time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const Language = v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/u));
const Question = v.pipe(v.string(), v.maxLength(MAX_QUESTION_CHARS), v.check(isQuestion));
const Passage = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z2-7]{8}$/u)),
  words: v.pipe(v.string(), v.hash(["sha256"])),
});

const Header = v.strictObject({ verbatim: v.literal("ledger"), version: v.number() });

/** An approved answer: a question and the passages that answer it. */
const PortableApproval = v.strictObject({
  type: v.literal("approval"),
  guild: Snowflake,
  question: Question,
  language: Language,
  passages: v.pipe(v.array(Passage), v.minLength(1), v.maxLength(MAX_EXCERPTS)),
  note: v.nullable(v.pipe(v.string(), v.maxLength(MAX_NOTE_CHARS))),
  at: Time,
});

const PortableGap = v.strictObject({
  type: v.literal("gap"),
  guild: Snowflake,
  question: Question,
  language: Language,
  reason: v.picklist(GAP_REASONS),
  state: v.picklist(GAP_STATES),
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e9)),
  channel: Snowflake,
  message: Snowflake,
  firstAt: Time,
  lastAt: Time,
});

const PortableSettings = v.strictObject({
  type: v.literal("settings"),
  guild: Snowflake,
  moderatorRole: v.nullable(Snowflake),
  moderatorChannel: v.nullable(Snowflake),
});

const Entry = v.variant("type", [PortableApproval, PortableGap, PortableSettings]);

/** A line of the file, after the first. */
export type Entry = v.InferOutput<typeof Entry>;
export type PortableApproval = v.InferOutput<typeof PortableApproval>;
export type PortableGap = v.InferOutput<typeof PortableGap>;
export type PortableSettings = v.InferOutput<typeof PortableSettings>;

const StoredPassages = v.array(Passage);

/** Passages as the database has them, `[{"id":…,"words":…}]`. */
export function readPassages(json: string): PortableApproval["passages"] {
  return v.parse(StoredPassages, JSON.parse(json));
}

/** A ledger's entries as the lines of its file. */
export function linesOf(entries: readonly Entry[]): string[] {
  return [{ verbatim: "ledger", version: VERSION }, ...entries].map((it) => JSON.stringify(it));
}

const NOTHING_DONE = "Nothing was imported: mend the line or leave it out.";

/**
 * Reads a ledger's file.
 *
 * @throws {UserError} that names the first line which cannot be used.
 */
export async function readLedgerFile(chunks: AsyncIterable<string>): Promise<Entry[]> {
  const entries: Entry[] = [];
  let number = 0;
  for await (const line of boundedLines(chunks, MAX_LINE_CHARS)) {
    number++;
    if (number === 1) assertHeader(parseLine(line, number));
    else if (line.trim() !== "") entries.push(toEntry(parseLine(line, number), number));
  }
  if (number === 0)
    throw new UserError("The file is empty: it needs a first line, as export writes it.");
  return entries;
}

function parseLine(line: string, number: number): unknown {
  if (line.length > MAX_LINE_CHARS) {
    throw new UserError(
      `Line ${number} is longer than ${MAX_LINE_CHARS} characters. ${NOTHING_DONE}`,
    );
  }
  try {
    return JSON.parse(line);
  } catch {
    throw new UserError(`Line ${number} is not whole JSON. ${NOTHING_DONE}`);
  }
}

function assertHeader(value: unknown): void {
  const header = v.safeParse(Header, value);
  if (!header.success) {
    throw new UserError(
      'Line 1 is not {"verbatim":"ledger","version":…}: this is no ledger. Nothing was imported.',
    );
  }
  if (header.output.version !== VERSION) {
    throw new UserError(
      `Line 1 says version ${header.output.version}, this program reads ${VERSION}. Nothing was imported.`,
    );
  }
}

function toEntry(value: unknown, number: number): Entry {
  const entry = v.safeParse(Entry, value);
  if (entry.success) return entry.output;
  const [issue] = entry.issues;
  const field = v.getDotPath(issue) ?? "type";
  throw new UserError(`Line ${number}: ${field} cannot be used. ${NOTHING_DONE}`);
}

/** Whether a text can be asked. */
function isQuestion(text: string): boolean {
  try {
    return questionKey(text) !== "";
  } catch {
    return false;
  }
}

/** The lines of a stream; of one that is too long only so much that it can be told: the rest is not read into memory. */
export async function* boundedLines(
  chunks: AsyncIterable<string>,
  maxChars: number,
): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > maxChars) {
      yield rest;
      return;
    }
  }
  if (rest !== "") yield rest;
}
