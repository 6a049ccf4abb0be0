/** The order in which the fragments of a page are read: column by column, between what goes over all of them. */
import type { Fragment } from "./fragments.ts";

/** Text runs in columns that are this many lines high and, in parts of its size, this wide and this far apart at least. */
const MIN = { lines: 3, width: 9, gap: 0.6 } as const;
/** How much of its column's width a line of running text fills at least. */
const FILL = 0.55;
/** How far beginnings of lines may lie apart that begin at the same place, in points. */
const SAME = 3;

/** Fragments in reading order, column by column; a column's from top to bottom. */
export function columnsOf(fragments: readonly Fragment[]): Fragment[][] {
  const sorted = [...fragments].sort((a, b) => a.y - b.y || a.x0 - b.x0);
  const gutter = gutterOf(sorted);
  if (gutter === undefined) return sorted.length > 0 ? [sorted] : [];
  const columns: Fragment[][] = [];
  for (const band of bandsOf(sorted, gutter)) {
    const { left, right } = sidesOf(band, gutter);
    if (fillOf(left) < FILL && fillOf(right) < FILL) columns.push(...columnsOf(band));
    else columns.push(...columnsOf(left), ...columnsOf(right));
  }
  return columns;
}

/** The fragments from one that goes over the gutter to the next, each of which, or several in a row, is a band of its own. */
function bandsOf(fragments: readonly Fragment[], gutter: number): Fragment[][] {
  const bands: Fragment[][] = [];
  let wasAcross: boolean | undefined;
  for (const it of fragments) {
    const isAcross = it.x0 < gutter && it.x1 > gutter;
    if (isAcross === wasAcross) bands.at(-1)?.push(it);
    else bands.push([it]);
    wasAcross = isAcross;
  }
  return bands;
}

interface Sides {
  readonly left: readonly Fragment[];
  readonly right: readonly Fragment[];
}

function sidesOf(band: readonly Fragment[], gutter: number): Sides {
  return { left: band.filter((it) => it.x0 < gutter), right: band.filter((it) => it.x0 >= gutter) };
}

/** How much of its width most lines of a column fill, from 0 to 1. */
function fillOf(side: readonly Fragment[]): number {
  const width = widthOf(side);
  const filled = side.map(({ x0, x1 }) => (x1 - x0) / width).sort((a, b) => a - b);
  return filled[Math.floor(filled.length / 2)] ?? 0;
}

function widthOf(side: readonly Fragment[]): number {
  return Math.max(...side.map(({ x1 }) => x1)) - Math.min(...side.map(({ x0 }) => x0));
}

/** Where the right one of two columns begins, if there are two: what parts most lines. */
function gutterOf(fragments: readonly Fragment[]): number | undefined {
  const best = { gutter: undefined as number | undefined, lines: 0 };
  for (const x of beginningsOf(fragments)) {
    const gutter = x - SAME;
    const bands = bandsOf(fragments, gutter).map((it) => sidesOf(it, gutter));
    const lines = bands.reduce((sum, it) => sum + linesOf(it, gutter), 0);
    if (lines > best.lines) Object.assign(best, { gutter, lines });
  }
  return best.gutter;
}

/** How many lines two columns have that stand beside one another: 0 if they are no columns of text. */
function linesOf({ left, right }: Sides, gutter: number): number {
  const isColumn = (side: readonly Fragment[]): boolean => {
    const size = side[0]?.size ?? 0;
    return side.length >= MIN.lines && widthOf(side) >= MIN.width * size && fillOf(side) >= FILL;
  };
  if (!isColumn(left) || !isColumn(right)) return 0;
  const gap = gutter + SAME - Math.max(...left.map(({ x1 }) => x1));
  const isBeside = startOf(left) < endOf(right) && startOf(right) < endOf(left);
  return isBeside && gap >= MIN.gap * (left[0]?.size ?? 0) ? left.length + right.length : 0;
}

function startOf(side: readonly Fragment[]): number {
  return side[0]?.y ?? 0;
}

function endOf(side: readonly Fragment[]): number {
  return side.at(-1)?.y ?? 0;
}

/** Where several lines begin, without the leftmost ones. */
function beginningsOf(fragments: readonly Fragment[]): number[] {
  const xs = fragments.map(({ x0 }) => x0).sort((a, b) => a - b);
  return xs.filter(
    (x, i) =>
      x - (xs[0] ?? x) > MIN.width &&
      x - (xs[i - 1] ?? -Infinity) > SAME &&
      (xs[i + MIN.lines - 1] ?? Infinity) - x <= SAME,
  );
}
