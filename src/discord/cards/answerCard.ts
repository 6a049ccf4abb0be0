/** An answer as a Discord message of components (version 2), and what becomes of it. Pure. */
import type { APIButtonComponentWithCustomId, APITextDisplayComponent } from "discord.js";
import type { Answer, VerifiedAnswer } from "../../ask/answer.ts";
import type { Excerpt } from "../../ask/excerpt.ts";
import { VOTE_REASONS } from "../../ledger/schema.ts";
import type { Texts } from "../locales/texts.ts";
import { buttonRows } from "./answerButtons.ts";
import type { CardOptions } from "./answerButtons.ts";
import { askedParts, askedTexts, wholeQuestion } from "./askedQuestion.ts";
import type { AskedQuestion } from "./askedQuestion.ts";
import {
  MAX_CARD_EXCERPTS,
  MAX_SHOWN_QUESTION_CHARS,
  MAX_TITLE_CHARS,
  button,
  menu,
  noteText,
  oneLine,
  rowOf,
  section,
  textDisplay,
  titleText,
  toMessage,
} from "./cardParts.ts";
import type { CardMessage } from "./cardParts.ts";
import { linkButtons } from "./linkButtons.ts";
import type { CardView } from "./linkButtons.ts";
import { quotations } from "./quotation.ts";

const MAX_HEADINGS = 3;

/** The card of an answer: state, excerpts as quotations, each with its place, and buttons. */
export function renderAnswer(answer: Answer, options: CardOptions): CardMessage {
  const { state, verified, after } = answer;
  const rows = buttonRows(answer, options).flatMap(rowOf);
  return toMessage(verified ? "found" : state, (maxChars) => [
    ...askedParts({ question: options.question, after }, options.texts),
    ...cutNotice(answer, options.texts),
    ...(verified
      ? verifiedBody(answer, verified, options, maxChars)
      : answerBody(answer, options.texts, maxChars)),
    ...rows,
  ]);
}

/** That the question is too long to be compared whole, where it is. */
function cutNotice({ comparedChars }: Answer, texts: Texts): APITextDisplayComponent[] {
  return comparedChars === undefined ? [] : [textDisplay(`-# ${texts.questionCut(comparedChars)}`)];
}

/** Only the first passage is claimed as found; others stand near it. */
function answerBody(answer: Answer, texts: Texts, maxChars: number): APITextDisplayComponent[] {
  const { state, excerpts } = answer;
  const head = titleText(texts.state[state]);
  if (state === "none") return [head, textDisplay(nearestHeadings(answer, texts))];
  const { strong, fair, weak } = texts.match;
  const [match, title] = state === "found" ? [strong, texts.nearIt] : [fair, undefined];
  const near = excerpts.slice(1, MAX_CARD_EXCERPTS);
  return [
    head,
    ...quotations(excerpts.slice(0, 1), { texts, maxChars, match }),
    ...quotations(near, { texts, maxChars, match: weak, title }),
  ];
}

/** What moderators approved comes first; what the search found beside it is near it. */
function verifiedBody(
  { state, after, excerpts }: Answer,
  verified: VerifiedAnswer,
  { texts, question }: CardOptions,
  maxChars: number,
): APITextDisplayComponent[] {
  const shown = verified.excerpts.slice(0, MAX_CARD_EXCERPTS);
  const near = state === "none" ? [] : excerpts.slice(0, MAX_CARD_EXCERPTS - shown.length);
  const isSame = verified.question === wholeQuestion({ question, after });
  const original = oneLine(verified.question, MAX_SHOWN_QUESTION_CHARS);
  return [
    // Says for which question it was approved, where that is another one.
    textDisplay(`**${texts.verified}**${isSame ? "" : `\n-# ${texts.verifiedFor(original)}`}`),
    ...quotations(shown, { texts, maxChars }),
    ...noteText(verified.note, texts),
    ...quotations(near, { texts, maxChars, match: texts.match.weak, title: texts.nearIt }),
  ];
}

/** Excerpts alone: those of a later page, of a paragraph or of a section. */
export function renderExcerpts(
  title: string,
  excerpts: readonly Excerpt[],
  view: CardView,
  buttons: readonly APIButtonComponentWithCustomId[] = [],
): CardMessage {
  const { texts } = view;
  return toMessage("none", (maxChars) => [
    titleText(title),
    ...quotations(excerpts, { texts, maxChars }),
    ...rowOf(buttons),
    ...rowOf(linkButtons(excerpts[0], view)),
  ]);
}

/** A clean card for the channel's pins: question, one excerpt, its place, and who pinned it. */
export function renderPinned(
  asked: AskedQuestion,
  excerpt: Excerpt,
  user: string,
  view: CardView,
): CardMessage {
  const { texts } = view;
  return toMessage("found", (maxChars) => [
    ...askedTexts(asked, texts),
    ...quotations([excerpt], { texts, maxChars }),
    textDisplay(`-# ${texts.pinnedBy(oneLine(user, MAX_TITLE_CHARS))}`),
    ...rowOf(linkButtons(excerpt, view)),
  ]);
}

/** A private answer that its asker shows to all. */
export function renderShared(
  asked: AskedQuestion,
  excerpts: readonly Excerpt[],
  user: string,
  view: CardView,
): CardMessage {
  const { texts } = view;
  const pins = excerpts
    .slice(0, 1)
    .map(({ passage }) => button({ kind: "pin", passage }, texts.buttons.pin));
  return toMessage("found", (maxChars) => [
    ...askedTexts(asked, texts),
    ...quotations(excerpts, { texts, maxChars }),
    textDisplay(`-# ${texts.sharedBy(oneLine(user, MAX_TITLE_CHARS))}`),
    ...rowOf(pins),
    ...rowOf(linkButtons(excerpts[0], view)),
  ]);
}

/** A line, and a button for it. */
interface ListRow {
  readonly line: string;
  readonly button: APIButtonComponentWithCustomId;
}

/** A private list, each line with a button of its own. The lines begin with a link of Discord's own. */
export function renderList(title: string, rows: readonly ListRow[]): CardMessage {
  return toMessage("none", () => [
    titleText(title),
    ...rows.map((row) => section(row.line, row.button)),
  ]);
}

/** Asks why an answer is found bad. */
export function renderReasons(message: string, texts: Texts): CardMessage {
  const options = VOTE_REASONS.map((value) => ({ value, label: texts.reasons[value] }));
  return toMessage("none", () => [
    textDisplay(texts.thanks),
    menu({ kind: "reason", message }, texts.reasonFor, options),
  ]);
}

function nearestHeadings({ headings }: Answer, texts: Texts): string {
  const lines = headings
    .slice(0, MAX_HEADINGS)
    .map((heading) => `> ${oneLine(heading, MAX_TITLE_CHARS)}`);
  const nearest = lines.length > 0 ? [`${texts.nearestHeadings}:`, ...lines] : [];
  return [...nearest, texts.askAHuman].join("\n");
}
