/** Reading in the report: /cite and its suggestions, the paragraph around a passage, further passages, one word by word, how it is cited, a private answer shown to all. */
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
} from "discord.js";
import type { Excerpt } from "../../ask/excerpt.ts";
import type { Paragraph } from "../../ask/lookup.ts";
import { renderExcerpts, renderShared } from "../cards/answerCard.ts";
import { askedOf } from "../cards/askedQuestion.ts";
import { renderCitation } from "../cards/citationCard.ts";
import { button } from "../cards/cardParts.ts";
import { renderWords } from "../cards/wordsCard.ts";
import type { CardView } from "../cards/linkButtons.ts";
import type { BotContext } from "../context.ts";
import type { ActionNamed } from "../customId.ts";
import { cutText } from "../escape.ts";
import type { Asked } from "../feature.ts";
import { MAX_CHOICES, MAX_CHOICE_CHARS } from "../limits.ts";
import { textsFor } from "../locales/locale.ts";
import {
  offerChoices,
  postBeside,
  replaceCard,
  replyCard,
  replyText,
  showCard,
  showText,
} from "../respond.ts";

/** Shows a passage by its id, or the section of a heading. */
export async function handleCite(
  { interaction }: Asked<ChatInputCommandInteraction>,
  { collection: { lookup }, siteUrl }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const excerpts = await lookup.cite(interaction.options.getString("what", true));
  const { name } = texts.commands.cite;
  await showExcerpts(interaction, name, excerpts, { texts, siteUrl });
}

/** Offers the headings that hold what was typed. */
export async function suggestHeadings(
  interaction: AutocompleteInteraction,
  { collection }: BotContext,
): Promise<void> {
  const choices = collection.lookup
    .headingsWith(interaction.options.getFocused())
    .slice(0, MAX_CHOICES)
    .map(({ path, passage }) => ({
      name: cutText(path.join(" › "), MAX_CHOICE_CHARS) || passage,
      value: passage,
    }));
  await offerChoices(interaction, choices);
}

/** Shows the paragraph that a passage stands in. */
export async function handleContext(
  { interaction, action: { passage } }: Asked<ButtonInteraction, ActionNamed<"context">>,
  { collection: { lookup }, siteUrl }: BotContext,
): Promise<void> {
  const view = { texts: textsFor(interaction.locale), siteUrl };
  await showParagraph(interaction, await lookup.paragraphOf(passage), replyCard, view);
}

/** Shows another paragraph: whoever turns pages reads on in the same message. */
export async function handleParagraph(
  { interaction, action }: Asked<ButtonInteraction, ActionNamed<"paragraph">>,
  { collection: { lookup }, siteUrl }: BotContext,
): Promise<void> {
  const paragraph = await lookup.paragraph(action.report, action.paragraph);
  const view = { texts: textsFor(interaction.locale), siteUrl };
  await showParagraph(interaction, paragraph, replaceCard, view);
}

/** Shows the passages that an answer had no room for. */
export async function handleMore(
  { interaction, action: { passages } }: Asked<ButtonInteraction, ActionNamed<"more">>,
  { collection: { lookup }, siteUrl }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const excerpts = await lookup.passages(passages);
  await showExcerpts(interaction, texts.buttons.more, excerpts, { texts, siteUrl });
}

/** Shows a Chinese passage word by word, as many words as a message holds. */
export async function handleWords(
  { interaction, action }: Asked<ButtonInteraction, ActionNamed<"words">>,
  { collection: { lookup } }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const pieces = await lookup.words(action.passage);
  const card = pieces && renderWords(pieces, action, texts);
  if (card) await showCard(interaction, card);
  else await showText(interaction, texts.errors.noSuchPassage);
}

/** Shows how a passage is cited, as text and as data, to be copied. */
export async function handleCitation(
  { interaction, action: { passage } }: Asked<ButtonInteraction, ActionNamed<"citation">>,
  { collection: { lookup }, siteUrl }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const [excerpt] = await lookup.passages([passage]);
  if (excerpt === undefined) await showText(interaction, texts.errors.noSuchPassage);
  else await showCard(interaction, renderCitation(excerpt, { texts, siteUrl }));
}

/** Shows a private answer to all. */
export async function handleShare(
  { interaction, action: { passages } }: Asked<ButtonInteraction, ActionNamed<"share">>,
  { collection: { lookup }, siteUrl }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const excerpts = await lookup.passages(passages);
  if (excerpts.length === 0) {
    await showText(interaction, texts.errors.noSuchPassage);
    return;
  }
  await showText(interaction, texts.shared);
  const view = { texts: textsFor(interaction.guildLocale ?? interaction.locale), siteUrl };
  const asked = askedOf(interaction.message);
  const user = interaction.user.displayName;
  await postBeside(interaction, renderShared(asked, excerpts, user, view));
}

async function showParagraph(
  interaction: ButtonInteraction,
  paragraph: Paragraph | undefined,
  show: typeof replaceCard,
  view: CardView,
): Promise<void> {
  const { texts } = view;
  if (paragraph === undefined) {
    await replyText(interaction, texts.errors.noSuchPassage);
    return;
  }
  const { report, excerpt, previous, next } = paragraph;
  const to = (number: number | undefined, label: string) =>
    number === undefined ? [] : [button({ kind: "paragraph", report, paragraph: number }, label)];
  const buttons = [...to(previous, texts.buttons.previous), ...to(next, texts.buttons.next)];
  await show(interaction, renderExcerpts(texts.buttons.context, [excerpt], view, buttons));
}

async function showExcerpts(
  interaction: ButtonInteraction | ChatInputCommandInteraction,
  title: string,
  excerpts: readonly Excerpt[],
  view: CardView,
): Promise<void> {
  if (excerpts.length === 0) await replyText(interaction, view.texts.errors.noSuchPassage);
  else await replyCard(interaction, renderExcerpts(title, excerpts, view));
}
