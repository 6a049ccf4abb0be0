/** Answers that moderators approve: made, listed, edited and removed. */
import { LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from "discord.js";
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  RepliableInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import { MAX_EXCERPTS } from "../../ask/answer.ts";
import type { Excerpt } from "../../ask/excerpt.ts";
import { MAX_NOTE_CHARS } from "../../ledger/approvals.ts";
import type { Approval } from "../../ledger/approvalCache.ts";
import type { Moderator } from "../../ledger/audit.ts";
import { readQuestion } from "../../search/question.ts";
import { APPROVALS_ON_PAGE, renderApproval, renderApprovals } from "../cards/approvalCards.ts";
import type { ShownApproval } from "../cards/approvalCards.ts";
import { questionOf } from "../cards/askedQuestion.ts";
import { renderNotice } from "../cards/cardParts.ts";
import type { BotContext } from "../context.ts";
import { toCustomId } from "../customId.ts";
import type { ActionNamed } from "../customId.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import { replyText, showCard, showForm, showText } from "../respond.ts";
import { settleGaps } from "./escalation.ts";

/** The form's only field. */
const NOTE_FIELD = "note";

/** Approvals that are looked through for passages that are gone. */
const MAX_LOOKED_THROUGH = 10_000;

type ForApproval<I> = Asked<I, ActionNamed<"approval:edit">, Moderator>;

/** Approves the passage that an answer shows first. */
export async function approveShown(
  { interaction, action, by }: Asked<ButtonInteraction, ActionNamed<"approve">, Moderator>,
  context: BotContext,
): Promise<void> {
  const { message } = interaction;
  const question = (await context.ledger.answers.questionOf(message.id)) ?? questionOf(message);
  await approve(interaction, { by, question, passage: action.passage }, context);
}

/** Approves a passage that is named. */
export async function approveNamed(
  { interaction, by }: Asked<ChatInputCommandInteraction, unknown, Moderator>,
  context: BotContext,
): Promise<void> {
  const { options, locale } = interaction;
  const question = options.getString("question", true);
  readQuestion(question);
  const note = options.getString("note")?.slice(0, MAX_NOTE_CHARS);
  const passage = context.collection.lookup.named(options.getString("passage", true));
  if (passage === undefined) await showText(interaction, textsFor(locale).errors.noSuchPassage);
  else await approve(interaction, { by, question, passage, note }, context);
}

interface Approving {
  readonly by: Moderator;
  readonly question: string;
  /** A passage's id. */
  readonly passage: string;
  readonly note?: string | undefined;
}

/** Approves, settles the gap of the same question, and shows what was approved. */
export async function approve(
  interaction: RepliableInteraction,
  { by, question, passage, note }: Approving,
  context: BotContext,
): Promise<void> {
  const { collection, ledger, now } = context;
  const texts = textsFor(interaction.locale);
  const vector = await collection.vectorOf(question);
  const reference = collection.lookup.reference(passage);
  if (reference === undefined) {
    await showText(interaction, texts.errors.noSuchPassage);
    return;
  }
  const approved = { question, vector, passages: [reference], note };
  const approval = await ledger.approvals.approve(by, approved, now());
  const same = await ledger.gaps.ofKey(by.guild, vector.key);
  await showApproval(interaction, approval, texts.approval.approved, context);
  if (same) await settleGaps(interaction, { by, gaps: [same], state: "approved" }, context);
}

/** Shows an approval with all that can be done with it. */
export async function editApproval(
  { interaction, action, by }: ForApproval<ButtonInteraction>,
  context: BotContext,
): Promise<void> {
  const approval = await context.ledger.approvals.get(by.guild, action.id);
  const { title } = textsFor(interaction.locale).approval;
  await showApproval(interaction, approval, title, context);
}

/** Puts the chosen passage in the place of the approved one. */
export async function choosePassage(
  { interaction, action: { id }, by }: ForApproval<StringSelectMenuInteraction>,
  context: BotContext,
): Promise<void> {
  const { approvals } = context.ledger;
  const reference = context.collection.lookup.reference(interaction.values[0] ?? "");
  const approval = reference
    ? await approvals.edit(by, id, { passages: [reference] }, context.now())
    : await approvals.get(by.guild, id);
  await showApproval(interaction, approval, textsFor(interaction.locale).approval.changed, context);
}

/** Writes what was typed as an approval's note. */
export async function changeNote(
  { interaction, action: { id }, by }: ForApproval<ModalSubmitInteraction>,
  context: BotContext,
): Promise<void> {
  const typed = interaction.fields.getTextInputValue(NOTE_FIELD).slice(0, MAX_NOTE_CHARS);
  const change = { note: typed.trim() };
  const approval = await context.ledger.approvals.edit(by, id, change, context.now());
  await showApproval(interaction, approval, textsFor(interaction.locale).approval.changed, context);
}

/** Removes an approval. */
export async function removeApproval(
  { interaction, action, by }: ForApproval<ButtonInteraction>,
  { ledger, now }: BotContext,
): Promise<void> {
  const { approval, errors } = textsFor(interaction.locale);
  const wasThere = await ledger.approvals.remove(by, action.id, now());
  await showCard(interaction, renderNotice(wasThere ? approval.removed : errors.noSuchApproval));
}

/** Opens the form in which an approval's note is written. A form can only be the first answer: it waits for the ledger. */
export async function askForNote(
  { interaction, action, by }: ForApproval<ButtonInteraction>,
  { ledger }: BotContext,
): Promise<void> {
  const { approval: texts, buttons, errors } = textsFor(interaction.locale);
  const approval = await ledger.approvals.get(by.guild, action.id);
  if (approval === undefined) {
    await replyText(interaction, errors.noSuchApproval);
    return;
  }
  const input = new TextInputBuilder()
    .setCustomId(NOTE_FIELD)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(MAX_NOTE_CHARS)
    .setRequired(false);
  if (approval.note !== undefined) input.setValue(approval.note);
  const form = new ModalBuilder()
    .setCustomId(toCustomId({ kind: "approval", action: "note", id: approval.id }))
    .setTitle(buttons.note)
    .addLabelComponents(new LabelBuilder().setLabel(texts.noteLabel).setTextInputComponent(input));
  await showForm(interaction, form);
}

/** Lists a server's approvals, or only those whose passages are gone. */
export async function listApproved(
  { interaction, by }: Asked<ChatInputCommandInteraction, unknown, Moderator>,
  context: BotContext,
): Promise<void> {
  if (interaction.options.getBoolean("lost") === true) await showLost(interaction, by, context);
  else await showPage(interaction, by, 0, context);
}

/** Shows another page of the list in its place. */
export async function turnApproved(
  { interaction, action, by }: Asked<ButtonInteraction, ActionNamed<"approved">, Moderator>,
  context: BotContext,
): Promise<void> {
  await showPage(interaction, by, action.offset, context);
}

async function showPage(
  interaction: RepliableInteraction,
  { guild }: Moderator,
  offset: number,
  { ledger: { approvals }, collection }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const total = await approvals.count(guild);
  const page = await approvals.list(guild, offset, APPROVALS_ON_PAGE);
  const shown = await Promise.all(page.map((it) => resolve(it, collection)));
  if (shown.length === 0) await showCard(interaction, renderNotice(texts.approval.none));
  else await showCard(interaction, renderApprovals(shown, { offset, total }, texts));
}

async function showLost(
  interaction: RepliableInteraction,
  { guild }: Moderator,
  { ledger: { approvals }, collection }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const all = await approvals.list(guild, 0, MAX_LOOKED_THROUGH);
  const shown = await Promise.all(all.map((it) => resolve(it, collection)));
  const lost = shown.filter((it) => it.excerpts.includes(undefined)).slice(0, APPROVALS_ON_PAGE);
  // The pages of the whole list are not those of this one: it has none.
  const page = { offset: 0, total: lost.length };
  if (lost.length === 0) await showText(interaction, texts.approval.noneLost);
  else await showCard(interaction, renderApprovals(lost, page, texts));
}

async function resolve(
  approval: Approval,
  { lookup }: BotContext["collection"],
): Promise<ShownApproval> {
  return { approval, excerpts: await lookup.resolve(approval.passages) };
}

async function showApproval(
  interaction: RepliableInteraction,
  approval: Approval | undefined,
  title: string,
  context: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  if (approval === undefined) {
    await showCard(interaction, renderNotice(texts.errors.noSuchApproval));
    return;
  }
  const candidates = await candidatesFor(approval.question, context);
  const shown = await resolve(approval, context.collection);
  await showCard(interaction, renderApproval(shown, candidates, texts, title));
}

/** The passages that the search finds for a question. */
export async function candidatesFor(
  question: string,
  { collection }: BotContext,
): Promise<readonly Excerpt[]> {
  return (await collection.ask(question, { maxExcerpts: MAX_EXCERPTS })).excerpts;
}
