import type { Span } from "../../report.ts";
import { outlineOf } from "../outline.ts";
import type { Outline, Part } from "../outline.ts";
import { HAN, endsWithFinalMark } from "../../text/punctuation.ts";
import { trimSpan } from "../../text/spans.ts";
import { headingRank, isByline, isDashLine, isTitleLike, markerOf } from "./lineKinds.ts";

/** How many blocks from the start or the end a byline may stand. */
const BYLINE_REACH = { start: 5, end: 3 } as const;

/** Fewer heading-like lines in a row are headings above one another; these are a poem or a list. */
const MIN_RUN = 3;

/** Finds the blocks and sections of a plain text, by the look of its lines. */
export function readStructure(text: string): Outline {
  const paragraphs = readParagraphs(text);
  const kinds = kindsOf(paragraphs);
  const ranks = withoutRuns(paragraphs, headingRanks(paragraphs, kinds));
  const parts = paragraphs.map((paragraph, i) => partOf(paragraph, kinds[i], ranks[i]));
  return outlineOf(text, parts);
}

type Front = "title" | "subtitle" | "byline";

/** Title, subtitle and bylines; the other blocks are undefined. */
function kindsOf(paragraphs: readonly Paragraph[]): (Front | undefined)[] {
  const [first, second] = paragraphs;
  const hasTitle =
    first !== undefined && second !== undefined && isTitleLike(first.text) && !isByline(first.text);
  return paragraphs.map(({ text }, i) => {
    if (i === 0 && hasTitle) return "title";
    if (i === 1 && hasTitle && isDashLine(text)) return "subtitle";
    const isNear = i < BYLINE_REACH.start || i >= paragraphs.length - BYLINE_REACH.end;
    return isNear && isByline(text) ? "byline" : undefined;
  });
}

/** The rank of each heading-like block with something below it. */
function headingRanks(
  paragraphs: readonly Paragraph[],
  kinds: readonly (Front | undefined)[],
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
  for (let from = 0; from < ranks.length;) {
    const to = endOfRun(paragraphs, ranks, from);
    if (to - from >= MIN_RUN) kept.fill(undefined, from, to);
    from = to;
  }
  return kept;
}

function endOfRun(
  paragraphs: readonly Paragraph[],
  ranks: readonly (number | undefined)[],
  from: number,
): number {
  const isApart = paragraphs[from + 1]?.isApart;
  let to = from + 1;
  while (
    ranks[from] !== undefined &&
    ranks[to] === ranks[from] &&
    paragraphs[to]?.isApart === isApart
  )
    to++;
  return to;
}

function partOf(
  { text, span }: Paragraph,
  kind: Front | undefined,
  rank: number | undefined,
): Part {
  const marker = kind === "title" || kind === "byline" ? "" : markerOf(text);
  const words: Span = { start: span.start + marker.length, end: span.end };
  if (kind !== undefined) return { kind, span: words };
  if (rank !== undefined) return { kind: "heading", span: words, rank };
  return marker === "" ? { kind: "paragraph", span } : { kind: "item", span: words };
}

/** A line, or several that a hard-wrapped file broke. */
export interface Paragraph {
  readonly span: Span;
  /** What the span holds. */
  readonly text: string;
  /** Whether a blank line stands before it. */
  readonly isApart: boolean;
}

/** Splits a text into paragraphs: its non-blank lines, or in a hard-wrapped file what blank lines separate. */
export function readParagraphs(text: string): Paragraph[] {
  const lines = readLines(text);
  if (!isHardWrapped(lines)) return lines;
  const paragraphs: Paragraph[] = [];
  for (const line of lines) {
    const last = line.isApart ? undefined : paragraphs.pop();
    const span = { start: last?.span.start ?? line.span.start, end: line.span.end };
    paragraphs.push({
      span,
      text: text.slice(span.start, span.end),
      isApart: last?.isApart ?? line.isApart,
    });
  }
  return paragraphs;
}

function readLines(text: string): Paragraph[] {
  const lines: Paragraph[] = [];
  let start = 0;
  let isApart = true;
  for (const line of text.split("\n")) {
    const [span] = trimSpan(text, { start, end: start + line.length });
    if (span) lines.push({ span, text: text.slice(span.start, span.end), isApart });
    isApart = span === undefined;
    start += line.length + 1;
  }
  return lines;
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
