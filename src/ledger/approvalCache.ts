/** Approved answers as they are looked up: in memory, and read again only as far as they have changed. */
import * as v from "valibot";
import { prepareApproved } from "../ask/approvedAnswers.ts";
import type { ApprovedAnswer, ApprovedAnswers } from "../ask/approvedAnswers.ts";
import type { Database } from "./database.ts";
import { fromColumns } from "./schema.ts";
import type { ApprovalsTable } from "./schema.ts";

/** An approved answer, and when it was last changed. */
export interface Approval extends ApprovedAnswer {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A server's approvals as they were at one of its revisions. */
interface Snapshot {
  readonly revision: number;
  readonly byId: ReadonlyMap<string, ApprovedAnswer>;
  readonly approved: ApprovedAnswers;
}

const EMPTY: Snapshot = { revision: 0, byId: new Map(), approved: prepareApproved([]) };

/** Prepares a server's approvals, with what any process has changed until they are asked for. */
export function prepareApprovalCache(
  database: Database,
): (guild: string) => Promise<ApprovedAnswers> {
  const snapshots = new Map<string, Snapshot>();
  const reading = new Map<string, Promise<Snapshot>>();
  return async (guild) => {
    // Questions that come together read once.
    const underWay =
      reading.get(guild) ??
      readChanges(database, guild, snapshots.get(guild) ?? EMPTY).finally(() =>
        reading.delete(guild),
      );
    reading.set(guild, underWay);
    const snapshot = await underWay;
    snapshots.set(guild, snapshot);
    return snapshot.approved;
  };
}

/** Reads the rows that were changed since a snapshot. */
async function readChanges(database: Database, guild: string, before: Snapshot): Promise<Snapshot> {
  const settings = await database
    .selectFrom("settings")
    .select("revision")
    .where("guild_id", "=", guild)
    .executeTakeFirst();
  const counted = settings?.revision ?? 0;
  if (counted === before.revision) return before;
  const rows = await database
    .selectFrom("approvals")
    .selectAll()
    .where("guild_id", "=", guild)
    .where("revision", ">", before.revision)
    .execute();
  const byId = new Map(before.byId);
  for (const row of rows) {
    if (row.removed === 1) byId.delete(row.id);
    else byId.set(row.id, toApproval(row));
  }
  // The rows may be newer than the count that was read: what was read last is what is known.
  const revision = Math.max(counted, ...rows.map((row) => row.revision));
  return { revision, byId, approved: prepareApproved([...byId.values()]) };
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
