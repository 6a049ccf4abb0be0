import type { Span } from "../report.ts";
import { CLOSING } from "./marks.ts";
import { trimSpan } from "./trim.ts";

/** Pieces shorter than this many UTF-16 code units join their neighbour: on their own they are found by chance. */
export const MIN_CLAUSE_UNITS = 14;

/** A Latin mark counts with the gap behind it only: numbers, times and addresses have none. */
const CUT = new RegExp(`(?:[，；：。！？]+|[,;:](?=\\s))[${CLOSING}]*`, "gu");

/**
 * Cuts a sentence into clauses of at least {@link MIN_CLAUSE_UNITS}, or leaves it whole if it is shorter.
 * The spans are in order, without white space around; between them lies white space only.
 */
export function splitClauses(text: string, { start, end }: Span): Span[] {
  const clauses: Span[] = [];
  let from = start;
  for (const { index, 0: marks } of text.slice(start, end).matchAll(CUT)) {
    const to = start + index + marks.length;
    if (to - from < MIN_CLAUSE_UNITS) continue;
    clauses.push({ start: from, end: to });
    from = to;
  }
  const last = end - from < MIN_CLAUSE_UNITS ? clauses.pop() : undefined;
  clauses.push({ start: last?.start ?? from, end });
  return clauses.flatMap((clause) => trimSpan(text, clause));
}

/** Each two neighbouring clauses as one span: an answer often spans a comma. */
export function clausePairs(clauses: readonly Span[]): Span[] {
  return clauses.slice(1).map(({ end }, i) => ({ start: clauses[i]?.start ?? end, end }));
}
