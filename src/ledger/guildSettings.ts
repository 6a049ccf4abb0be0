/** What a server has set, and how often its approvals were changed. */
import { writeAudit } from "./audit.ts";
import type { Act, Moderator } from "./audit.ts";
import type { NotNull } from "kysely";
import type { Database } from "./database.ts";

/** A server's settings; what is undefined is not set. */
interface GuildSettings {
  /** Who has it is a moderator, beside whoever may pin. */
  readonly moderatorRole: string | undefined;
  /** Where moderators are asked and told. */
  readonly moderatorChannel: string | undefined;
}

/** What is set, or with null taken back; the rest stays. */
export interface SettingsChange {
  readonly moderatorRole?: string | null | undefined;
  readonly moderatorChannel?: string | null | undefined;
}

/** The settings of all servers. */
export interface Settings {
  of(guild: string): Promise<GuildSettings>;
  /** Sets what is given and leaves the rest; null takes it back. */
  set(by: Moderator, change: SettingsChange, at: number): Promise<GuildSettings>;
  /** All servers that have a moderators' channel. */
  withChannel(): Promise<{ readonly guild: string; readonly channel: string }[]>;
}

/** Settings in a database. */
export function prepareSettings(database: Database): Settings {
  return {
    of: (guild) => readSettings(database, guild),
    set: async (by, change, at) => {
      await changeSettings(database, { by, at }, change);
      return readSettings(database, by.guild);
    },
    withChannel: () =>
      database
        .selectFrom("settings")
        .select(["guild_id as guild", "moderator_channel as channel"])
        .where("moderator_channel", "is not", null)
        .$narrowType<{ channel: NotNull }>()
        .orderBy("guild_id")
        .execute(),
  };
}

async function readSettings(database: Database, guild: string): Promise<GuildSettings> {
  const row = await database
    .selectFrom("settings")
    .select(["moderator_role", "moderator_channel"])
    .where("guild_id", "=", guild)
    .executeTakeFirst();
  return {
    moderatorRole: row?.moderator_role ?? undefined,
    moderatorChannel: row?.moderator_channel ?? undefined,
  };
}

async function changeSettings(
  database: Database,
  { by: { guild, user }, at }: Act,
  { moderatorRole, moderatorChannel }: SettingsChange,
): Promise<void> {
  const change = {
    ...(moderatorRole !== undefined && { moderator_role: moderatorRole }),
    ...(moderatorChannel !== undefined && { moderator_channel: moderatorChannel }),
  };
  if (Object.keys(change).length === 0) return;
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto("settings")
      .values({ guild_id: guild, revision: 0, ...change })
      .onConflict((conflict) => conflict.column("guild_id").doUpdateSet(change))
      .execute();
    await writeAudit(transaction, { guild, actor: user, action: "settings", target: guild }, at);
  });
}

/** Counts a change of a server's approvals. Being the first statement of a transaction it lets one change come after the other. */
export async function nextRevision(database: Database, guild: string): Promise<number> {
  const { revision } = await database
    .insertInto("settings")
    .values({ guild_id: guild, revision: 1 })
    .onConflict((conflict) =>
      conflict
        .column("guild_id")
        .doUpdateSet(({ eb }) => ({ revision: eb("settings.revision", "+", 1) })),
    )
    .returning("revision")
    .executeTakeFirstOrThrow();
  return revision;
}
