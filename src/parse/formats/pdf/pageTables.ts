/** A column's fragments -> its lines, and the rows of its tables. */
import type { Fragment } from "./fragments.ts";

/** A line of text. */
export type Line = Fragment;

/** A row of a table: its cells in order, blank ones too. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly y: number;
  readonly size: number;
}

/** What stands in a column. */
export type Element =
  | { readonly kind: "line"; readonly line: Line }
  | { readonly kind: "table"; readonly rows: readonly TableRow[] };

/** How far base lines of one row lie apart at most, in parts of the size. */
const OFF = 0.4;
/** A table has this many rows of several cells at least. */
const MIN_ROWS = 3;
/** Cells stand this far apart at least, in parts of the size. */
const MIN_GAP = 0.6;

/** Reads a column from top to bottom. */
export function elementsOf(column: readonly Fragment[]): Element[] {
  const rows = rowsOf(column);
  const elements: Element[] = [];
  for (let at = 0; at < rows.length;) {
    const end = tableEnd(rows, at);
    const table = rows.slice(at, end);
    const grid = gridOf(table.flat());
    const cells = table.map((row) => cellsOf(row, grid));
    if (cells.filter(hasSeveral).length >= MIN_ROWS) {
      elements.push({ kind: "table", rows: withoutBreaks(cells) });
      at = end;
    } else {
      const [row = []] = rows.slice(at, at + 1);
      elements.push({ kind: "line", line: joined(row) });
      at++;
    }
  }
  return elements;
}

function hasSeveral({ cells }: TableRow): boolean {
  return cells.filter((it) => it !== "").length >= 2;
}

function rowsOf(column: readonly Fragment[]): Fragment[][] {
  const rows: Fragment[][] = [];
  for (const it of column) {
    const first = rows.at(-1)?.[0];
    if (first && it.y - first.y <= OFF * Math.min(it.size, first.size)) rows.at(-1)?.push(it);
    else rows.push([it]);
  }
  return rows.map((row) => row.sort((a, b) => a.x0 - b.x0));
}

/** Where the run of rows with several cells ends that begins here; the same place where there is none. */
function tableEnd(rows: readonly Fragment[][], from: number): number {
  let end = from;
  let grid: Interval[] = [];
  for (let at = from; at < rows.length; at++) {
    const row = rows[at] ?? [];
    const next = gridOf([...rows.slice(from, at).flat(), ...row]);
    const isApart = at > from && gapOf(rows[at - 1], row) > 3 * (row[0]?.size ?? 0);
    if (isApart || next.length < 2 || next.length < grid.length - 1) break;
    if (row.length >= 2 && !row.every((it) => it.isMonospaced)) end = at + 1;
    else if (at === from) break;
    grid = next;
  }
  return end;
}

function gapOf(one: readonly Fragment[] | undefined, other: readonly Fragment[]): number {
  return (other[0]?.y ?? 0) - (one?.[0]?.y ?? 0);
}

interface Interval {
  readonly x0: number;
  readonly x1: number;
}

/** The columns of a table: where some cell stands. */
function gridOf(cells: readonly Fragment[]): Interval[] {
  const grid: Interval[] = [];
  for (const { x0, x1, size } of [...cells].sort((a, b) => a.x0 - b.x0)) {
    const last = grid.at(-1);
    if (last && x0 - last.x1 < MIN_GAP * size)
      grid[grid.length - 1] = { x0: last.x0, x1: Math.max(last.x1, x1) };
    else grid.push({ x0, x1 });
  }
  return grid;
}

/** Dots that lead to the next cell. */
const LEADERS = /(?<![\s.·․])[\s.·․]{4,}$/u;

function cellsOf(row: readonly Fragment[], grid: readonly Interval[]): TableRow {
  const cells = grid.map(({ x0, x1 }) =>
    row
      .filter((it) => it.x0 >= x0 && it.x1 <= x1)
      .map(({ text }) => text)
      .join(" ")
      .replace(LEADERS, ""),
  );
  return { cells, y: row[0]?.y ?? 0, size: row[0]?.size ?? 0 };
}

/** A row without a first cell, close below another, goes on with its cells. */
function withoutBreaks(rows: readonly TableRow[]): TableRow[] {
  const whole: TableRow[] = [];
  for (const row of rows) {
    const last = whole.at(-1);
    if (last && row.cells[0] === "" && row.y - last.y < 1.5 * row.size) {
      const cells = last.cells.map((cell, i) => `${cell} ${row.cells[i] ?? ""}`.trim());
      whole[whole.length - 1] = { ...last, cells, y: row.y };
    } else whole.push(row);
  }
  return whole;
}

function joined(row: readonly Fragment[]): Line {
  const [first] = row;
  if (first === undefined) throw new RangeError("A row has a fragment.");
  if (row.length === 1) return first;
  return {
    ...first,
    text: row.map(({ text }) => text).join(" "),
    x1: Math.max(...row.map(({ x1 }) => x1)),
    isOneFont: row.every((it) => it.isOneFont && it.font === first.font),
    isBold: row.every((it) => it.isBold),
    isMonospaced: row.every((it) => it.isMonospaced),
  };
}
