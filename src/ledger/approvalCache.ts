/** Approved answers as they are looked up: in memory, and read again only as far as they have changed. */
import * as v from "valibot";
import { prepareApproved } from "../ask/approvedAnswers.ts";
import type { ApprovedAnswer, ApprovedAnswers } from "../ask/approvedAnswers.ts";
import type { Database } from "./database.ts";
import { fromColumns } from "./schema.ts";
import type { ApprovalsTable } from "./schema.ts";

/** An approved answer, and when it was last changed. */
export interface Approval extends ApprovedAnswer {
  readonly at: number;
}

const References = v.array(v.object({ id: v.string(), words: v.string() }));

/** An approval from its row. */
export function toApproval(row: ApprovalsTable): Approval {
  return {
    id: row.id,
    question: row.question,
    vector: fromColumns(row),
    passages: v.parse(References, JSON.parse(row.passages)),
    note: row.note ?? undefined,
    at: row.at,
  };
}

/** What is known of a server's approvals. */
interface Known {
  readonly revision: number;
  readonly answers: ReadonlyMap<string, ApprovedAnswer>;
  readonly approved: ApprovedAnswers;
}

const NOTHING_KNOWN: Known = { revision: 0, answers: new Map(), approved: prepareApproved([]) };

/** Reads rows that were changed since the last time, so that what another process approves counts at once. */
export function prepareApprovalCache(
  database: Database,
): (guild: string) => Promise<ApprovedAnswers> {
  const known = new Map<string, Known>();
  const readChanges = async (guild: string, before: Known): Promise<Known> => {
    const server = await database
      .selectFrom("settings")
      .select("revision")
      .where("guild_id", "=", guild)
      .executeTakeFirst();
    if ((server?.revision ?? 0) === before.revision) return before;
    const rows = await database
      .selectFrom("approvals")
      .selectAll()
      .where("guild_id", "=", guild)
      .where("revision", ">", before.revision)
      .execute();
    const answers = new Map(before.answers);
    for (const row of rows) {
      if (row.removed === 1) answers.delete(row.id);
      else answers.set(row.id, toApproval(row));
    }
    // The rows may be newer than the count that was read: what was read last is what is known.
    const revision = Math.max(server?.revision ?? 0, ...rows.map((row) => row.revision));
    return { revision, answers, approved: prepareApproved([...answers.values()]) };
  };
  const reading = new Map<string, Promise<Known>>();
  return async (guild) => {
    // Questions that come together read once.
    const underWay =
      reading.get(guild) ??
      readChanges(guild, known.get(guild) ?? NOTHING_KNOWN).finally(() => reading.delete(guild));
    reading.set(guild, underWay);
    const now = await underWay;
    known.set(guild, now);
    return now.approved;
  };
}
