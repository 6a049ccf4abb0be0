/** Pieces of text -> fragments: what stands together on one base line, up to a wide gap. */
import type { Piece, Sheet } from "./sheets.ts";

/** A line, or a part of one between wide gaps: a line of a column, a cell of a table. */
export interface Fragment {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  /** Of most of its characters. */
  readonly size: number;
  readonly font: string;
  /** Whether all of it is in {@link font}. */
  readonly isOneFont: boolean;
  readonly isBold: boolean;
  /** Whether all its letters are equally wide. */
  readonly isMonospaced: boolean;
}

/** Fragments on one base line, in reading order. */
export interface Row {
  readonly y: number;
  readonly size: number;
  readonly fragments: readonly Fragment[];
}

/** In parts of the size of the text: the least gap between two words, and the least between two fragments. */
const GAP = { word: 0.14, fragment: 0.9 } as const;

/** How far base lines of one row lie apart at most, and those of raised and lowered text from theirs, in parts of the size. */
const OFF = { row: 0.25, raised: 0.7 } as const;

/** Text that is raised or lowered is smaller than this part of what stands beside it. */
const SMALL = 0.85;

/** The rows of a sheet from top to bottom. */
export function rowsOf({ pieces, isRtl }: Sheet): Row[] {
  return clustersOf(pieces).map((row) => {
    const fragments = cutAtGaps(row).map((it) => fragmentOf(it, isRtl));
    return {
      y: Math.max(...fragments.map(({ y }) => y)),
      size: Math.max(...fragments.map(({ size }) => size)),
      fragments,
    };
  });
}

/** Pieces by base line; what is raised or lowered goes with what it stands beside. */
function clustersOf(pieces: readonly Piece[]): Piece[][] {
  const rows: { y: number; size: number; pieces: Piece[] }[] = [];
  const sorted = [...pieces].sort((a, b) => a.y - b.y);
  for (const piece of sorted) {
    const row = rows.findLast((it) => piece.y - it.y <= OFF.row * Math.min(piece.size, it.size));
    const last = rows.at(-1);
    if (row !== undefined && row === last) {
      row.pieces.push(piece);
    } else rows.push({ y: piece.y, size: piece.size, pieces: [piece] });
  }
  return rejoinRaised(rows.map((it) => it.pieces)).map((row) => row.sort((a, b) => a.x0 - b.x0));
}

/** Moves small pieces to the row that they stand beside. */
function rejoinRaised(rows: readonly Piece[][]): Piece[][] {
  const kept = rows.map((row) => [...row]);
  kept.forEach((row, at) => {
    for (const piece of [...row]) {
      const home = [at + 1, at - 1, at + 2, at - 2].find((other) =>
        kept[other]?.some((it) => isBeside(piece, it)),
      );
      if (home === undefined) continue;
      row.splice(row.indexOf(piece), 1);
      kept[home]?.push(piece);
    }
  });
  return kept.filter((row) => row.length > 0);
}

function isBeside(small: Piece, { x0, x1, y, size }: Piece): boolean {
  const gap = Math.max(x0 - small.x1, small.x0 - x1);
  return (
    small.size < size * SMALL && Math.abs(small.y - y) <= size * OFF.raised && gap <= size * 0.35
  );
}

/** A sign that stands before an item of a list, at some distance. */
const MARKER = /^(?:o|[•●○■□◆◇▪▫‣⁃∙·–—*\-\uE000-\uF8FF]|\(?[\p{N}\p{L}]{1,4}[.)）、]|[①-⑳])$/u;
const MARKER_REACH = 4;

function cutAtGaps(row: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  let end = -Infinity;
  for (const piece of row) {
    const last = groups.at(-1);
    const size = Math.max(piece.size, last?.at(-1)?.size ?? 0);
    const isMarked = last?.length === 1 && MARKER.test(last[0]?.text.trim() ?? "");
    const most = size * (isMarked ? MARKER_REACH : GAP.fragment);
    if (last && piece.x0 - end <= most) last.push(piece);
    else groups.push([piece]);
    end = Math.max(end, piece.x1);
  }
  return groups;
}

/** Names of fonts that stand out. */
const BOLD = /bold|black|heavy|semib|demi|cmbx|sfbx|-b$|hei(?:-|,|$)|黑/iu;

const MONOSPACED = /courier|mono(?!type)|consolas|typewriter|cmtt|sftt|menlo|inconsolata/iu;

function fragmentOf(pieces: readonly Piece[], isRtl: boolean): Fragment {
  const size = mostOf(pieces, ({ size }) => Math.round(size * 10) / 10);
  const font = mostOf(pieces, (it) => it.font);
  const base = pieces.find((it) => Math.abs(it.size - size) < 0.1) ?? pieces[0];
  return {
    text: textOf(isRtl ? inLogicalOrder(pieces) : pieces, { size, y: base?.y ?? 0 }),
    x0: Math.min(...pieces.map(({ x0 }) => x0)),
    x1: Math.max(...pieces.map(({ x1 }) => x1)),
    y: base?.y ?? 0,
    size,
    font,
    isOneFont: pieces.every((it) => it.font === font),
    isBold: pieces.every((it) => BOLD.test(it.font)),
    isMonospaced: pieces.every((it) => MONOSPACED.test(it.font)),
  };
}

/** The value that most characters have. */
export function mostOf<T, V>(
  of: readonly (T & { readonly text: string })[],
  valueOf: (it: T) => V,
): V {
  const counts = new Map<V, number>();
  for (const it of of) counts.set(valueOf(it), (counts.get(valueOf(it)) ?? 0) + it.text.length);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most === undefined) throw new RangeError("Nothing to count.");
  return most[0];
}

/** In a line from right to left, stretches of another script or of digits run from left to right. */
function inLogicalOrder(pieces: readonly Piece[]): Piece[] {
  const ordered: Piece[] = [];
  let run: Piece[] = [];
  const close = (): void => {
    ordered.push(...run.reverse());
    run = [];
  };
  for (const piece of pieces) {
    if (
      /[\p{L}\p{N}]/u.test(piece.text) &&
      !/\p{Script=Arabic}|\p{Script=Hebrew}/u.test(piece.text)
    )
      run.push(piece);
    else {
      close();
      ordered.push(piece);
    }
  }
  close();
  return ordered;
}

/** Digits and letters that stand as marks above the line, as they are written there. */
const RAISED = new Map(
  Array.from("0123456789+-()abcdefghijklmnoprstuvwxyz", (it, i) => [
    it,
    Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")[i] ?? it,
  ]),
);
const MARK = /^(?:[\d+\-()]+|[a-z](?:,[a-z*]*)*)(?:[,*]|$)/u;

/** Characters beside which no gap is a space, unless it is as wide as one of them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

function textOf(pieces: readonly Piece[], { size, y }: { size: number; y: number }): string {
  let text = "";
  let last: Piece | undefined;
  for (const piece of pieces) {
    if (last && isSpaced(last, piece, size)) text = `${text.trimEnd()} `;
    const isRaised = piece.size < size * SMALL && y - piece.y > size * 0.15;
    text += isRaised && MARK.test(piece.text) ? raised(piece.text) : piece.text;
    last = piece;
  }
  return text.replace(/[^\S\u3000]+/gu, " ").trim();
}

function raised(text: string): string {
  return Array.from(text, (it) => RAISED.get(it) ?? it).join("");
}

function isSpaced(one: Piece, other: Piece, size: number): boolean {
  const gap = Math.max(other.x0 - one.x1, one.x0 - other.x1);
  const isUnspaced = UNSPACED.test(one.text.at(-1) ?? "") && UNSPACED.test(other.text.at(0) ?? "");
  return gap > size * (isUnspaced ? GAP.fragment : GAP.word);
}
