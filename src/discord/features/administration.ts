/** /settings and /audit: who a server's moderators are, and what they did. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { Moderator } from "../../ledger/audit.ts";
import type { SettingsChange } from "../../ledger/guildSettings.ts";
import type { BotContext } from "../context.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import { showText } from "../respond.ts";

/** Entries that one answer has room for. */
const MAX_ENTRIES = 15;

const MS_PER_SECOND = 1_000;

/** Lists what moderators of a server did, for one of them. */
export async function handleAudit(
  { interaction, by }: Asked<ChatInputCommandInteraction, unknown, Moderator>,
  { ledger }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const entries = await ledger.audit.latest(by.guild, MAX_ENTRIES);
  const lines = entries.map(
    ({ at, actor, action, target }) =>
      `<t:${Math.floor(at / MS_PER_SECOND)}:s> <@${actor}> ${texts.did[action]} ${target}`,
  );
  const text = lines.length === 0 ? texts.noAudit : [`**${texts.audit}**`, ...lines].join("\n");
  await showText(interaction, text);
}

/** Shows and changes a server's settings. */
export async function handleSettings(
  { interaction, by }: Asked<ChatInputCommandInteraction, unknown, Moderator>,
  { ledger, now }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const changed = await ledger.settings.set(by, changeIn(interaction), now());
  const { moderatorRole, moderatorChannel } = changed;
  const role = moderatorRole === undefined ? texts.notSet : `<@&${moderatorRole}>`;
  const channel = moderatorChannel === undefined ? texts.notSet : `<#${moderatorChannel}>`;
  await showText(interaction, texts.settings(role, channel));
}

/** What is given wins over taking everything back. */
function changeIn(interaction: ChatInputCommandInteraction): SettingsChange {
  const isReset = interaction.options.getBoolean("reset") === true;
  const otherwise = isReset ? null : undefined;
  return {
    moderatorRole: snowflakeIn(interaction, "role") ?? otherwise,
    moderatorChannel: snowflakeIn(interaction, "channel") ?? otherwise,
  };
}

function snowflakeIn(interaction: ChatInputCommandInteraction, option: string): string | undefined {
  const value = interaction.options.get(option)?.value;
  return typeof value === "string" && /^\d{17,20}$/u.test(value) ? value : undefined;
}
