/** Questions that were not answered well, until moderators settle them. */
import type { QuestionVector } from "../ask/similarQuestions.ts";
import { writeAudit } from "./audit.ts";
import type { Moderator } from "./audit.ts";
import type { Database } from "./database.ts";
import { newId } from "./database.ts";
import { fromColumns, toColumns } from "./schema.ts";
import type { GapsTable } from "./schema.ts";

/** Why a question counts as a gap: what the search said, or that somebody found the answer bad. */
export type GapReason = "none" | "maybe" | "down";

/** What became of it: a passage was approved, moderators found that the report has no answer, or it is no question for the report. */
export type GapState = "open" | "approved" | "absent" | "dismissed";

/** A question that waits for moderators. */
export interface Gap {
  readonly id: string;
  readonly guild: string;
  readonly question: string;
  readonly vector: QuestionVector;
  readonly reason: GapReason;
  readonly state: GapState;
  /** How often it was asked. */
  readonly count: number;
  /** The first message that showed it. */
  readonly channel: string;
  readonly message: string;
  /** The message that asks moderators about it. */
  readonly post: MessagePlace | undefined;
}

/** Where a message is. */
export interface MessagePlace {
  readonly channel: string;
  readonly message: string;
}

/** A question that an answer leaves open. */
export interface GapOccurrence extends MessagePlace {
  readonly guild: string;
  readonly question: string;
  readonly vector: QuestionVector;
  readonly reason: GapReason;
}

/** A gap that was settled just now, and the messages whose readers wait for that. */
export interface SettledGap {
  readonly gap: Gap;
  readonly waiters: readonly MessagePlace[];
}

export interface Gaps {
  /** Counts the question of an answer that is kept, once a message; the gap's id. */
  recordOccurrence(sighting: GapOccurrence, at: number): Promise<string | undefined>;
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
  /** Settles those of the gaps that are open; of several processes one settles each. */
  settle(
    by: Moderator,
    ids: readonly string[],
    state: Exclude<GapState, "open">,
    at: number,
  ): Promise<SettledGap[]>;
}

/** What each way of settling a gap is called in the audit. An approval has a row of its own. */
const ACTIONS = { absent: "absent", dismissed: "dismiss" } as const;

/** Gaps in a database. */
export function prepareGaps(database: Database): Gaps {
  const ofGuild = (guild: string) =>
    database.selectFrom("gaps").selectAll().where("guild_id", "=", guild);
  const only = async (row: Promise<GapsTable | undefined>): Promise<Gap | undefined> => {
    const found = await row;
    return found && toGap(found);
  };
  return {
    recordOccurrence: (sighting, at) =>
      database.transaction().execute((transaction) => recordOccurrence(transaction, sighting, at)),
    open: async (guild, count) => {
      const rows = await ofGuild(guild)
        .where("state", "=", "open")
        .orderBy("count", "desc")
        .orderBy("last_at", "desc")
        .orderBy("id")
        .limit(count)
        .execute();
      return rows.map(toGap);
    },
    get: (guild, id) => only(ofGuild(guild).where("id", "=", id).executeTakeFirst()),
    ofKey: (guild, key) => only(ofGuild(guild).where("key", "=", key).executeTakeFirst()),
    ofMessage: (message) =>
      only(
        database
          .selectFrom("gaps")
          .innerJoin("answers", "answers.gap_id", "gaps.id")
          .selectAll("gaps")
          .where("answers.message_id", "=", message)
          .executeTakeFirst(),
      ),
    wait: async (id, { channel, message }) => {
      const waiting = await database
        .insertInto("waiters")
        .values({ gap_id: id, channel_id: channel, message_id: message })
        .onConflict((conflict) => conflict.column("message_id").doNothing())
        .returning("gap_id")
        .executeTakeFirst();
      return waiting !== undefined;
    },
    posted: async (id, { channel, message }) => {
      await database
        .updateTable("gaps")
        .set({ post_channel_id: channel, post_id: message })
        .where("id", "=", id)
        .execute();
    },
    withOldVectors: (space, count) => withOldVectors(database, space, count),
    reembed: async (_, id, vector) => {
      await database.updateTable("gaps").set(toColumns(vector)).where("id", "=", id).execute();
    },
    settle: (by, ids, state, at) =>
      database.transaction().execute((transaction) => settle(transaction, { by, ids, state, at })),
  };
}

async function withOldVectors(database: Database, space: string, count: number): Promise<Gap[]> {
  const rows = await database
    .selectFrom("gaps")
    .selectAll()
    .where("state", "=", "open")
    .where("space", "<>", space)
    .orderBy("id")
    .limit(count)
    .execute();
  return rows.map(toGap);
}

async function recordOccurrence(
  transaction: Database,
  { guild, channel, message, question, vector, reason }: GapOccurrence,
  at: number,
): Promise<string | undefined> {
  const id = newId();
  // What is counted is marked first: whoever marks it counts it.
  const { numUpdatedRows } = await transaction
    .updateTable("answers")
    .set({ gap_id: id })
    .where("message_id", "=", message)
    .where("gap_id", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return undefined;
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
      post_channel_id: null,
      post_id: null,
      first_at: at,
      last_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(["guild_id", "key"]).doUpdateSet(({ eb }) => ({
        count: eb("gaps.count", "+", 1),
        last_at: at,
        // What was approved, and is not found all the same, was removed or is gone from the report.
        state: eb
          .case()
          .when("gaps.state", "=", "approved")
          .then(eb.val<GapState>("open"))
          .else(eb.ref("gaps.state"))
          .end(),
      })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  if (row.id !== id) {
    await transaction
      .updateTable("answers")
      .set({ gap_id: row.id })
      .where("message_id", "=", message)
      .execute();
  }
  return row.id;
}

interface Settling {
  readonly by: Moderator;
  readonly ids: readonly string[];
  readonly state: Exclude<GapState, "open">;
  readonly at: number;
}

async function settle(
  transaction: Database,
  { by, ids, state, at }: Settling,
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
