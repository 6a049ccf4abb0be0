/** Answers that moderators approve: made, listed, edited and removed. */
import { LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from "discord.js";
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import { MAX_EXCERPTS } from "../../ask/answer.ts";
import type { Excerpt } from "../../ask/answer.ts";
import { MAX_NOTE_CHARS } from "../../ledger/approvals.ts";
import type { Approval } from "../../ledger/approvalCache.ts";
import type { Moderator } from "../../ledger/audit.ts";
import { readQuestion } from "../../search/question.ts";
import { questionOf, renderNotice } from "../cards/cardParts.ts";
import { toCustomId } from "../customId.ts";
import type { ApprovalAction } from "../customId.ts";
import type { BotContext } from "../context.ts";
import { APPROVALS_ON_PAGE, renderApproval, renderApprovals } from "../cards/approvalCards.ts";
import type { ShownApproval } from "../cards/approvalCards.ts";
import { askedByModerator } from "../access.ts";
import {
  acknowledge,
  acknowledgeInPlace,
  showCard,
  showText,
  replyText,
  showForm,
} from "../respond.ts";
import type { Answerable } from "../respond.ts";
import { textsFor } from "../locales/locale.ts";
import { namedPassage } from "./browsing.ts";
import { settleGaps } from "./escalation.ts";

/** The form's only field. */
const NOTE_FIELD = "note";

/** Approvals that are looked through for passages that are gone. */
const MAX_LOOKED_THROUGH = 10_000;

/** Approves the passage that an answer shows first. */
export async function handleApproveButton(
  interaction: ButtonInteraction,
  passage: string,
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined || (await acknowledge(interaction, true)) === "gone") return;
  const { message } = interaction;
  const asked = await desk.ledger.answers.questionOf(message.id);
  await approve(interaction, { by, question: asked ?? questionOf(message), passage }, desk);
}

/** Approves a passage that is named. */
export async function handleApproveCommand(
  interaction: ChatInputCommandInteraction,
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined) return;
  const { errors } = textsFor(interaction.locale);
  const question = interaction.options.getString("question", true);
  readQuestion(question);
  const note = interaction.options.getString("note")?.slice(0, MAX_NOTE_CHARS);
  const what = interaction.options.getString("passage", true);
  const passage = namedPassage(desk.collection.lookup, what);
  if (passage === undefined) {
    await replyText(interaction, errors.noSuchPassage);
    return;
  }
  if ((await acknowledge(interaction, true)) === "gone") return;
  await approve(interaction, { by, question, passage, note }, desk);
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
  interaction: Answerable,
  { by, question, passage, note }: Approving,
  desk: BotContext,
): Promise<void> {
  const { collection, ledger, now } = desk;
  const texts = textsFor(interaction.locale);
  const vector = await collection.vectorOf(question);
  const reference = collection.lookup.reference(passage);
  if (reference === undefined) {
    await showText(interaction, texts.errors.noSuchPassage);
    return;
  }
  const approval = await ledger.approvals.approve(
    by,
    { question, vector, passages: [reference], note },
    now(),
  );
  const same = await ledger.gaps.ofKey(by.guild, vector.key);
  await showApproval(interaction, approval, texts.approval.approved, desk);
  if (same) await settleGaps(interaction, { by, gaps: [same], state: "approved" }, desk);
}

/** Does to an approval what its button, menu or form says. */
export async function handleApproval(
  interaction: ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction,
  { action, id }: { readonly action: ApprovalAction; readonly id: string },
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined) return;
  const { approvals } = desk.ledger;
  const { approval, errors } = textsFor(interaction.locale);
  if (action === "note" && interaction.isButton()) {
    await askForNote(interaction, await approvals.get(by.guild, id));
    return;
  }
  // Editing begins in a message of its own, and goes on in it.
  const acknowledged = await (action === "edit"
    ? acknowledge(interaction, true)
    : acknowledgeInPlace(interaction));
  if (acknowledged === "gone") return;
  if (action === "remove") {
    const wasThere = await approvals.remove(by, id, desk.now());
    await showCard(interaction, renderNotice(wasThere ? approval.removed : errors.noSuchApproval));
    return;
  }
  const changed = await changeApproval(interaction, { by, id }, desk);
  if (changed === undefined) await showCard(interaction, renderNotice(errors.noSuchApproval));
  else {
    const title = action === "edit" ? approval.title : approval.changed;
    await showApproval(interaction, changed, title, desk);
  }
}

/** The approval after what a menu or a form changes in it; a button changes nothing. */
async function changeApproval(
  interaction: ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction,
  { by, id }: { readonly by: Moderator; readonly id: string },
  { ledger: { approvals }, collection, now }: BotContext,
): Promise<Approval | undefined> {
  if (interaction.isStringSelectMenu()) {
    const reference = collection.lookup.reference(interaction.values[0] ?? "");
    if (reference) return approvals.edit(by, id, { passages: [reference] }, now());
  }
  if (interaction.isModalSubmit()) {
    const note = interaction.fields.getTextInputValue(NOTE_FIELD).slice(0, MAX_NOTE_CHARS);
    return approvals.edit(by, id, { note: note.trim() }, now());
  }
  return approvals.get(by.guild, id);
}

async function askForNote(
  interaction: ButtonInteraction,
  approval: Approval | undefined,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  if (approval === undefined) {
    await replyText(interaction, texts.errors.noSuchApproval);
    return;
  }
  const input = new TextInputBuilder()
    .setCustomId(NOTE_FIELD)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(MAX_NOTE_CHARS)
    .setRequired(false);
  if (approval.note !== undefined) input.setValue(approval.note);
  await showForm(
    interaction,
    new ModalBuilder()
      .setCustomId(toCustomId({ kind: "approval", action: "note", id: approval.id }))
      .setTitle(texts.buttons.note)
      .addLabelComponents(
        new LabelBuilder().setLabel(texts.approval.noteLabel).setTextInputComponent(input),
      ),
  );
}

/** Lists a server's approvals, or only those whose passages are gone. */
export async function handleApproved(
  interaction: ChatInputCommandInteraction,
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined || (await acknowledge(interaction, true)) === "gone") return;
  if (interaction.options.getBoolean("lost") === true) await showLost(interaction, by, desk);
  else await showPage(interaction, by, 0, desk);
}

/** Shows another page of the list in its place. */
export async function handleApprovedPage(
  interaction: ButtonInteraction,
  offset: number,
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined || (await acknowledgeInPlace(interaction)) === "gone") return;
  await showPage(interaction, by, offset, desk);
}

async function showPage(
  interaction: Answerable,
  { guild }: Moderator,
  offset: number,
  { ledger: { approvals }, collection }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const total = await approvals.count(guild);
  const page = await approvals.list(guild, offset, APPROVALS_ON_PAGE);
  const shown = page.map((it) => resolve(it, collection));
  if (shown.length === 0) await showCard(interaction, renderNotice(texts.approval.none));
  else await showCard(interaction, renderApprovals(shown, { offset, total }, texts));
}

async function showLost(
  interaction: Answerable,
  { guild }: Moderator,
  { ledger: { approvals }, collection }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const all = await approvals.list(guild, 0, MAX_LOOKED_THROUGH);
  const lost = all
    .map((it) => resolve(it, collection))
    .filter((it) => it.excerpts.includes(undefined));
  if (lost.length === 0) {
    await showText(interaction, texts.approval.noneLost);
    return;
  }
  const page = { offset: 0, total: lost.length };
  const shown = lost.slice(0, APPROVALS_ON_PAGE);
  // The pages of the whole list are not those of this one: it has none.
  await showCard(interaction, renderApprovals(shown, { ...page, total: shown.length }, texts));
}

function resolve(approval: Approval, { lookup }: BotContext["collection"]): ShownApproval {
  return { approval, excerpts: approval.passages.map((it) => lookup.resolve(it)) };
}

async function showApproval(
  interaction: Answerable,
  approval: Approval,
  title: string,
  { collection }: BotContext,
): Promise<void> {
  const candidates = await candidatesFor(approval.question, collection);
  const card = renderApproval(
    resolve(approval, collection),
    candidates,
    textsFor(interaction.locale),
    title,
  );
  await showCard(interaction, card);
}

/** The passages that the search finds for a question. */
export async function candidatesFor(
  question: string,
  collection: BotContext["collection"],
): Promise<readonly Excerpt[]> {
  return (await collection.ask(question, { maxExcerpts: MAX_EXCERPTS })).excerpts;
}
