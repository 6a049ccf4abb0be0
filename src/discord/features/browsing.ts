/** What each command and button does. Every handler acknowledges first and answers after. */
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
} from "discord.js";
import type { Excerpt } from "../../ask/answer.ts";
import type { HeadingEntry, Lookup, Paragraph } from "../../ask/lookup.ts";
import { fingerprintOf } from "../../index/manifest.ts";
import { renderAnswer, renderExcerpts, renderShared } from "../cards/answerCard.ts";
import { button, questionOf } from "../cards/cardParts.ts";
import { MAX_QUESTION_CHARS, readQuestion } from "../../search/question.ts";
import type { Action } from "../customId.ts";
import type { BotContext, Library } from "../context.ts";
import { cutText, escapeMarkdown } from "../escape.ts";
import { MAX_CHOICES, MAX_CHOICE_CHARS } from "../limits.ts";
import {
  acknowledge,
  showCard,
  showText,
  postCard,
  replyText,
  replyCard,
  replaceCard,
} from "../respond.ts";
import { textsFor } from "../locales/locale.ts";
import type { Texts } from "../locales/texts.ts";

/** Paragraphs of a section on one card. */
const MAX_SECTION_PARAGRAPHS = 12;

/** As much of a hash as tells two indexes apart. */
const FINGERPRINT_CHARS = 12;

/** Answers `/ask`. */
export async function handleAsk(
  interaction: ChatInputCommandInteraction,
  desk: BotContext,
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
  desk: BotContext,
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
  { desk, isPrivate }: { readonly desk: BotContext; readonly isPrivate: boolean },
): Promise<void> {
  const { locale, guildLocale, guildId, channelId, user } = interaction;
  const { found, canAskHumans } = await desk.ask(question, guildId);
  const texts = textsFor(isPrivate ? locale : (guildLocale ?? locale));
  const card = renderAnswer(found, { texts, question, isPrivate, canAskHumans });
  const message = await showCard(interaction, card);
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
    await replyText(interaction, texts.errors.noSuchPassage);
    return;
  }
  const title = texts.commands.cite.name;
  await replyCard(
    interaction,
    renderExcerpts(title, excerpts.slice(0, MAX_SECTION_PARAGRAPHS), texts),
  );
}

/** Offers the headings that hold what was typed. */
export async function handleAutocomplete(
  interaction: AutocompleteInteraction,
  collection: Pick<Library, "lookup">,
): Promise<void> {
  const choices = matchingHeadings(collection.lookup, interaction.options.getFocused())
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
    .map((question) => `- ${escapeMarkdown(question).join(" ")}`);
  await replyText(interaction, [texts.help, ...starters].join("\n"));
}

/** Says which report, model and index are in use. */
export async function handleAbout(
  interaction: ChatInputCommandInteraction,
  { manifest }: Library,
): Promise<void> {
  const { sources, counts } = manifest;
  const facts = {
    reports: sources.reports.map(({ id }) => escapeMarkdown(id).join(" ")).join(", "),
    passages: counts.passages,
    model: sources.model.slice(0, FINGERPRINT_CHARS),
    index: fingerprintOf(sources).slice(0, FINGERPRINT_CHARS),
  };
  await replyText(interaction, textsFor(interaction.locale).about(facts));
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
    if (excerpts.length === 0) await replyText(interaction, texts.errors.noSuchPassage);
    else await replyCard(interaction, renderExcerpts(title, excerpts, texts));
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
    await replyText(interaction, texts.errors.noSuchPassage);
    return;
  }
  const { report, excerpt, previous, next } = paragraph;
  const to = (number: number | undefined, label: string) =>
    number === undefined ? [] : [button({ kind: "paragraph", report, paragraph: number }, label)];
  const buttons = [...to(previous, texts.buttons.previous), ...to(next, texts.buttons.next)];
  const card = renderExcerpts(texts.buttons.context, [excerpt], texts, buttons);
  // Whoever turns pages reads on in the same message; the first one opens beside the answer.
  await (isTurning ? replaceCard : replyCard)(interaction, card);
}

async function share(
  interaction: ButtonInteraction,
  excerpts: readonly Excerpt[],
  texts: Texts,
): Promise<void> {
  const [first] = excerpts;
  if (first === undefined) {
    await replyText(interaction, texts.errors.noSuchPassage);
    return;
  }
  if ((await acknowledge(interaction, true)) === "gone") return;
  await showText(interaction, texts.shared);
  const publicTexts = textsFor(interaction.guildLocale ?? interaction.locale);
  const question = questionOf(interaction.message);
  const user = interaction.user.displayName;
  await postCard(interaction, renderShared(question, excerpts, user, publicTexts));
}

/** Passages as people name them: by an id, or by words of a heading. */

/** The passage of this id, or the first heading that holds these words. */
export function namedPassage(lookup: Lookup, what: string): string | undefined {
  const name = what.trim();
  return lookup.passage(name) ? name : matchingHeadings(lookup, name)[0]?.passage;
}

/** The headings that hold what was typed. */
export function matchingHeadings({ headings }: Lookup, typed: string): HeadingEntry[] {
  const wanted = typed.trim().toLowerCase();
  return headings.filter(({ path }) => path.join(" ").toLowerCase().includes(wanted));
}
