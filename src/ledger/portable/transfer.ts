/** What a ledger holds of a community's work, as JSON lines: approvals, gaps and settings, in any order. */
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { MAX_QUESTION_CHARS } from "../../search/question.ts";
import { questionKey } from "../../ask/similarQuestions.ts";
import { MAX_NOTE_CHARS } from "../approvals.ts";
import type { Database } from "../database.ts";
import { newId } from "../database.ts";
import { nextRevision } from "../guildSettings.ts";
import { boundedLines } from "./ledgerFile.ts";

/** The format's version, in the first line. */
const VERSION = 1;

/** A line that is longer is none of ours, in characters. */
const MAX_LINE_CHARS = 65_536;

/** Passages of one approval. */
const MAX_PASSAGES = 10;

const Snowflake = v.pipe(v.string(), v.regex(/^\d{1,20}$/u));
const Time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
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
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/u)),
  passages: v.pipe(v.array(Passage), v.minLength(1), v.maxLength(MAX_PASSAGES)),
  note: v.nullable(v.pipe(v.string(), v.maxLength(MAX_NOTE_CHARS))),
  at: Time,
});

const PortableGap = v.strictObject({
  type: v.literal("gap"),
  guild: Snowflake,
  question: Question,
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/u)),
  reason: v.picklist(["none", "maybe", "down"]),
  state: v.picklist(["open", "approved", "absent", "dismissed"]),
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

/** Whether a text can be asked. */
function isQuestion(text: string): boolean {
  try {
    return questionKey(text) !== "";
  } catch {
    return false;
  }
}

/** The lines of a ledger: the first names format and version; those of the same ledger are always the same. */
export async function exportLines(database: Database): Promise<string[]> {
  const approvals = await database
    .selectFrom("approvals")
    .selectAll()
    .where("removed", "=", 0)
    .orderBy("guild_id")
    .orderBy("key")
    .execute();
  const gaps = await database
    .selectFrom("gaps")
    .selectAll()
    .orderBy("guild_id")
    .orderBy("key")
    .execute();
  const settings = await database.selectFrom("settings").selectAll().orderBy("guild_id").execute();
  const entries: Entry[] = [
    ...settings.map((row) => ({
      type: "settings" as const,
      guild: row.guild_id,
      moderatorRole: row.moderator_role,
      moderatorChannel: row.moderator_channel,
    })),
    ...approvals.map((row) => ({
      type: "approval" as const,
      guild: row.guild_id,
      question: row.question,
      language: row.language,
      passages: v.parse(v.array(Passage), JSON.parse(row.passages)),
      note: row.note,
      at: row.at,
    })),
    ...gaps.map((row) => ({
      type: "gap" as const,
      guild: row.guild_id,
      question: row.question,
      language: row.language,
      reason: row.reason,
      state: row.state,
      count: row.count,
      channel: row.channel_id,
      message: row.message_id,
      firstAt: row.first_at,
      lastAt: row.last_at,
    })),
  ];
  return [{ verbatim: "ledger", version: VERSION }, ...entries].map((it) => JSON.stringify(it));
}

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

const NOTHING_DONE = "Nothing was imported: mend the line or leave it out.";

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

/** How many entries were new or newer than what was there. */
export interface Imported {
  readonly changed: number;
  readonly unchanged: number;
}

/** Puts entries into the ledger, all or none. What is there stays where it is newer; importing twice changes nothing. */
export async function importEntries(
  database: Database,
  entries: readonly Entry[],
): Promise<Imported> {
  return database.transaction().execute(async (transaction) => {
    let changed = 0;
    for (const entry of entries) if (await importEntry(transaction, entry)) changed++;
    return { changed, unchanged: entries.length - changed };
  });
}

/** A vector is made later, by the process that has the model. */
const NO_VECTOR = { vector: "", space: "" };

async function importEntry(transaction: Database, entry: Entry): Promise<boolean> {
  switch (entry.type) {
    case "approval":
      return importApproval(transaction, entry);
    case "gap":
      return importGap(transaction, entry);
    case "settings":
      return importSettings(transaction, entry);
  }
}

async function importApproval(
  transaction: Database,
  { guild, question, language, passages, note, at }: PortableApproval,
): Promise<boolean> {
  const columns = {
    question,
    language,
    ...NO_VECTOR,
    passages: JSON.stringify(passages),
    note,
    removed: 0,
    at,
    revision: await nextRevision(transaction, guild),
  };
  const row = await transaction
    .insertInto("approvals")
    .values({ id: newId(), guild_id: guild, key: questionKey(question), ...columns })
    .onConflict((conflict) =>
      conflict.columns(["guild_id", "key"]).doUpdateSet(columns).where("approvals.at", "<", at),
    )
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

async function importGap(
  transaction: Database,
  entry: Extract<Entry, { type: "gap" }>,
): Promise<boolean> {
  const { guild, question, language, reason, state, count, channel, message } = entry;
  const row = await transaction
    .insertInto("gaps")
    .values({
      id: newId(),
      guild_id: guild,
      question,
      key: questionKey(question),
      language,
      ...NO_VECTOR,
      reason,
      state,
      count,
      channel_id: channel,
      message_id: message,
      post_channel_id: null,
      post_id: null,
      first_at: entry.firstAt,
      last_at: entry.lastAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["guild_id", "key"])
        .doUpdateSet({ state, count, last_at: entry.lastAt })
        .where("gaps.last_at", "<", entry.lastAt),
    )
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** What is set here stays. */
async function importSettings(
  transaction: Database,
  { guild, moderatorRole, moderatorChannel }: Extract<Entry, { type: "settings" }>,
): Promise<boolean> {
  const row = await transaction
    .insertInto("settings")
    .values({
      guild_id: guild,
      moderator_role: moderatorRole,
      moderator_channel: moderatorChannel,
      revision: 0,
    })
    .onConflict((conflict) => conflict.column("guild_id").doNothing())
    .returning("guild_id")
    .executeTakeFirst();
  return row !== undefined;
}
