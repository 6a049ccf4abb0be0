/** Tables in plain text: lines with the same number of cells, parted by tabs or bars. */
import type { Span } from "../../report.ts";
import { endsWithFinalMark } from "../../text/punctuation.ts";
import type { TextLine } from "./textLines.ts";

/** What a line is in a table. */
type TableLine =
  | { readonly kind: "row"; readonly columns?: Span | undefined }
  /** It names the columns, or is drawn between rows. */
  | { readonly kind: "head" };

const SEPARATORS = ["\t", "|"] as const;
const RULE = /^[\s|:+=─━—-]+$/u;

/** Finds the lines of tables. */
export function findTables(lines: readonly TextLine[]): Map<number, TableLine> {
  const found = new Map<number, TableLine>();
  for (const separator of SEPARATORS) {
    const counts = lines.map(({ text }) => cellsOf(text, separator).length);
    for (let from = 0, to = 0; from < lines.length; from = to) {
      to = from + 1;
      while ((counts[from] ?? 0) > 1 && counts[to] === counts[from]) to++;
      const rows = lines.slice(from, to).map(({ text }) => cellsOf(text, separator));
      if (isTable(lines.slice(from, to), separator)) addRows(lines, from, rows, found);
    }
  }
  return found;
}

/** Prose may hold a tab; a table's first line ends with no sentence. */
function isTable(lines: readonly TextLine[], separator: string): boolean {
  const [first] = lines;
  if (first === undefined || lines.length < 2) return false;
  return separator === "|" || !endsWithFinalMark(first.text);
}

function addRows(
  lines: readonly TextLine[],
  from: number,
  rows: readonly (readonly string[])[],
  found: Map<number, TableLine>,
): void {
  const isRule = rows.map((cells) => cells.every((cell) => RULE.test(cell) || cell === ""));
  const isHeaded = isRule[1] === true || hasHeads(rows.filter((_, i) => isRule[i] !== true));
  const columns = isHeaded ? lines[from]?.span : undefined;
  rows.forEach((_, i) => {
    const isHead = isRule[i] === true || (isHeaded && i === 0);
    found.set(from + i, isHead ? { kind: "head" } : { kind: "row", columns });
  });
}

const NUMBER = /\p{Nd}/u;
const YEAR = /^(?:1[89]|20)\d\d(?:\s?[年년])?$/u;
/** Fewer rows without a number are pairs rather than a table with heads. */
const MIN_ROWS = 3;

/** Whether the first row names the columns: it has no numbers, and the rows below have some. */
function hasHeads([heads = [], ...rows]: readonly (readonly string[])[]): boolean {
  if (rows.length === 0 || heads.some((it) => NUMBER.test(it) && !YEAR.test(it))) return false;
  if (rows.some((cells) => cells.some((it) => NUMBER.test(it)))) return true;
  return heads.length > 2 || rows.length + 1 >= MIN_ROWS;
}

function cellsOf(text: string, separator: string): string[] {
  if (!text.includes(separator)) return [];
  const inside = separator === "|" ? text.replace(/^\|/u, "").replace(/\|$/u, "") : text;
  return inside.split(separator).map((cell) => cell.trim());
}
