/** Questions behind an answer: its button opens a form, whose words are asked after the question of the card; and asked alone after all. */
import {
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import type { ButtonInteraction, Message, ModalSubmitInteraction } from "discord.js";
import { MAX_QUESTION_CHARS, readQuestion } from "../../search/question.ts";
import { askedOf } from "../cards/askedQuestion.ts";
import type { AskedQuestion } from "../cards/askedQuestion.ts";
import type { BotContext } from "../context.ts";
import { toCustomId } from "../customId.ts";
import { cutText } from "../escape.ts";
import type { Asked } from "../feature.ts";
import { MAX_FORM_LABEL_CHARS } from "../limits.ts";
import { textsFor } from "../locales/locale.ts";
import { acknowledge, replyText, showForm } from "../respond.ts";
import { answerInteraction } from "./answering.ts";

/** The form's only field. */
const QUESTION_FIELD = "question";

/** Opens the form for a question behind an answer, at once: a form can only be the first answer. */
export async function openFollowUp({ interaction }: Asked<ButtonInteraction>): Promise<void> {
  const { buttons, errors } = textsFor(interaction.locale);
  const { question } = askedOf(interaction.message);
  if (question === "") {
    await replyText(interaction, errors.stale);
    return;
  }
  const input = new TextInputBuilder()
    .setCustomId(QUESTION_FIELD)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(MAX_QUESTION_CHARS);
  const label = new LabelBuilder()
    .setLabel(cutText(question, MAX_FORM_LABEL_CHARS))
    .setTextInputComponent(input);
  const form = new ModalBuilder()
    .setCustomId(toCustomId({ kind: "followUp" }))
    .setTitle(buttons.followUp)
    .addLabelComponents(label);
  await showForm(interaction, form);
}

/** Answers what was typed, behind the question of the answer whose button was pressed. */
export async function answerFollowUp(
  { interaction }: Asked<ModalSubmitInteraction>,
  context: BotContext,
): Promise<void> {
  const { message, fields } = interaction;
  if (message === null) {
    await replyText(interaction, textsFor(interaction.locale).errors.messageGone);
    return;
  }
  const question = fields.getTextInputValue(QUESTION_FIELD);
  const { question: after } = askedOf(message);
  await answerLike(interaction, message, { question, after }, context);
}

/** Asks the question of an answer by itself, which was understood as leaning on the one before. */
export async function askAlone(
  { interaction }: Asked<ButtonInteraction>,
  context: BotContext,
): Promise<void> {
  const { message } = interaction;
  const { question } = askedOf(message);
  await answerLike(interaction, message, { question }, context);
}

/** Whoever asks behind an answer is answered for all or alone, as the first was. */
async function answerLike(
  interaction: ButtonInteraction | ModalSubmitInteraction,
  { flags }: Message,
  asked: AskedQuestion,
  context: BotContext,
): Promise<void> {
  const isPrivate = flags.has(MessageFlags.Ephemeral);
  // What cannot be asked is said in private, as only the first answer can be.
  readQuestion(asked.question);
  if (!(await acknowledge(interaction, isPrivate ? "private" : "public", context))) return;
  await answerInteraction(interaction, asked, isPrivate, context);
}
