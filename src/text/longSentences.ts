/** A sentence that is longer than a reader takes in at once is cut at its own clauses. */
import type { Span } from "../report.ts";
import { columnsOf } from "./columns.ts";
import { CLOSING, FULL_STOPS } from "./punctuation.ts";
import { sliceOf, trimSpan } from "./spans.ts";

/** Longest sentence that is kept whole, in columns: 250 Han characters, or some 80 English words. */
const MAX_COLUMNS = 500;

/** Pieces shorter than this, in columns, go with their neighbour. */
const MIN_COLUMNS = 24;

/** Where a sentence is cut, the strongest first; what has none of these is cut anywhere. */
const CUTS = [
  new RegExp(`(?:[${FULL_STOPS}]|[.!?](?=\\s))[${CLOSING}"']*`, "gu"),
  new RegExp(`(?:[；؛]|;(?=\\s))[${CLOSING}"']*`, "gu"),
  new RegExp(`(?:[，،：]|[,:](?=\\s))[${CLOSING}"']*`, "gu"),
  /、|\s+/gu,
] as const;

/** The sentence, or where it is too long its pieces: items of a list behind ； one by one, clauses behind ， as many as fit. */
export function splitLong(text: string, sentence: Span, level = 0): Span[] {
  if (!isLong(text, sentence)) return [sentence];
  const cut = CUTS[level];
  if (cut === undefined) return slicesOf(text, sentence);
  const most = level === 1 ? MIN_COLUMNS : MAX_COLUMNS;
  const pieces = piecesOf(text, sentence, cut);
  return gather(text, pieces, most).flatMap((piece) => splitLong(text, piece, level + 1));
}

function isLong(text: string, { start, end }: Span): boolean {
  return end - start > MAX_COLUMNS / 2 && columnsOf(text.slice(start, end)) > MAX_COLUMNS;
}

function piecesOf(text: string, { start, end }: Span, cut: RegExp): Span[] {
  const places = Array.from(
    sliceOf(text, { start, end }).matchAll(cut),
    (it) => start + it.index + it[0].length,
  );
  return [...places, end].flatMap((to, i) =>
    trimSpan(text, { start: places[i - 1] ?? start, end: to }),
  );
}

/** Puts pieces together while they are too short alone, or while they fit into `most` columns. */
function gather(text: string, pieces: readonly Span[], most: number): Span[] {
  const gathered: { start: number; end: number; columns: number }[] = [];
  for (const { start, end } of pieces) {
    const columns = columnsOf(text.slice(start, end));
    const last = gathered.at(-1);
    const isShort = last !== undefined && Math.min(columns, last.columns) < MIN_COLUMNS;
    const together = (last?.columns ?? 0) + columns;
    if (last && together <= MAX_COLUMNS && (isShort || together <= most)) {
      last.end = end;
      last.columns = together;
    } else {
      gathered.push({ start, end, columns });
    }
  }
  return gathered.map(({ start, end }) => ({ start, end }));
}

/** Never between the halves of a character. */
function slicesOf(text: string, { start, end }: Span): Span[] {
  const slices: Span[] = [];
  for (let from = start; from < end;) {
    let to = Math.min(end, from + MAX_COLUMNS / 2);
    if (to < end && /[\ud800-\udbff]/.test(text.charAt(to - 1))) to--;
    slices.push(...trimSpan(text, { start: from, end: to }));
    from = to;
  }
  return slices;
}
