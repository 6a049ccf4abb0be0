/** What is kept: shown to moderators, and removed for whoever asks. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { SettingsChange } from "../../ledger/guildSettings.ts";
import type { CardMessage } from "../cards/cardParts.ts";
import type { BotContext } from "../context.ts";
import { renderDigest } from "../cards/digestCard.ts";
import { askedByModerator, missingPermissions } from "../access.ts";
import { acknowledge, showCard, showText, replyText } from "../respond.ts";
import { textsFor } from "../locales/locale.ts";
import type { Texts } from "../locales/texts.ts";

/** Entries that one answer has room for. */
const MAX_ENTRIES = 15;

const MS_PER_SECOND = 1_000;

/** Lists what moderators of a server did, for one of them. */
export async function handleAudit(
  interaction: ChatInputCommandInteraction,
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined || (await acknowledge(interaction, true)) === "gone") return;
  const texts = textsFor(interaction.locale);
  const entries = await desk.ledger.audit.latest(by.guild, MAX_ENTRIES);
  const lines = entries.map(
    ({ at, actor, action, target }) =>
      `<t:${Math.floor(at / MS_PER_SECOND)}:s> <@${actor}> ${texts.did[action]} ${target}`,
  );
  const text = lines.length === 0 ? texts.noAudit : [`**${texts.audit}**`, ...lines].join("\n");
  await showText(interaction, text);
}

/** Shows and changes a server's settings. */
export async function handleSettings(
  interaction: ChatInputCommandInteraction,
  { ledger, now }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const { guildId: guild, user } = interaction;
  if (guild === null) {
    await replyText(interaction, texts.errors.onlyInServers);
    return;
  }
  // Who the moderators are is not for moderators to say.
  if (missingPermissions(interaction.memberPermissions, ["manage"]).length > 0) {
    await replyText(interaction, texts.errors.youLack(texts.permissions.manage));
    return;
  }
  if ((await acknowledge(interaction, true)) === "gone") return;
  const { moderatorRole, moderatorChannel } = await ledger.settings.set(
    { guild, user: user.id },
    changeIn(interaction),
    now(),
  );
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

/** Sums up a server's last seven days. */
export async function handleDigest(
  interaction: ChatInputCommandInteraction,
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined || (await acknowledge(interaction, true)) === "gone") return;
  await showCard(interaction, await digestCard(by.guild, textsFor(interaction.locale), desk));
}

const WEEK_MS = 7 * 86_400_000;

/** Sections that a digest names. */
const MAX_SECTIONS = 5;

/** The card of a server's last seven days. */
export async function digestCard(
  guild: string,
  texts: Texts,
  { ledger, collection, now }: BotContext,
): Promise<CardMessage> {
  const to = now() + 1;
  const digest = await ledger.digest(guild, { from: to - WEEK_MS, to });
  const { lookup } = collection;
  const sections = new Map<string, number>();
  for (const { passage, count } of digest.passages) {
    const excerpt = lookup.passage(passage);
    if (excerpt === undefined) continue;
    const name = excerpt.section.at(-1) ?? excerpt.title;
    sections.set(name, (sections.get(name) ?? 0) + count);
  }
  const top = Array.from(sections, ([section, count]) => ({ section, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_SECTIONS);
  return renderDigest(digest, top, guild, texts);
}

/** Removes what a user left. */
export async function handleForgetMe(
  interaction: ChatInputCommandInteraction,
  { ledger }: BotContext,
): Promise<void> {
  if ((await acknowledge(interaction, true)) === "gone") return;
  await ledger.forgetPerson(interaction.user.id);
  await showText(interaction, textsFor(interaction.locale).forgotten);
}
