/** 👍 and 👎: one vote a user, the last one counts. */
import { MessageFlags } from "discord.js";
import type { ButtonInteraction, StringSelectMenuInteraction } from "discord.js";
import { VOTE_REASONS } from "../../ledger/schema.ts";
import type { BotContext } from "../context.ts";
import { renderReasons } from "../cards/answerCard.ts";
import { acknowledge, showCard, showText } from "../respond.ts";
import { textsFor } from "../locales/locale.ts";

/** Keeps a vote on the answer whose button was pressed; asks why, if it was against. */
export async function handleVote(
  interaction: ButtonInteraction,
  opinion: "up" | "down",
  desk: BotContext,
): Promise<void> {
  if ((await acknowledge(interaction, true)) === "gone") return;
  const { ledger, now } = desk;
  const { message, user, locale } = interaction;
  const texts = textsFor(locale);
  const result = await ledger.votes.cast({ message: message.id, user: user.id, opinion }, now());
  if (result === "same") await showText(interaction, texts.alreadyVoted);
  else if (opinion === "up") await showText(interaction, texts.thanks);
  else await showCard(interaction, renderReasons(message.id, texts));
  if (result === "cast" && opinion === "down") await sightBadAnswer(interaction, desk);
}

/** A question whose answer is found bad was not answered. */
async function sightBadAnswer(
  { guildId: guild, channelId: channel, message }: ButtonInteraction,
  { ledger, collection, now }: BotContext,
): Promise<void> {
  // Private answers are no moderator's business.
  if (guild === null || message.flags.has(MessageFlags.Ephemeral)) return;
  const question = await ledger.answers.questionOf(message.id);
  if (question === undefined) return;
  const vector = await collection.vectorOf(question);
  const sighting = {
    guild,
    channel,
    message: message.id,
    question,
    vector,
    reason: "down",
  } as const;
  await ledger.gaps.recordOccurrence(sighting, now());
}

/** Keeps why an answer was found bad. */
export async function handleReason(
  interaction: StringSelectMenuInteraction,
  message: string,
  { ledger, now }: BotContext,
): Promise<void> {
  if ((await acknowledge(interaction, true)) === "gone") return;
  const reason = VOTE_REASONS.find((it) => interaction.values.includes(it));
  const user = interaction.user.id;
  const result = await ledger.votes.cast({ message, user, opinion: "down", reason }, now());
  const { thanks, alreadyVoted } = textsFor(interaction.locale);
  await showText(interaction, result === "same" ? alreadyVoted : thanks);
}
