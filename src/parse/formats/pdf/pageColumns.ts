/** The order in which the fragments of a page are read: column by column, between what goes over all of them. */
import type { Box } from "./drawing.ts";
import type { Fragment } from "./fragments.ts";

/** Text runs in columns that are this many lines high and, in parts of its size, this wide and this far apart at least. */
const MIN = { lines: 3, width: 9, gap: 0.6 } as const;
/** How much of its column's width most lines of running text fill at least. */
const FILL = 0.55;
/** In running text a line has few gaps, in a table many: how many fragments a line of text has at most, on average. */
const MAX_FRAGMENTS = 1.7;
/** How far beginnings of lines may lie apart that begin at the same place, in points. */
const SAME = 3;

/** Fragments in reading order, column by column; a column's from top to bottom. Horizontal rules part what stands above from what stands below. */
export function columnsOf(fragments: readonly Fragment[], rules: readonly Box[]): Fragment[][] {
  const sorted = [...fragments].sort((a, b) => a.y - b.y || a.x0 - b.x0);
  const gutter = gutterOf(sorted, rules);
  if (gutter === undefined) return sorted.length > 0 ? [sorted] : [];
  const sides = sidesOf(
    sorted.filter((it) => !goesOver(it, gutter)),
    gutter,
  );
  const [leftWidth, rightWidth] = [widthOf(sides.left), widthOf(sides.right)];
  const columns: Fragment[][] = [];
  let whole: Fragment[] = [];
  const close = (): void => {
    columns.push(...(whole.length < sorted.length ? columnsOf(whole, rules) : [whole]));
    whole = [];
  };
  for (const band of bandsOf(sorted, rules, gutter)) {
    const { left, right } = sidesOf(band, gutter);
    const isWhole =
      left.length === 0 ||
      right.length === 0 ||
      !(isText(left, leftWidth) || isText(right, rightWidth));
    if (isWhole) whole.push(...band);
    else {
      close();
      columns.push(...columnsOf(left, rules), ...columnsOf(right, rules));
    }
  }
  close();
  return columns;
}

/** The fragments from one that goes over the gutter, or a rule that does, to the next. */
function bandsOf(
  fragments: readonly Fragment[],
  rules: readonly Box[],
  gutter: number,
): Fragment[][] {
  const cuts = rules
    .filter((it) => it.y1 - it.y0 < it.x1 - it.x0 && goesOver(it, gutter))
    .map(({ y0 }) => y0)
    .sort((a, b) => a - b);
  const bands: Fragment[][] = [];
  let [next, wasOver]: [number, boolean | undefined] = [0, undefined];
  for (const it of fragments) {
    const isOver = goesOver(it, gutter);
    const isCut = (cuts[next] ?? Infinity) < it.y;
    while ((cuts[next] ?? Infinity) < it.y) next++;
    if (isOver === wasOver && !isCut) bands.at(-1)?.push(it);
    else bands.push([it]);
    wasOver = isOver;
  }
  return bands;
}

function goesOver({ x0, x1 }: Pick<Box, "x0" | "x1">, gutter: number): boolean {
  return x0 < gutter && x1 > gutter;
}

interface Sides {
  readonly left: readonly Fragment[];
  readonly right: readonly Fragment[];
}

function sidesOf(band: readonly Fragment[], gutter: number): Sides {
  return { left: band.filter((it) => it.x0 < gutter), right: band.filter((it) => it.x0 >= gutter) };
}

function widthOf(side: readonly Fragment[]): number {
  return Math.max(...side.map(({ x1 }) => x1)) - Math.min(...side.map(({ x0 }) => x0));
}

/** Whether what stands on one side is running text of a column this wide, rather than cells. */
function isText(side: readonly Fragment[], width: number): boolean {
  const lines = linesOf(side);
  const filled = lines.map((line) => widthOf(line) / width).sort((a, b) => a - b);
  return (
    side.length <= MAX_FRAGMENTS * lines.length &&
    (filled[Math.floor(filled.length / 2)] ?? 0) >= FILL
  );
}

function linesOf(side: readonly Fragment[]): Fragment[][] {
  const lines: Fragment[][] = [];
  for (const it of side) {
    const first = lines.at(-1)?.[0];
    if (first && it.y - first.y < SAME) lines.at(-1)?.push(it);
    else lines.push([it]);
  }
  return lines;
}

/** Where the right one of two columns begins, if there are two: what parts most lines. */
function gutterOf(fragments: readonly Fragment[], rules: readonly Box[]): number | undefined {
  const best = { gutter: undefined as number | undefined, lines: 0 };
  for (const x of beginningsOf(fragments)) {
    const gutter = x - SAME;
    const bands = bandsOf(fragments, rules, gutter).map((it) => sidesOf(it, gutter));
    const lines = bands.reduce((sum, it) => sum + linesBeside(it, gutter), 0);
    if (lines > best.lines) Object.assign(best, { gutter, lines });
  }
  return best.gutter;
}

/** How many lines two columns have that stand beside one another: 0 if they are no columns of text. */
function linesBeside({ left, right }: Sides, gutter: number): number {
  const size = left[0]?.size ?? 0;
  const isColumn = (side: readonly Fragment[]): boolean =>
    side.length >= MIN.lines && widthOf(side) >= MIN.width * size && isText(side, widthOf(side));
  if (!isColumn(left) || !isColumn(right)) return 0;
  const gap = gutter + SAME - Math.max(...left.map(({ x1 }) => x1));
  const isBeside = startOf(left) < endOf(right) && startOf(right) < endOf(left);
  return isBeside && gap >= MIN.gap * size ? left.length + right.length : 0;
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
  const isFirst = (x: number, i: number): boolean => x - (xs[i - 1] ?? -Infinity) > 0.5;
  const areSeveral = (x: number, i: number): boolean =>
    (xs[i + MIN.lines - 1] ?? Infinity) - x <= SAME;
  return xs.filter((x, i) => x - (xs[0] ?? x) > MIN.width && isFirst(x, i) && areSeveral(x, i));
}
