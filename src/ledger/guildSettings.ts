/** What a server has set. */
import type { Database } from "./database.ts";
import { writeAudit } from "./audit.ts";
import type { Moderator } from "./audit.ts";

/** A server's settings; what is undefined is not set. */
export interface ServerSettings {
  /** Who has it is a moderator, beside whoever may pin. */
  readonly moderatorRole: string | undefined;
  /** Where moderators are asked and told. */
  readonly moderatorChannel: string | undefined;
}

export interface SettingsChange {
  readonly moderatorRole?: string | null | undefined;
  readonly moderatorChannel?: string | null | undefined;
}

export interface Settings {
  of(guild: string): Promise<ServerSettings>;
  /** Sets what is given and leaves the rest; null takes it back. */
  set(by: Moderator, change: SettingsChange, at: number): Promise<ServerSettings>;
  /** All servers that have a moderators' channel. */
  withChannel(): Promise<{ readonly guild: string; readonly channel: string }[]>;
}

/** Settings in a database. */
export function prepareSettings(database: Database): Settings {
  const of = async (guild: string): Promise<ServerSettings> => {
    const row = await database
      .selectFrom("settings")
      .select(["moderator_role", "moderator_channel"])
      .where("guild_id", "=", guild)
      .executeTakeFirst();
    return {
      moderatorRole: row?.moderator_role ?? undefined,
      moderatorChannel: row?.moderator_channel ?? undefined,
    };
  };
  return {
    of,
    set: async ({ guild, user }, { moderatorRole, moderatorChannel }, at) => {
      const change = {
        ...(moderatorRole !== undefined && { moderator_role: moderatorRole }),
        ...(moderatorChannel !== undefined && { moderator_channel: moderatorChannel }),
      };
      if (Object.keys(change).length > 0) {
        await database.transaction().execute(async (transaction) => {
          await transaction
            .insertInto("settings")
            .values({
              guild_id: guild,
              moderator_role: null,
              moderator_channel: null,
              revision: 0,
              ...change,
            })
            .onConflict((conflict) => conflict.column("guild_id").doUpdateSet(change))
            .execute();
          await writeAudit(
            transaction,
            { guild, actor: user, action: "settings", target: guild },
            at,
          );
        });
      }
      return of(guild);
    },
    withChannel: async () => {
      const rows = await database
        .selectFrom("settings")
        .select(["guild_id", "moderator_channel"])
        .where("moderator_channel", "is not", null)
        .orderBy("guild_id")
        .execute();
      return rows.flatMap(({ guild_id: guild, moderator_channel: channel }) =>
        channel === null ? [] : [{ guild, channel }],
      );
    },
  };
}

/** Counts a change of a server's approvals. Being the first statement of a transaction it lets one change come after the other. */
export async function nextRevision(database: Database, guild: string): Promise<number> {
  const { revision } = await database
    .insertInto("settings")
    .values({ guild_id: guild, moderator_role: null, moderator_channel: null, revision: 1 })
    .onConflict((conflict) =>
      conflict
        .column("guild_id")
        .doUpdateSet(({ eb }) => ({ revision: eb("settings.revision", "+", 1) })),
    )
    .returning("revision")
    .executeTakeFirstOrThrow();
  return revision;
}
