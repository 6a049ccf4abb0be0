/** What moderators did, with their own ids: the only place where people are known by name. */
import type { Database } from "./database.ts";
import { newId } from "./database.ts";

/** What a moderator can do. */
export type AuditAction =
  "pin" | "unpin" | "approve" | "edit" | "remove" | "absent" | "dismiss" | "settings";

/** Who acts, and in which server. */
export interface Moderator {
  readonly guild: string;
  /** The moderator's own id. */
  readonly user: string;
}

/** A moderator's action. */
export interface AuditEntry {
  readonly guild: string | null;
  /** The moderator's id. */
  readonly actor: string;
  readonly action: AuditAction;
  /** What it was done to: a message's or a row's id. */
  readonly target: string;
}

export interface Audit {
  record(entry: AuditEntry, at: number): Promise<void>;
  /** The last entries of a server, the newest first. */
  latest(guild: string, count: number): Promise<(AuditEntry & { readonly at: number })[]>;
}

/** Writes a row, in the transaction of what it tells of. */
export async function writeAudit(
  database: Database,
  { guild, actor, action, target }: AuditEntry,
  at: number,
): Promise<void> {
  await database
    .insertInto("audit")
    .values({ id: newId(), at, guild_id: guild, actor, action, target })
    .execute();
}

/** Audit rows in a database. */
export function prepareAudit(database: Database): Audit {
  return {
    record: (entry, at) => writeAudit(database, entry, at),
    latest: async (guild, count) => {
      const rows = await database
        .selectFrom("audit")
        .selectAll()
        .where("guild_id", "=", guild)
        .orderBy("at", "desc")
        .orderBy("id")
        .limit(count)
        .execute();
      return rows.map(({ guild_id, actor, action, target, at }) => ({
        guild: guild_id,
        actor,
        action,
        target,
        at,
      }));
    },
  };
}
