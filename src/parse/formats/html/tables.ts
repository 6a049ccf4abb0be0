/** Tables of a page: which of them are tables, and their rows. */
import { areHeads } from "../columnHeads.ts";
import { lineOf } from "./elements.ts";
import { attributeOf, findElement, parentOf, walk } from "./tree.ts";
import type { Element } from "./tree.ts";

type WhyOut = (element: Element) => string | undefined;

/** A row of a table, its cells in the order of the columns. */
interface Row {
  readonly cells: readonly string[];
  /** Whether it holds the heads of the columns. */
  readonly isHead: boolean;
}

/** A table's caption and rows. */
interface Table {
  readonly caption: string;
  readonly rows: readonly Row[];
}

/** Longer cells are columns of a page. */
const MAX_CELL_CHARS = 1_000;

/** What tells a table of data from one that only arranges a page: heads or a caption, or at least two rows of short cells. */
export function isDataTable(table: Element, whyOut: WhyOut): boolean {
  if (/^(?:presentation|none)$/u.test(attributeOf(table, "role") ?? "")) return false;
  if (findElement(table, "table") !== undefined) return false;
  if (findElement(table, "th", "caption", "thead") !== undefined) return true;
  if (findElement(table, "h1", "h2", "h3", "h4", "form", "article") !== undefined) return false;
  const rows = rowElements(table);
  const isGrid = rows.length >= 2 && rows.some((row) => cellElements(row).length >= 2);
  const cells = rows.flatMap(cellElements);
  return isGrid && cells.every((cell) => lineOf(cell, whyOut).length <= MAX_CELL_CHARS);
}

function rowElements(table: Element): Element[] {
  return ownElements(table, "tr");
}

function cellElements(row: Element): Element[] {
  return ownElements(row, "td", "th");
}

/** Elements below one that stand in no table within it. */
function ownElements(root: Element, ...names: readonly string[]): Element[] {
  const found: Element[] = [];
  walk(root, {
    enter: (element) => {
      if (element === root) return true;
      if (names.includes(element.tagName)) found.push(element);
      return element.tagName !== "table" && !names.includes(element.tagName);
    },
  });
  return found;
}

/** More columns or rows than any table that is shown has: a span is a number that anybody may write. */
const MAX_SPAN = 100;

/** Reads a table. A cell over several rows is said in each of them, one over several columns in the first. */
export function readTable(table: Element, whyOut: WhyOut): Table {
  const caption = ownElements(table, "caption")
    .map((it) => lineOf(it, whyOut))
    .join(" ");
  /** By column, what goes on from the rows above. */
  const above = new Map<number, { left: number; words: string }>();
  const rows = rowElements(table)
    .filter((row) => whyOut(row) === undefined)
    .map((row): Row => {
      const cells: string[] = [];
      const fill = (): void => {
        for (
          let it = above.get(cells.length);
          it !== undefined && it.left > 0;
          it = above.get(cells.length)
        ) {
          it.left--;
          cells.push(it.words);
        }
      };
      const elements = cellElements(row).filter((cell) => whyOut(cell) === undefined);
      for (const cell of elements) {
        fill();
        const words = lineOf(cell, whyOut);
        const [columns, lines] = [spanOf(cell, "colspan"), spanOf(cell, "rowspan")];
        if (lines > 1) above.set(cells.length, { left: lines - 1, words });
        cells.push(words, ...Array.from({ length: columns - 1 }, () => ""));
      }
      fill();
      return { cells, isHead: isHeadRow(row, elements) };
    });
  return { caption, rows: rows.some(({ isHead }) => isHead) ? rows : withHead(rows) };
}

/** Where no row is marked as the head, the first one is, if it reads so; of a table of two columns rows are names and values. */
function withHead([first, ...others]: readonly Row[]): Row[] {
  if (first === undefined) return [];
  const rows = others.map(({ cells }) => cells);
  const isHead = first.cells.length > 2 && areHeads(first.cells, rows);
  return [{ ...first, isHead }, ...others];
}

function isHeadRow(row: Element, cells: readonly Element[]): boolean {
  if (cells.length < 2) return false;
  return parentOf(row)?.tagName === "thead" || cells.every(({ tagName }) => tagName === "th");
}

function spanOf(cell: Element, name: string): number {
  const span = Number.parseInt(attributeOf(cell, name) ?? "", 10);
  return span > 1 ? Math.min(span, MAX_SPAN) : 1;
}
