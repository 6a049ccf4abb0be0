/** What a ledger holds of a community's work, out of the database and into another one: approvals, gaps and settings. */
import { questionKey } from "../../search/question.ts";
import type { Database } from "../database.ts";
import { newId } from "../database.ts";
import { reopenGap } from "../gapReopening.ts";
import { nextRevision } from "../guildSettings.ts";
import { linesOf, readPassages } from "./ledgerFile.ts";
import type { Entry, PortableApproval, PortableGap, PortableSettings } from "./ledgerFile.ts";

/** The lines of a ledger's file: those of the same ledger are always the same. */
export async function exportLines(database: Database): Promise<string[]> {
  return linesOf([
    ...(await exportSettings(database)),
    ...(await exportApprovals(database)),
    ...(await exportGaps(database)),
  ]);
}

async function exportSettings(database: Database): Promise<PortableSettings[]> {
  const rows = await database
    .selectFrom("settings")
    .select([
      "guild_id as guild",
      "moderator_role as moderatorRole",
      "moderator_channel as moderatorChannel",
    ])
    .orderBy("guild_id")
    .execute();
  return rows.map((row) => ({ type: "settings", ...row }));
}

async function exportApprovals(database: Database): Promise<PortableApproval[]> {
  const rows = await database
    .selectFrom("approvals")
    .select(["guild_id as guild", "question", "language", "passages", "note", "at"])
    .where("removed", "=", 0)
    .orderBy("guild_id")
    .orderBy("key")
    .execute();
  return rows.map((row) => ({ type: "approval", ...row, passages: readPassages(row.passages) }));
}

async function exportGaps(database: Database): Promise<PortableGap[]> {
  const rows = await database
    .selectFrom("gaps")
    .select(["guild_id as guild", "question", "language", "reason", "state", "count"])
    .select(["channel_id as channel", "message_id as message"])
    .select(["first_at as firstAt", "last_at as lastAt"])
    .orderBy("guild_id")
    .orderBy("key")
    .execute();
  return rows.map((row) => ({ type: "gap", ...row }));
}

/** How many entries were new or newer than what was there. */
export interface Imported {
  readonly changed: number;
  readonly unchanged: number;
}

/** Puts entries into the ledger, all or none. What is there stays where it is newer; importing twice changes nothing. */
export async function importEntries(
  database: Database,
  entries: readonly Entry[],
): Promise<Imported> {
  return database.transaction().execute(async (transaction) => {
    let changed = 0;
    for (const entry of entries) if (await importEntry(transaction, entry)) changed++;
    return { changed, unchanged: entries.length - changed };
  });
}

/** A vector is made later, by the process that has the model. */
const NO_VECTOR = { vector: "", space: "" };

async function importEntry(transaction: Database, entry: Entry): Promise<boolean> {
  switch (entry.type) {
    case "approval":
      return importApproval(transaction, entry);
    case "gap":
      return importGap(transaction, entry);
    case "settings":
      return importSettings(transaction, entry);
  }
}

async function importApproval(
  transaction: Database,
  { guild, question, language, passages, note, at }: PortableApproval,
): Promise<boolean> {
  const columns = {
    question,
    language,
    ...NO_VECTOR,
    passages: JSON.stringify(passages),
    note,
    removed: 0,
    at,
    revision: await nextRevision(transaction, guild),
  };
  const row = await transaction
    .insertInto("approvals")
    .values({ id: newId(), guild_id: guild, key: questionKey(question), ...columns })
    .onConflict((conflict) =>
      conflict.columns(["guild_id", "key"]).doUpdateSet(columns).where("approvals.at", "<", at),
    )
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

async function importGap(transaction: Database, entry: PortableGap): Promise<boolean> {
  const { guild, question, language, reason, state, count, channel, message } = entry;
  const key = questionKey(question);
  const settled = ["approved", "absent", "dismissed"] as const;
  const before = entry.lastAt;
  if (state === "open") await reopenGap(transaction, { guild, gap: { key }, as: settled, before });
  const row = await transaction
    .insertInto("gaps")
    .values({
      id: newId(),
      guild_id: guild,
      question,
      key,
      language,
      ...NO_VECTOR,
      reason,
      state,
      count,
      channel_id: channel,
      message_id: message,
      first_at: entry.firstAt,
      last_at: entry.lastAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["guild_id", "key"])
        .doUpdateSet({ state, count, last_at: entry.lastAt })
        .where("gaps.last_at", "<", entry.lastAt),
    )
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Each setting that is set here stays. */
async function importSettings(
  transaction: Database,
  { guild, moderatorRole, moderatorChannel }: PortableSettings,
): Promise<boolean> {
  const settings = { moderator_role: moderatorRole, moderator_channel: moderatorChannel };
  const given = SETTINGS.filter((it) => settings[it] !== null);
  if (given.length === 0) return false;
  const row = await transaction
    .insertInto("settings")
    .values({ guild_id: guild, revision: 0, ...settings })
    .onConflict((conflict) =>
      conflict
        .column("guild_id")
        .doUpdateSet(({ eb }) => ({
          moderator_role: eb.fn.coalesce(
            "settings.moderator_role",
            eb.ref("excluded.moderator_role"),
          ),
          moderator_channel: eb.fn.coalesce(
            "settings.moderator_channel",
            eb.ref("excluded.moderator_channel"),
          ),
        }))
        .where((where) => where.or(given.map((it) => where(`settings.${it}`, "is", null)))),
    )
    .returning("guild_id")
    .executeTakeFirst();
  return row !== undefined;
}

const SETTINGS = ["moderator_role", "moderator_channel"] as const;
