import type { Span } from "../report.ts";
import { HAN, endsWithFinalMark } from "./marks.ts";
import { trimSpan } from "./trim.ts";

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
