/** What moderators did, with their own ids: the only place where people are known by name. */
import type { Database } from "./database.ts";
import { newId } from "./database.ts";
import type { AuditAction } from "./schema.ts";

/** Who acts, and in which server. */
export interface Moderator {
  readonly guild: string;
  /** The moderator's own id. */
  readonly user: string;
}

/** What a moderator does, and when. */
export interface Act {
  readonly by: Moderator;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A moderator's action. */
interface AuditEntry {
  readonly guild: string | null;
  /** The moderator's id. */
  readonly actor: string;
  readonly action: AuditAction;
  /** What it was done to: a message's or a row's id. */
  readonly target: string;
}

/** The audit, of all servers. */
export interface Audit {
  record(entry: AuditEntry, at: number): Promise<void>;
  /** The last entries of a server, the newest first. */
  latest(guild: string, count: number): Promise<(AuditEntry & { readonly at: number })[]>;
}

/** Audit rows in a database. */
export function prepareAudit(database: Database): Audit {
  return {
    record: (entry, at) => writeAudit(database, entry, at),
    latest: (guild, count) =>
      database
        .selectFrom("audit")
        .select(["guild_id as guild", "actor", "action", "target", "at"])
        .where("guild_id", "=", guild)
        .orderBy("at", "desc")
        .orderBy("id")
        .limit(count)
        .execute(),
  };
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
