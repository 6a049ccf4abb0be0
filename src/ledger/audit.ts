/** What moderators did, with their own ids: the only place where people are known by name. */
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";

/** A moderator's action. */
export interface AuditEntry {
  readonly guild: string | null;
  /** The moderator's id. */
  readonly actor: string;
  readonly action: "pin" | "unpin";
  /** What it was done to: a message's or a row's id. */
  readonly target: string;
}

export interface Audit {
  record(entry: AuditEntry, at: number): Promise<void>;
  /** The last entries of a server, the newest first. */
  latest(guild: string, count: number): Promise<(AuditEntry & { readonly at: number })[]>;
}

/** Audit rows in a database. */
export function prepareAudit(database: Database): Audit {
  return {
    record: async ({ guild, actor, action, target }, at) => {
      await database
        .insertInto("audit")
        .values({ id: newId(), at, guild_id: guild, actor, action, target })
        .execute();
    },
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
