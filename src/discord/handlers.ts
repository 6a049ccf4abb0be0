/** What each command and button does. Every handler acknowledges first and answers after. */
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
} from "discord.js";
import type { Excerpt } from "../answer/answer.ts";
import type { Paragraph } from "../answer/lookup.ts";
import { fingerprintOf } from "../index/manifest.ts";
import { renderAnswer, renderExcerpts, renderShared } from "./card.ts";
import { button } from "./cardParts.ts";
import { MAX_QUESTION_CHARS, readQuestion } from "../search/question.ts";
import type { Action } from "./customId.ts";
import type { Desk } from "./desk.ts";
import type { Library } from "./library.ts";
import { cutText, neutralise } from "./markdown.ts";
import { matchingHeadings, namedPassage } from "./naming.ts";
import { questionOf } from "./readCard.ts";
import {
  acknowledge,
  answer,
  answerPlainly,
  post,
  replyPrivately,
  replyWithCard,
  turnTo,
} from "./reply.ts";
import { textsFor } from "./texts.ts";
import type { Texts } from "./texts.ts";

/** Choices of an autocompletion, and the characters of one. */
const MAX_CHOICES = 25;
const MAX_CHOICE_CHARS = 100;

/** Paragraphs of a section on one card. */
const MAX_EXCERPTS = 12;

/** As much of a hash as tells two indexes apart. */
const FINGERPRINT_CHARS = 12;

/** Answers `/ask`. */
export async function handleAsk(
  interaction: ChatInputCommandInteraction,
  desk: Desk,
): Promise<void> {
  const isPrivate = interaction.options.getBoolean("private") ?? false;
  const question = interaction.options.getString("question", true);
  // What cannot be asked is said in private, as only the first answer can be.
  readQuestion(question);
  if ((await acknowledge(interaction, isPrivate)) === "gone") return;
  await answerQuestion(interaction, question, { desk, isPrivate });
}

/** Answers "Find in the report" on somebody's message, for whoever asked alone. */
export async function handleFind(
  interaction: MessageContextMenuCommandInteraction,
  desk: Desk,
): Promise<void> {
  const question = interaction.targetMessage.content.slice(0, MAX_QUESTION_CHARS);
  readQuestion(question);
  if ((await acknowledge(interaction, true)) === "gone") return;
  await answerQuestion(interaction, question, { desk, isPrivate: true });
}

/** A public answer speaks the server's language, a private one the asker's. */
async function answerQuestion(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  question: string,
  { desk, isPrivate }: { readonly desk: Desk; readonly isPrivate: boolean },
): Promise<void> {
  const { locale, guildLocale, guildId, channelId, user } = interaction;
  const { found, canAskHumans } = await desk.ask(question, guildId);
  const texts = textsFor(isPrivate ? locale : (guildLocale ?? locale));
  const card = renderAnswer(found, { texts, question, isPrivate, canAskHumans });
  const message = await answer(interaction, card);
  await desk.record(found, {
    message: message.id,
    guild: guildId,
    channel: channelId,
    asker: user.id,
    question,
    isPrivate,
  });
}

/** Shows a passage by its id, or the section of a heading. */
export async function handleCite(
  interaction: ChatInputCommandInteraction,
  { lookup }: Library,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const what = interaction.options.getString("what", true);
  const id = namedPassage(lookup, what);
  const section = id === undefined ? [] : lookup.section(id);
  const passage = id === undefined ? undefined : lookup.passage(id);
  const excerpts = section.length > 0 ? section : passage ? [passage] : [];
  if (excerpts.length === 0) {
    await replyPrivately(interaction, texts.errors.noSuchPassage);
    return;
  }
  const title = texts.commands.cite.name;
  await replyWithCard(interaction, renderExcerpts(title, excerpts.slice(0, MAX_EXCERPTS), texts));
}

/** Offers the headings that hold what was typed. */
export async function handleAutocomplete(
  interaction: AutocompleteInteraction,
  library: Pick<Library, "lookup">,
): Promise<void> {
  const choices = matchingHeadings(library.lookup, interaction.options.getFocused())
    .slice(0, MAX_CHOICES)
    .map(({ path, passage }) => ({
      name: cutText(path.join(" › "), MAX_CHOICE_CHARS) || passage,
      value: passage,
    }));
  await interaction.respond(choices);
}

/** Explains the bot, with questions to begin with. */
export async function handleHelp(
  interaction: ChatInputCommandInteraction,
  { lookup }: Library,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const heading = lookup.headings.at(-1)?.path.at(-1) ?? "";
  const starters = texts
    .starters(cutText(heading, MAX_CHOICE_CHARS))
    .map((question) => `- ${neutralise(question).join(" ")}`);
  await replyPrivately(interaction, [texts.help("`/ask`"), ...starters].join("\n"));
}

/** Says which report, model and index are in use. */
export async function handleAbout(
  interaction: ChatInputCommandInteraction,
  { manifest }: Library,
): Promise<void> {
  const { sources, counts } = manifest;
  const facts = {
    reports: sources.reports.map(({ id }) => neutralise(id).join(" ")).join(", "),
    passages: counts.passages,
    model: sources.model.slice(0, FINGERPRINT_CHARS),
    index: fingerprintOf(sources).slice(0, FINGERPRINT_CHARS),
  };
  await replyPrivately(interaction, textsFor(interaction.locale).about(facts));
}

/** What a reader does with an answer. */
export type ReadingAction = Extract<Action, { kind: "context" | "paragraph" | "more" | "share" }>;

/** Shows more of the report: around a passage, a paragraph, further passages, or a private answer to all. */
export async function handleReading(
  interaction: ButtonInteraction,
  action: ReadingAction,
  { lookup }: Library,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const passages = (ids: readonly string[]): Excerpt[] =>
    ids.flatMap((id) => lookup.passage(id) ?? []);
  const show = async (excerpts: readonly Excerpt[], title: string): Promise<void> => {
    if (excerpts.length === 0) await replyPrivately(interaction, texts.errors.noSuchPassage);
    else await replyWithCard(interaction, renderExcerpts(title, excerpts, texts));
  };
  switch (action.kind) {
    case "context":
      await showParagraph(interaction, lookup.paragraphOf(action.passage), texts);
      return;
    case "paragraph":
      await showParagraph(
        interaction,
        lookup.paragraph(action.report, action.paragraph),
        texts,
        true,
      );
      return;
    case "more":
      await show(passages(action.passages), texts.buttons.more);
      return;
    case "share":
      await share(interaction, passages(action.passages), texts);
  }
}

async function showParagraph(
  interaction: ButtonInteraction,
  paragraph: Paragraph | undefined,
  texts: Texts,
  isTurning = false,
): Promise<void> {
  if (paragraph === undefined) {
    await replyPrivately(interaction, texts.errors.noSuchPassage);
    return;
  }
  const { report, excerpt, previous, next } = paragraph;
  const to = (number: number | undefined, label: string) =>
    number === undefined ? [] : [button({ kind: "paragraph", report, paragraph: number }, label)];
  const buttons = [...to(previous, texts.buttons.previous), ...to(next, texts.buttons.next)];
  const card = renderExcerpts(texts.buttons.context, [excerpt], texts, buttons);
  // Whoever turns pages reads on in the same message; the first one opens beside the answer.
  await (isTurning ? turnTo : replyWithCard)(interaction, card);
}

async function share(
  interaction: ButtonInteraction,
  excerpts: readonly Excerpt[],
  texts: Texts,
): Promise<void> {
  const [first] = excerpts;
  if (first === undefined) {
    await replyPrivately(interaction, texts.errors.noSuchPassage);
    return;
  }
  if ((await acknowledge(interaction, true)) === "gone") return;
  await answerPlainly(interaction, texts.shared);
  const publicTexts = textsFor(interaction.guildLocale ?? interaction.locale);
  const question = questionOf(interaction.message);
  const user = interaction.user.displayName;
  await post(interaction, renderShared(question, excerpts, user, publicTexts));
}
