import type { Span } from "../report.ts";

/** The span without the white space around its text, or nothing if that is blank: 0 or 1 spans, made for flatMap. */
export function trimSpan(text: string, { start, end }: Span): Span[] {
  const slice = text.slice(start, end);
  const trimmed = slice.trim();
  if (trimmed === "") return [];
  const from = start + slice.length - slice.trimStart().length;
  return [{ start: from, end: from + trimmed.length }];
}
