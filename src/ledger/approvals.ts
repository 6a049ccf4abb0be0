/** Answers that moderators approved. */
import type { ApprovedAnswers, PassageReference } from "../ask/approvedAnswers.ts";
import type { QuestionVector } from "../ask/similarQuestions.ts";
import { prepareApprovalCache, toApproval } from "./approvalCache.ts";
import type { Approval } from "./approvalCache.ts";
import { writeAudit } from "./audit.ts";
import type { Act, Moderator } from "./audit.ts";
import type { Database } from "./database.ts";
import { newId } from "./database.ts";
import { nextRevision } from "./guildSettings.ts";
import { toColumns } from "./schema.ts";
import type { ApprovalsTable } from "./schema.ts";

/** Most characters of a moderator's note. */
export const MAX_NOTE_CHARS = 200;

/** What is approved. */
export interface NewApproval {
  readonly question: string;
  readonly vector: QuestionVector;
  /** Best first; one or more. */
  readonly passages: readonly PassageReference[];
  /** Left as it is, in an approval that is there, where undefined. */
  readonly note?: string | undefined;
}

/** What is changed; the rest stays. */
interface ApprovalChange {
  readonly passages?: readonly PassageReference[];
  /** Empty removes it. */
  readonly note?: string;
}

/** Every change has its audit row, or neither is there. */
export interface Approvals {
  /** Approves an answer, in the place of the one to the same question. */
  approve(by: Moderator, approval: NewApproval, at: number): Promise<Approval>;
  /** Undefined if there is no such approval in the moderator's server. */
  edit(
    by: Moderator,
    id: string,
    change: ApprovalChange,
    at: number,
  ): Promise<Approval | undefined>;
  /** Whether it was there. */
  remove(by: Moderator, id: string, at: number): Promise<boolean>;
  get(guild: string, id: string): Promise<Approval | undefined>;
  /** The newest first. */
  list(guild: string, offset: number, count: number): Promise<Approval[]>;
  count(guild: string): Promise<number>;
  /** All of a server, ready to be looked up; read again only as far as they have changed. */
  approvedIn(guild: string): Promise<ApprovedAnswers>;
  /** Approvals whose vectors are not of this space. */
  withOldVectors(
    space: string,
    count: number,
  ): Promise<readonly (Approval & { readonly guild: string })[]>;
  /** Puts a vector in the place of one of another space. */
  reembed(guild: string, id: string, vector: QuestionVector): Promise<void>;
}

/** Approvals in a database. */
export function prepareApprovals(database: Database): Approvals {
  return {
    approve: (by, approval, at) =>
      database.transaction().execute((transaction) => approve(transaction, { by, at }, approval)),
    edit: (by, id, { passages, note }, at) =>
      change(database, { by, at, action: "edit" }, id, {
        ...(passages && { passages: JSON.stringify(passages) }),
        ...(note !== undefined && { note: note === "" ? null : note }),
      }),
    remove: async (by, id, at) => {
      const removed = await change(database, { by, at, action: "remove" }, id, { removed: 1 });
      return removed !== undefined;
    },
    get: async (guild, id) => {
      const row = await approvalsOf(database, guild).where("id", "=", id).executeTakeFirst();
      return row && toApproval(row);
    },
    list: (guild, offset, count) => readNewest(database, guild, { offset, count }),
    count: (guild) => countOf(database, guild),
    approvedIn: prepareApprovalCache(database),
    withOldVectors: (space, count) => readWithOldVectors(database, space, count),
    reembed: async (guild, id, vector) => {
      await database.transaction().execute((it) => update(it, { guild, id }, toColumns(vector)));
    },
  };
}

async function approve(
  transaction: Database,
  { by: { guild, user }, at }: Act,
  { question, vector, passages, note }: NewApproval,
): Promise<Approval> {
  const changed = {
    revision: await nextRevision(transaction, guild),
    question,
    ...toColumns(vector),
    passages: JSON.stringify(passages),
    removed: 0,
    at,
  };
  const row = await transaction
    .insertInto("approvals")
    .values({ id: newId(), guild_id: guild, note: note ?? null, ...changed })
    .onConflict((conflict) =>
      conflict
        .columns(["guild_id", "key"])
        .doUpdateSet({ ...changed, ...(note !== undefined && { note }) }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  await writeAudit(transaction, { guild, actor: user, action: "approve", target: row.id }, at);
  return toApproval(row);
}

async function change(
  database: Database,
  { by: { guild, user }, at, action }: Act & { readonly action: "edit" | "remove" },
  id: string,
  columns: Partial<ApprovalsTable>,
): Promise<Approval | undefined> {
  return database.transaction().execute(async (transaction) => {
    const row = await update(transaction, { guild, id }, { ...columns, at });
    if (row === undefined) return undefined;
    await writeAudit(transaction, { guild, actor: user, action, target: id }, at);
    return toApproval(row);
  });
}

/** Writes what changes a row, with the revision that tells other processes of it. */
async function update(
  transaction: Database,
  { guild, id }: { readonly guild: string; readonly id: string },
  columns: Partial<ApprovalsTable>,
): Promise<ApprovalsTable | undefined> {
  return transaction
    .updateTable("approvals")
    .set({ ...columns, revision: await nextRevision(transaction, guild) })
    .where("guild_id", "=", guild)
    .where("id", "=", id)
    .where("removed", "=", 0)
    .returningAll()
    .executeTakeFirst();
}

function approvalsOf(database: Database, guild: string) {
  return approvals(database).selectAll().where("guild_id", "=", guild);
}

/** Those that were not removed. */
function approvals(database: Database) {
  return database.selectFrom("approvals").where("removed", "=", 0);
}

async function readNewest(
  database: Database,
  guild: string,
  { offset, count }: { readonly offset: number; readonly count: number },
): Promise<Approval[]> {
  const rows = await approvalsOf(database, guild)
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(count)
    .offset(offset)
    .execute();
  return rows.map(toApproval);
}

async function countOf(database: Database, guild: string): Promise<number> {
  const { count } = await approvals(database)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("guild_id", "=", guild)
    .executeTakeFirstOrThrow();
  return count;
}

async function readWithOldVectors(database: Database, space: string, count: number) {
  const rows = await approvals(database)
    .selectAll()
    .where("space", "<>", space)
    .orderBy("id")
    .limit(count)
    .execute();
  return rows.map((row) => ({ ...toApproval(row), guild: row.guild_id }));
}
