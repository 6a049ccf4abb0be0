import type { Span } from "../report.ts";

/** The text of a span. */
export function sliceOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** The span without the white space around its text, or nothing if that is blank: 0 or 1 spans, made for flatMap. */
export function trimSpan(text: string, span: Span): Span[] {
  const slice = sliceOf(text, span);
  const trimmed = slice.trim();
  if (trimmed === "") return [];
  const start = span.start + slice.length - slice.trimStart().length;
  return [{ start, end: start + trimmed.length }];
}

/** A line of a text, without the mark of its end. */
export interface Line extends Span {
  readonly text: string;
}

/** The lines of a text, blank ones too; a form feed also ends one. */
export function linesOf(text: string): Line[] {
  let next = 0;
  return text.split(/[\n\f]/u).map((line) => {
    const start = next;
    next += line.length + 1;
    return { text: line, start, end: start + line.length };
  });
}
