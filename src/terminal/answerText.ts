import pc from "picocolors";
import type { Answer } from "../ask/answer.ts";
import { citationText, cslJson } from "../ask/citation.ts";
import type { CitationWords, Cited } from "../ask/citation.ts";
import type { Excerpt, Place } from "../ask/excerpt.ts";

/** Styles of a card; without colours they leave the text as it is. */
type Colors = ReturnType<typeof pc.createColors>;

const STATE_WORDS: Record<Answer["state"], string> = {
  found: "Found",
  maybe: "Maybe: these passages come nearest, the answer may not be among them",
  none: "Not in this report. What comes nearest:",
};

/** How places are named. */
const PLACE_WORDS: CitationWords = {
  place: (paragraph, from, to) =>
    `paragraph ${paragraph}, ${from === to ? `sentence ${from}` : `sentences ${from}–${to}`}`,
  page: (page) => `p. ${page}`,
  passage: (id) => `passage ${id}`,
};

/** Controls and bidirectional marks, which could rewrite what stands on the screen; tabs part the cells of a row. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;

/** Other places of the same words that are named. */
const MAX_ALSO = 5;

/** Whether a stream is a terminal that shows colours; NO_COLOR is respected. */
export function supportsColors(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && pc.isColorSupported;
}

/**
 * An answer as it is shown to a reader.
 *
 * @param useColors Whether to mark the matching words in bold; false gives plain text.
 */
export function renderCard(answer: Answer, useColors: boolean): string {
  const colors = pc.createColors(useColors);
  const { bold, green, yellow, red, dim } = colors;
  const paint = { found: green, maybe: yellow, none: red }[answer.state];
  const excerpts = answer.excerpts.map((excerpt, i) => renderExcerpt(excerpt, i + 1, colors));
  const headings =
    answer.state === "none" && answer.headings.length > 0
      ? [dim(`Nearest headings: ${answer.headings.map(printable).join(" · ")}`)]
      : [];
  // Only the first passage is claimed as found.
  const others = answer.state === "found" && excerpts.length > 1 ? [dim("Near it:")] : [];
  const { after, comparedChars } = answer;
  const leaning = after === undefined ? [] : [dim(`after: ${printable(after)}`)];
  const cut =
    comparedChars === undefined
      ? []
      : [
          dim(
            `The question is long: its meaning is taken from its first ${comparedChars} characters.`,
          ),
        ];
  return (
    [
      bold(paint(STATE_WORDS[answer.state])),
      ...leaning,
      ...cut,
      ...excerpts.slice(0, 1),
      ...others,
      ...excerpts.slice(1),
      ...headings,
    ].join("\n\n") + "\n"
  );
}

/**
 * Excerpts that nobody asked a question about.
 *
 * @param useColors As {@link renderCard} takes it.
 */
export function renderExcerpts(excerpts: readonly Excerpt[], useColors: boolean): string {
  const colors = pc.createColors(useColors);
  return excerpts.map((it, i) => renderExcerpt(it, i + 1, colors)).join("\n\n") + "\n";
}

/** How a passage is cited: a line of text, or CSL-JSON. */
export function renderCitation(cited: Cited, isJson: boolean): string {
  return isJson ? cslJson(cited, PLACE_WORDS) : printable(citationText(cited, PLACE_WORDS));
}

function renderExcerpt(excerpt: Excerpt, number: number, { bold, dim }: Colors): string {
  const { text, highlight, columns } = excerpt;
  const [from, to] = highlight;
  const marked =
    printable(text.slice(0, from)) +
    bold(printable(text.slice(from, to))) +
    printable(text.slice(to));
  const also = alsoLines(excerpt).map((line) => dim(`   also: ${line}`));
  const [label, indent] = [`${number}. `, " ".repeat(`${number}. `.length)];
  return [
    ...(columns === undefined ? [] : [`${label}${dim(printable(columns))}`]),
    `${columns === undefined ? label : indent}${marked}`,
    dim(`   ${placeText(excerpt)}`),
    dim(`   ${PLACE_WORDS.passage(excerpt.passage)}`),
    ...also,
  ].join("\n");
}

/** Other places of the same words; of a form's own line only the first are named. */
function alsoLines({ alsoAt }: Excerpt): string[] {
  const left = alsoAt.length - MAX_ALSO;
  const named = alsoAt.slice(0, left > 1 ? MAX_ALSO : alsoAt.length).map(placeText);
  return left > 1 ? [...named, `in ${left} other places`] : named;
}

/** Where a passage or a sentence stands, in one line. */
export function placeText(place: Place): string {
  const { title, date, section, paragraph, sentences } = place;
  const [from, to] = sentences;
  const dated = date === undefined ? title : `${title} (${date})`;
  const path = [dated, ...section].map(printable).join(" › ");
  const page = place.pageLabel ?? place.page;
  return [
    path,
    ...(page === undefined ? [] : [PLACE_WORDS.page(printable(String(page)))]),
    PLACE_WORDS.place(paragraph, from, to),
  ].join(" · ");
}

/** A text without what could move the cursor or turn other text around. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, "\u{FFFD}");
}
