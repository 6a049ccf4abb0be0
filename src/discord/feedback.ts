/** 👍 and 👎: one vote a user, the last one counts. */
import { MessageFlags } from "discord.js";
import type { ButtonInteraction, StringSelectMenuInteraction } from "discord.js";
import { VOTE_REASONS } from "../ledger/votes.ts";
import type { Desk } from "./desk.ts";
import { renderReasons } from "./card.ts";
import { acknowledge, answer, answerPlainly } from "./reply.ts";
import { textsFor } from "./texts.ts";

/** Keeps a vote on the answer whose button was pressed; asks why, if it was against. */
export async function handleVote(
  interaction: ButtonInteraction,
  opinion: "up" | "down",
  desk: Desk,
): Promise<void> {
  if ((await acknowledge(interaction, true)) === "gone") return;
  const { ledger, now } = desk;
  const { message, user, locale } = interaction;
  const texts = textsFor(locale);
  const result = await ledger.votes.cast({ message: message.id, user: user.id, opinion }, now());
  if (result === "same") await answerPlainly(interaction, texts.alreadyVoted);
  else if (opinion === "up") await answerPlainly(interaction, texts.thanks);
  else await answer(interaction, renderReasons(message.id, texts));
  if (result === "cast" && opinion === "down") await sightBadAnswer(interaction, desk);
}

/** A question whose answer is found bad was not answered. */
async function sightBadAnswer(
  { guildId: guild, channelId: channel, message }: ButtonInteraction,
  { ledger, library, now }: Desk,
): Promise<void> {
  // Private answers are no moderator's business.
  if (guild === null || message.flags.has(MessageFlags.Ephemeral)) return;
  const question = await ledger.answers.questionOf(message.id);
  if (question === undefined) return;
  const vector = await library.vectorOf(question);
  const sighting = {
    guild,
    channel,
    message: message.id,
    question,
    vector,
    reason: "down",
  } as const;
  await ledger.gaps.sight(sighting, now());
}

/** Keeps why an answer was found bad. */
export async function handleReason(
  interaction: StringSelectMenuInteraction,
  message: string,
  { ledger, now }: Desk,
): Promise<void> {
  if ((await acknowledge(interaction, true)) === "gone") return;
  const reason = VOTE_REASONS.find((it) => interaction.values.includes(it));
  const user = interaction.user.id;
  const result = await ledger.votes.cast({ message, user, opinion: "down", reason }, now());
  const { thanks, alreadyVoted } = textsFor(interaction.locale);
  await answerPlainly(interaction, result === "same" ? alreadyVoted : thanks);
}
