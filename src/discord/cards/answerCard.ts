/** An answer as a Discord message of components (version 2). Pure. */
import { ButtonStyle, ComponentType } from "discord.js";
import type { APIButtonComponentWithCustomId, APITextDisplayComponent } from "discord.js";
import type { Answer, Excerpt, VerifiedAnswer } from "../../ask/answer.ts";
import { VOTE_REASONS } from "../../ledger/schema.ts";
import { toCustomId } from "../customId.ts";
import type { Texts } from "../locales/texts.ts";
import {
  ACCENTS,
  MAX_SHOWN_QUESTION_CHARS,
  MAX_TITLE_CHARS,
  button,
  noteText,
  oneLine,
  questionText,
  renderExcerpt,
  rowOf,
  textDisplay,
  toMessage,
} from "./cardParts.ts";
import type { CardMessage } from "./cardParts.ts";

/** Excerpts on one card; the others come with the button. */
export const MAX_CARD_EXCERPTS = 3;

const MAX_HEADINGS = 3;

/** Passages that a button's custom_id has room for. */
const MAX_BUTTON_PASSAGES = 10;

/** What a card is made with. */
export interface CardOptions {
  readonly texts: Texts;
  /** As it was asked; shown above the answer, never within a quotation. */
  readonly question: string;
  /** Whether only the asker sees it: then it can be shared, but not pinned. */
  readonly isPrivate: boolean;
  /** Whether there are moderators who can be asked. */
  readonly canAskHumans?: boolean;
}

/** The card of an answer: state, excerpts as quotations, each with its place, and buttons. */
export function renderAnswer(answer: Answer, options: CardOptions): CardMessage {
  const { texts, isPrivate } = options;
  const { state, verified } = answer;
  const body = verified ? verifiedBody(verified, answer, options) : answerBody(answer, texts);
  const rows = buttonRows(answer, options).flatMap(rowOf);
  return toMessage(
    (maxChars) => [questionText(options), ...body(maxChars), ...rows],
    verified ? ACCENTS.found : ACCENTS[state],
    isPrivate,
  );
}

type Body = (maxChars: number) => APITextDisplayComponent[];

function answerBody(answer: Answer, texts: Texts): Body {
  const { state, excerpts } = answer;
  const head = textDisplay(`**${texts.state[state]}**`);
  if (state === "none") return () => [head, textDisplay(nearestHeadings(answer, texts))];
  return (maxChars) => [
    head,
    ...excerpts.slice(0, MAX_CARD_EXCERPTS).map((excerpt, i) => {
      const text = renderExcerpt(excerpt, matchOf(answer, i, texts), { texts, maxChars });
      return textDisplay(i === 1 && state === "found" ? `**${texts.nearIt}**\n${text}` : text);
    }),
  ];
}

/** What moderators approved comes first; what the search found beside it is near it. */
function verifiedBody(
  verified: VerifiedAnswer,
  { state, excerpts }: Answer,
  { texts, question }: CardOptions,
): Body {
  const shown = verified.excerpts.slice(0, MAX_CARD_EXCERPTS);
  const near = state === "none" ? [] : excerpts.slice(0, MAX_CARD_EXCERPTS - shown.length);
  return (maxChars) => [
    textDisplay(verifiedHead(verified, { texts, question })),
    ...shown.map((it) => textDisplay(renderExcerpt(it, undefined, { texts, maxChars }))),
    ...noteText(verified.note, texts),
    ...near.map((it, i) => {
      const text = renderExcerpt(it, texts.match.weak, { texts, maxChars });
      return textDisplay(i === 0 ? `**${texts.nearIt}**\n${text}` : text);
    }),
  ];
}

/** Says for which question it was approved, where that is another one. */
function verifiedHead(
  verified: VerifiedAnswer,
  { texts, question }: Pick<CardOptions, "texts" | "question">,
): string {
  const head = `**${texts.verified}**`;
  if (verified.question === question) return head;
  return `${head}\n-# ${texts.verifiedFor(oneLine(verified.question, MAX_SHOWN_QUESTION_CHARS))}`;
}

/** Excerpts alone: those of a later page, of a paragraph or of a section. */
export function renderExcerpts(
  title: string,
  excerpts: readonly Excerpt[],
  texts: Texts,
  buttons: readonly APIButtonComponentWithCustomId[] = [],
): CardMessage {
  return toMessage(
    (maxChars) => [
      textDisplay(`**${title}**`),
      ...excerpts.map((excerpt) =>
        textDisplay(renderExcerpt(excerpt, undefined, { texts, maxChars })),
      ),
      ...rowOf(buttons),
    ],
    ACCENTS.none,
    true,
  );
}

/** A clean card for the channel's pins: question, one excerpt, its place, and who pinned it. */
export function renderPinned(
  question: string,
  excerpt: Excerpt,
  user: string,
  texts: Texts,
): CardMessage {
  return toMessage(
    (maxChars) => [
      questionText({ question, texts }),
      textDisplay(renderExcerpt(excerpt, undefined, { texts, maxChars })),
      textDisplay(`-# ${texts.pinnedBy(oneLine(user, MAX_TITLE_CHARS))}`),
    ],
    ACCENTS.found,
    false,
  );
}

/** A private answer that its asker shows to all. */
export function renderShared(
  question: string,
  excerpts: readonly Excerpt[],
  user: string,
  texts: Texts,
): CardMessage {
  const [first] = excerpts;
  const pin = first && button({ kind: "pin", passage: first.passage }, texts.buttons.pin);
  return toMessage(
    (maxChars) => [
      questionText({ question, texts }),
      ...excerpts.map((it) => textDisplay(renderExcerpt(it, undefined, { texts, maxChars }))),
      textDisplay(`-# ${texts.sharedBy(oneLine(user, MAX_TITLE_CHARS))}`),
      ...rowOf(pin ? [pin] : []),
    ],
    ACCENTS.found,
    false,
  );
}

/** A line, and a button for it. */
export interface ListRow {
  readonly line: string;
  readonly button: APIButtonComponentWithCustomId;
}

/** A private list, each line with a button of its own. The lines begin with a link of Discord's own. */
export function renderList(title: string, rows: readonly ListRow[]): CardMessage {
  return toMessage(
    () => [
      textDisplay(`**${title}**`),
      ...rows.map(({ line, button: accessory }) => ({
        type: ComponentType.Section as const,
        components: [textDisplay(line)],
        accessory,
      })),
    ],
    ACCENTS.none,
    true,
  );
}

/** Asks why an answer is found bad. */
export function renderReasons(message: string, texts: Texts): CardMessage {
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: toCustomId({ kind: "reason", message }),
    placeholder: texts.reasonFor,
    options: VOTE_REASONS.map((value) => ({ value, label: texts.reasons[value] })),
  };
  return toMessage(
    () => [textDisplay(texts.thanks), { type: ComponentType.ActionRow, components: [menu] }],
    ACCENTS.none,
    true,
  );
}

function matchOf({ state }: Answer, i: number, texts: Texts): string {
  if (i > 0) return texts.match.weak;
  return state === "found" ? texts.match.strong : texts.match.fair;
}

function nearestHeadings({ headings }: Answer, texts: Texts): string {
  const lines = headings
    .slice(0, MAX_HEADINGS)
    .map((heading) => `> ${oneLine(heading, MAX_TITLE_CHARS)}`);
  const nearest = lines.length > 0 ? [`${texts.nearestHeadings}:`, ...lines] : [];
  return [...nearest, texts.askAHuman].join("\n");
}

/** Reading in the first row, opinions and moderators in the second. */
function buttonRows(
  answer: Answer,
  { texts, isPrivate, canAskHumans }: CardOptions,
): APIButtonComponentWithCustomId[][] {
  const { buttons } = texts;
  const { verified, state } = answer;
  const excerpts = [...(verified?.excerpts ?? []), ...(state === "none" ? [] : answer.excerpts)];
  const isOpen = verified === undefined && state !== "found";
  return [
    readingButtons(excerpts, texts, isPrivate),
    [
      button({ kind: "vote", opinion: "up" }, buttons.up),
      button({ kind: "vote", opinion: "down" }, buttons.down),
      ...(isPrivate ? [] : moderatorButtons(answer, excerpts[0], texts)),
      ...(isOpen && canAskHumans && !isPrivate ? [button({ kind: "human" }, buttons.human)] : []),
    ],
  ];
}

function readingButtons(
  excerpts: readonly Excerpt[],
  { buttons }: Texts,
  isPrivate: boolean,
): APIButtonComponentWithCustomId[] {
  const [first] = excerpts;
  if (first === undefined) return [];
  const ids = excerpts.map(({ passage }) => passage).slice(0, MAX_BUTTON_PASSAGES);
  const shown = ids.slice(0, MAX_CARD_EXCERPTS);
  const rest = ids.slice(MAX_CARD_EXCERPTS);
  return [
    button({ kind: "context", passage: first.passage }, buttons.context, ButtonStyle.Primary),
    ...(rest.length > 0 ? [button({ kind: "more", passages: rest }, buttons.more)] : []),
    isPrivate
      ? button({ kind: "share", passages: shown }, buttons.share)
      : button({ kind: "pin", passage: first.passage }, buttons.pin),
  ];
}

function moderatorButtons(
  { verified }: Answer,
  first: Excerpt | undefined,
  { buttons }: Texts,
): APIButtonComponentWithCustomId[] {
  if (verified) {
    return [button({ kind: "approval", action: "edit", id: verified.id }, buttons.edit)];
  }
  return first ? [button({ kind: "approve", passage: first.passage }, buttons.approve)] : [];
}
