/** 👍 and 👎: one vote a user, the last one counts. */
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
  { ledger, now }: Desk,
): Promise<void> {
  if ((await acknowledge(interaction, true)) === "gone") return;
  const { message, user, locale } = interaction;
  const texts = textsFor(locale);
  const result = await ledger.votes.cast({ message: message.id, user: user.id, opinion }, now());
  if (result === "same") await answerPlainly(interaction, texts.alreadyVoted);
  else if (opinion === "up") await answerPlainly(interaction, texts.thanks);
  else await answer(interaction, renderReasons(message.id, texts));
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
