import type { Span } from "../../report.ts";
import { HAN } from "../../text/hanCharsets.ts";
import { endsWithFinalMark } from "../../text/punctuation.ts";
import { linesOf, sliceOf, trimSpan } from "../../text/spans.ts";
import { frontKinds } from "../outline.ts";
import type { Document, FrontKind, Part } from "../outline.ts";
import { headingRank, isByline, isTitleLike, withoutMarker } from "./lineKinds.ts";

/** Fewer heading-like lines in a row are headings above one another; these are a poem or a list. */
const MIN_RUN = 3;

/** Finds the parts of a plain text, by the look of its lines. A short first line is the title. */
export function readPlainText(text: string): Document {
  const paragraphs = readParagraphs(text);
  const texts = paragraphs.map((it) => it.text);
  const kinds = frontKinds(texts, hasTitle(texts));
  const ranks = withoutRuns(paragraphs, headingRanks(paragraphs, kinds));
  const parts = paragraphs.map(({ span }, i): Part => {
    const words = withoutMarker(text, span);
    const [kind, rank] = [kinds[i], ranks[i]];
    if (kind !== undefined) return { kind, span: words };
    if (rank !== undefined) return { kind: "heading", span: words, rank };
    return { kind: words.start === span.start ? "paragraph" : "item", span: words };
  });
  return { text, parts };
}

function hasTitle([first, second]: readonly string[]): boolean {
  return first !== undefined && second !== undefined && isTitleLike(first) && !isByline(first);
}

/** The rank of each heading-like block with something below it. */
function headingRanks(
  paragraphs: readonly Paragraph[],
  kinds: readonly (FrontKind | undefined)[],
): (number | undefined)[] {
  const last = kinds.findLastIndex((kind) => kind !== "byline");
  return paragraphs.map(({ text }, i) =>
    kinds[i] === undefined && i < last ? headingRank(text) : undefined,
  );
}

/** Takes back the ranks of heading-like lines that stand in a row, evenly spaced, with no text among them. */
function withoutRuns(
  paragraphs: readonly Paragraph[],
  ranks: readonly (number | undefined)[],
): (number | undefined)[] {
  const kept = [...ranks];
  const isOneRun = (from: number, at: number): boolean =>
    ranks[from] !== undefined &&
    ranks[at] === ranks[from] &&
    paragraphs[at]?.isApart === paragraphs[from + 1]?.isApart;
  for (let from = 0, to = 0; from < ranks.length; from = to) {
    to = from + 1;
    while (isOneRun(from, to)) to++;
    if (to - from >= MIN_RUN) kept.fill(undefined, from, to);
  }
  return kept;
}

/** A line, or several that a hard-wrapped file broke. */
interface Paragraph {
  readonly span: Span;
  /** What the span holds. */
  readonly text: string;
  /** Whether a blank line stands before it. */
  readonly isApart: boolean;
}

/** Splits a text into paragraphs: its non-blank lines, or in a hard-wrapped file what blank lines separate. */
function readParagraphs(text: string): Paragraph[] {
  const lines = linesOf(text).flatMap((line, i, all) =>
    trimSpan(text, line).map((span): Paragraph => ({
      span,
      text: sliceOf(text, span),
      isApart: (all[i - 1]?.text ?? "").trim() === "",
    })),
  );
  if (!isHardWrapped(lines)) return lines;
  const paragraphs: Paragraph[] = [];
  for (const line of lines) {
    const last = line.isApart ? undefined : paragraphs.pop();
    const span = { start: last?.span.start ?? line.span.start, end: line.span.end };
    const { isApart } = last ?? line;
    paragraphs.push({ span, text: sliceOf(text, span), isApart });
  }
  return paragraphs;
}

/** A line narrower than this was ended by its author: a heading, a verse, an entry. A Han character has two columns. */
const MIN_WRAP_COLUMNS = 40;

/** Whether most lines are broken off: wide, without a final mark, and not before a blank line. */
function isHardWrapped(lines: readonly Paragraph[]): boolean {
  const broken = lines.filter(
    ({ text }, i) =>
      lines[i + 1]?.isApart === false &&
      !endsWithFinalMark(text) &&
      columnsOf(text) >= MIN_WRAP_COLUMNS,
  );
  return broken.length > lines.length / 2;
}

function columnsOf(line: string): number {
  return Array.from(line).reduce((sum, character) => sum + (HAN.test(character) ? 2 : 1), 0);
}
