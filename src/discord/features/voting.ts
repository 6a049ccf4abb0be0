/** 👍 and 👎: one vote a user, the last one counts. */
import { MessageFlags } from "discord.js";
import type { ButtonInteraction, StringSelectMenuInteraction } from "discord.js";
import { VOTE_REASONS } from "../../ledger/schema.ts";
import { renderReasons } from "../cards/answerCard.ts";
import type { BotContext } from "../context.ts";
import type { ActionNamed } from "../customId.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import { showCard, showText } from "../respond.ts";
import { recordGap } from "./escalation.ts";

/** Keeps a vote on the answer whose button was pressed; asks why, if it was against. */
export async function handleVote(
  { interaction, action: { opinion } }: Asked<ButtonInteraction, ActionNamed<"vote">>,
  context: BotContext,
): Promise<void> {
  const { ledger, now } = context;
  const { message, user, locale } = interaction;
  const texts = textsFor(locale);
  const result = await ledger.votes.cast({ message: message.id, user: user.id, opinion }, now());
  if (result === "same") await showText(interaction, texts.alreadyVoted);
  else if (opinion === "up") await showText(interaction, texts.thanks);
  else await showCard(interaction, renderReasons(message.id, texts));
  if (result === "cast" && opinion === "down") await recordBadAnswer(interaction, context);
}

/** A question whose answer is found bad was not answered. */
async function recordBadAnswer(
  { guildId: guild, channelId: channel, message }: ButtonInteraction,
  context: BotContext,
): Promise<void> {
  // Private answers are no moderator's business.
  if (guild === null || message.flags.has(MessageFlags.Ephemeral)) return;
  const question = await context.ledger.answers.questionOf(message.id);
  if (question === undefined) return;
  await recordGap({ guild, channel, message: message.id, question, reason: "down" }, context);
}

/** Keeps why an answer was found bad. */
export async function handleReason(
  { interaction, action: { message } }: Asked<StringSelectMenuInteraction, ActionNamed<"reason">>,
  { ledger, now }: BotContext,
): Promise<void> {
  const reason = VOTE_REASONS.find((it) => interaction.values.includes(it));
  const user = interaction.user.id;
  const result = await ledger.votes.cast({ message, user, opinion: "down", reason }, now());
  const { thanks, alreadyVoted } = textsFor(interaction.locale);
  await showText(interaction, result === "same" ? alreadyVoted : thanks);
}
