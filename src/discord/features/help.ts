/** About the bot itself: what it does, what it answers from, and that it forgets whoever asks for it. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { BotContext } from "../context.ts";
import { cutText, escapeMarkdown } from "../escape.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import { replyText, showText } from "../respond.ts";

/** Characters of the heading that a question to begin with names. */
const MAX_HEADING_CHARS = 100;

/** As much of a hash as tells two indexes apart. */
const FINGERPRINT_CHARS = 12;

/** Explains the bot, with questions to begin with. */
export async function handleHelp(
  { interaction }: Asked<ChatInputCommandInteraction>,
  { collection: { lookup } }: BotContext,
): Promise<void> {
  const { help, starters } = textsFor(interaction.locale);
  const heading = lookup.headings.at(-1)?.path.at(-1) ?? "";
  const questions = starters(cutText(heading, MAX_HEADING_CHARS));
  const lines = questions.map((question) => `- ${escapeMarkdown(question).join(" ")}`);
  await replyText(interaction, [help, ...lines].join("\n"));
}

/** Says which report, model and index are in use. */
export async function handleAbout(
  { interaction }: Asked<ChatInputCommandInteraction>,
  { collection }: BotContext,
): Promise<void> {
  const { reports, passages, modelHash, indexHash } = collection.facts;
  const facts = {
    reports: reports.map((id) => escapeMarkdown(id).join(" ")).join(", "),
    passages,
    model: modelHash.slice(0, FINGERPRINT_CHARS),
    index: indexHash.slice(0, FINGERPRINT_CHARS),
  };
  await replyText(interaction, textsFor(interaction.locale).about(facts));
}

/** Removes what a user left. */
export async function handleForgetMe(
  { interaction }: Asked<ChatInputCommandInteraction>,
  { ledger }: BotContext,
): Promise<void> {
  await ledger.forgetPerson(interaction.user.id);
  await showText(interaction, textsFor(interaction.locale).forgotten);
}
