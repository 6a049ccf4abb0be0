/** Questions that were not answered well, until moderators settle them. */
import type { QuestionVector } from "../ask/similarQuestions.ts";
import { writeAudit } from "./audit.ts";
import type { Act, Moderator } from "./audit.ts";
import type { Database } from "./database.ts";
import { newId } from "./database.ts";
import { reopenGap } from "./gapReopening.ts";
import { fromColumns, toColumns } from "./schema.ts";
import type { GapReason, GapState, GapsTable, SettledState } from "./schema.ts";

/** Where a message is. */
export interface MessagePlace {
  readonly channel: string;
  readonly message: string;
}

/** A question that an answer leaves open, at the message that shows it. */
export interface GapOccurrence extends MessagePlace {
  readonly guild: string;
  readonly question: string;
  readonly vector: QuestionVector;
  readonly reason: GapReason;
}

/** A question that waits for moderators, as it occurred first. */
export interface Gap extends GapOccurrence {
  readonly id: string;
  readonly state: GapState;
  /** How often it was asked. */
  readonly count: number;
  /** The message that asks moderators about it. */
  readonly post: MessagePlace | undefined;
}

/** A gap that was settled just now, and the messages whose readers wait for that. */
export interface SettledGap {
  readonly gap: Gap;
  readonly waiters: readonly MessagePlace[];
}

/** The gaps of all servers. */
export interface Gaps {
  /** Counts the question of an answer that is kept, once a message; the gap's id. Where questions are not kept nothing is. */
  recordOccurrence(occurrence: GapOccurrence, at: number): Promise<string | undefined>;
  /** The open gaps of a server, those asked most first. */
  open(guild: string, count: number): Promise<Gap[]>;
  get(guild: string, id: string): Promise<Gap | undefined>;
  /** The gap of a question of these words. */
  ofKey(guild: string, key: string): Promise<Gap | undefined>;
  /** The gap that a message's question is counted in. */
  ofMessage(message: string): Promise<Gap | undefined>;
  /** Remembers that readers of a message wait; false if they did already. */
  wait(id: string, place: MessagePlace): Promise<boolean>;
  /** Remembers the message that asks moderators. */
  posted(id: string, place: MessagePlace): Promise<void>;
  /** Open gaps whose vectors are not of this space. */
  withOldVectors(space: string, count: number): Promise<Gap[]>;
  /** Puts a vector in the place of one of another space. */
  reembed(guild: string, id: string, vector: QuestionVector): Promise<void>;
  /** Opens a gap again that was approved: what was is not found any more. Whether it was approved. */
  reopen(guild: string, id: string): Promise<boolean>;
  /** Settles those of the gaps that are open; of several processes one settles each. */
  settle(
    by: Moderator,
    ids: readonly string[],
    state: SettledState,
    at: number,
  ): Promise<SettledGap[]>;
}

/** Gaps in a database. None is kept where `keepsQuestions` is false. */
export function prepareGaps(database: Database, keepsQuestions: boolean): Gaps {
  return {
    recordOccurrence: async (occurrence, at) =>
      keepsQuestions
        ? database.transaction().execute((it) => recordOccurrence(it, occurrence, at))
        : undefined,
    open: (guild, count) => readMostAsked(database, guild, count),
    get: (guild, id) => readFirst(gapsOf(database, guild).where("id", "=", id)),
    ofKey: (guild, key) => readFirst(gapsOf(database, guild).where("key", "=", key)),
    ofMessage: (message) =>
      readFirst(
        gaps(database)
          .innerJoin("answers", "answers.gap_id", "gaps.id")
          .where("answers.message_id", "=", message),
      ),
    wait: (id, place) => addWaiter(database, id, place),
    posted: async (id, { channel, message }) => {
      const post = { post_channel_id: channel, post_id: message };
      await database.updateTable("gaps").set(post).where("id", "=", id).execute();
    },
    withOldVectors: async (space, count) => {
      const old = openGaps(database, count).where("space", "<>", space).orderBy("id");
      return (await old.execute()).map(toGap);
    },
    reembed: async (guild, id, vector) => {
      const gap = database.updateTable("gaps").where("guild_id", "=", guild).where("id", "=", id);
      await gap.set(toColumns(vector)).execute();
    },
    reopen: (guild, id) =>
      database
        .transaction()
        .execute((it) => reopenGap(it, { guild, gap: { id }, as: ["approved"] })),
    settle: (by, ids, state, at) =>
      database.transaction().execute((it) => settle(it, ids, state, { by, at })),
  };
}

async function recordOccurrence(
  transaction: Database,
  occurrence: GapOccurrence,
  at: number,
): Promise<string | undefined> {
  const id = newId();
  const answer = transaction.updateTable("answers").where("message_id", "=", occurrence.message);
  // What is counted is marked first: whoever marks it counts it.
  const marked = await answer.set({ gap_id: id }).where("gap_id", "is", null).executeTakeFirst();
  if (marked.numUpdatedRows === 0n) return undefined;
  const { guild, vector } = occurrence;
  // What was approved, and is not found all the same, was removed or is gone from the report.
  await reopenGap(transaction, { guild, gap: { key: vector.key }, as: ["approved"] });
  const counted = await addOrCount(transaction, id, occurrence, at);
  if (counted !== id) await answer.set({ gap_id: counted }).execute();
  return counted;
}

/** The id of the question's gap: the given one where it is new. */
async function addOrCount(
  transaction: Database,
  id: string,
  { guild, channel, message, question, vector, reason }: GapOccurrence,
  at: number,
): Promise<string> {
  const row = await transaction
    .insertInto("gaps")
    .values({
      id,
      guild_id: guild,
      question,
      ...toColumns(vector),
      reason,
      state: "open",
      count: 1,
      channel_id: channel,
      message_id: message,
      first_at: at,
      last_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["guild_id", "key"])
        .doUpdateSet(({ eb }) => ({ count: eb("gaps.count", "+", 1), last_at: at })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

async function readFirst(query: {
  executeTakeFirst(): Promise<GapsTable | undefined>;
}): Promise<Gap | undefined> {
  const row = await query.executeTakeFirst();
  return row && toGap(row);
}

async function readMostAsked(database: Database, guild: string, count: number): Promise<Gap[]> {
  const rows = await openGaps(database, count)
    .where("guild_id", "=", guild)
    .orderBy("count", "desc")
    .orderBy("last_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map(toGap);
}

function openGaps(database: Database, count: number) {
  return gaps(database).where("state", "=", "open").limit(count);
}

function gapsOf(database: Database, guild: string) {
  return gaps(database).where("guild_id", "=", guild);
}

function gaps(database: Database) {
  return database.selectFrom("gaps").selectAll("gaps");
}

async function addWaiter(
  database: Database,
  gap: string,
  { channel, message }: MessagePlace,
): Promise<boolean> {
  const added = await database
    .insertInto("waiters")
    .values({ gap_id: gap, channel_id: channel, message_id: message })
    .onConflict((conflict) => conflict.column("message_id").doNothing())
    .returning("gap_id")
    .executeTakeFirst();
  return added !== undefined;
}

/** What each way of closing a gap is called in the audit. An approval has a row of its own. */
const ACTIONS = { absent: "absent", dismissed: "dismiss" } as const;

async function settle(
  transaction: Database,
  ids: readonly string[],
  state: SettledState,
  { by, at }: Act,
): Promise<SettledGap[]> {
  if (ids.length === 0) return [];
  const rows = await transaction
    .updateTable("gaps")
    .set({ state })
    .where("guild_id", "=", by.guild)
    .where("id", "in", ids)
    .where("state", "=", "open")
    .returningAll()
    .execute();
  const settled: SettledGap[] = [];
  for (const row of rows) {
    const waiters = await transaction
      .deleteFrom("waiters")
      .where("gap_id", "=", row.id)
      .returning(["channel_id as channel", "message_id as message"])
      .execute();
    settled.push({ gap: toGap(row), waiters });
    if (state === "approved") continue;
    const entry = { guild: by.guild, actor: by.user, action: ACTIONS[state], target: row.id };
    await writeAudit(transaction, entry, at);
  }
  return settled;
}

function toGap(row: GapsTable): Gap {
  const { post_channel_id: channel, post_id: message } = row;
  return {
    id: row.id,
    guild: row.guild_id,
    question: row.question,
    vector: fromColumns(row),
    reason: row.reason,
    state: row.state,
    count: row.count,
    channel: row.channel_id,
    message: row.message_id,
    post: channel === null || message === null ? undefined : { channel, message },
  };
}
