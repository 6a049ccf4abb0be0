import type { Span } from "../report.ts";
import { CLOSING } from "./punctuation.ts";
import { trimSpan } from "./spans.ts";

/** Pieces shorter than this many UTF-16 code units join their neighbour: on their own they are found by chance. */
export const MIN_CLAUSE_UNITS = 14;

/** A Latin mark counts with the gap behind it only: numbers, times and addresses have none. */
const CUT = new RegExp(`(?:[，；：。！？]+|[,;:](?=\\s))[${CLOSING}]*`, "gu");

/** A title or an aside in brackets stays in one piece; what is longer is no name. */
const NAME = /《[^》]{0,60}》|〈[^〉]{0,60}〉|（[^）]{0,60}）|\([^)]{0,60}\)/gu;

/** Between two digits a mark belongs to a number, a time or a date, whatever its width: 1，200, 10：30, May 4, 1919. */
const BEFORE_NUMBER = /^\s?\p{N}/u;
const AFTER_NUMBER = /\p{N}$/u;

/**
 * Cuts a sentence into clauses of at least {@link MIN_CLAUSE_UNITS}, or leaves it whole if it is shorter.
 * The spans are in order, without white space around; between them lies white space only.
 */
export function splitClauses(text: string, { start, end }: Span): Span[] {
  const clauses: Span[] = [];
  const sentence = text.slice(start, end);
  const isWithinName = prepareNames(sentence, start);
  let from = start;
  for (const { index, 0: marks } of sentence.matchAll(CUT)) {
    const to = start + index + marks.length;
    if (to - from < MIN_CLAUSE_UNITS || isWithinName(to)) continue;
    if (isWithinNumber(sentence, index, index + marks.length)) continue;
    clauses.push({ start: from, end: to });
    from = to;
  }
  const last = end - from < MIN_CLAUSE_UNITS ? clauses.pop() : undefined;
  clauses.push({ start: last?.start ?? from, end });
  return clauses.flatMap((clause) => trimSpan(text, clause));
}

/** Tells of places of a text, asked for in order, whether they are within a name of a sentence that begins at `start`. */
function prepareNames(sentence: string, start: number): (place: number) => boolean {
  const names = Array.from(sentence.matchAll(NAME), ({ index, 0: name }) => ({
    start: start + index,
    end: start + index + name.length,
  }));
  let next = 0;
  return (place) => {
    while ((names[next]?.end ?? Infinity) <= place) next++;
    return (names[next]?.start ?? Infinity) < place;
  };
}

function isWithinNumber(sentence: string, from: number, to: number): boolean {
  return (
    AFTER_NUMBER.test(sentence.slice(Math.max(0, from - 2), from)) &&
    BEFORE_NUMBER.test(sentence.slice(to, to + 3))
  );
}
