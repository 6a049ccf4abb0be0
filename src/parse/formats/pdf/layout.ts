/** The pages of a PDF file -> their columns, without what is on them for the page's sake. */
import type { LeftOut } from "../../outline.ts";
import { columnsOf } from "./pageColumns.ts";
import { contentsRows } from "./contents.ts";
import { labelsOf } from "./figures.ts";
import { rowsOf } from "./fragments.ts";
import type { Row } from "./fragments.ts";
import { withoutFurniture } from "./furniture.ts";
import type { PdfPage } from "./source.ts";
import { sheetsOf } from "./sheets.ts";
import type { Piece, Sheet } from "./sheets.ts";
import { elementsOf } from "./pageTables.ts";
import type { Element, Line } from "./pageTables.ts";

/** What stands in a column, from top to bottom. */
interface ColumnOfPage {
  readonly page: number;
  /** Counts the columns of the file, from 0. */
  readonly column: number;
  readonly elements: readonly Element[];
}

/** The columns of all pages in reading order, and what is not of the text. */
interface Layout {
  readonly columns: readonly ColumnOfPage[];
  readonly leftOut: readonly LeftOut[];
}

/** Text in another direction than most of the page's is a stamp, unless it has more rows than these. */
const MAX_STAMP_ROWS = 5;
/** What a file marks as no text of its own is believed if it is no more than this part of a page's. */
const MAX_ARTIFACTS = 0.4;

/** Finds the columns of pages. */
export function layOut(pages: readonly PdfPage[]): Layout {
  const leftOut: LeftOut[] = [];
  const leave = (rows: readonly Row[], why: string): void => {
    leftOut.push(...rows.map((it) => ({ text: textOf(it), why })));
  };
  const sheets = pages.flatMap((page) =>
    sheetsOf(page).filter((sheet, i) => {
      const rows = i === 0 ? [] : rowsOf(sheet);
      const isStamp = i > 0 && rows.length <= MAX_STAMP_ROWS;
      if (isStamp) leave(rows, "turned to the side");
      return !isStamp;
    }),
  );
  const rows = sheets.map((sheet) => {
    const notText = notTextOf(sheet);
    for (const [pieces, why] of notText) leave(rowsOf({ ...sheet, pieces: [...pieces] }), why);
    const pieces = sheet.pieces.filter((it) => notText.every(([others]) => !others.has(it)));
    return { ...sheet, rows: rowsOf({ ...sheet, pieces }) };
  });
  const bare = withoutFurniture(rows);
  leftOut.push(...bare.leftOut);
  let column = 0;
  const columns = bare.pages.flatMap(({ page, rows: all, rules }) => {
    const contents = contentsRows(all, {
      lastPage: Math.max(...pages.map(({ number }) => number)) * 2 + 20,
    });
    leave([...contents], "list of contents");
    const fragments = all.filter((it) => !contents.has(it)).flatMap((it) => it.fragments);
    return columnsOf(fragments, rules).map((it) => ({
      page,
      column: column++,
      elements: elementsOf(it),
    }));
  });
  return { columns, leftOut };
}

function notTextOf(sheet: Sheet): (readonly [ReadonlySet<Piece>, string])[] {
  const artifacts = sheet.pieces.filter((it) => it.isArtifact);
  const isBelieved = lengthOf(artifacts) <= MAX_ARTIFACTS * lengthOf(sheet.pieces);
  const marked = new Set(isBelieved ? artifacts : []);
  return [
    [marked, "running head or foot"],
    [new Set([...labelsOf(sheet)].filter((it) => !marked.has(it))), "words in a figure"],
  ];
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, it) => sum + it.text.length, 0);
}

function textOf({ fragments }: Row): string {
  return fragments.map(({ text }) => text).join(" ");
}

/** The lines of each column. */
export function linesOf({ columns }: Layout): Line[][] {
  return columns.map(({ elements }) =>
    elements.flatMap((it) => (it.kind === "line" ? [it.line] : [])),
  );
}

/** A part of the lines that keeps to the usual distance or less. */
const USUAL = 0.3;
/** Sizes that fewer lines have take the usual distance from all. */
const MIN_LINES = 5;
/** In parts of the size: where nothing else is known. */
const DEFAULT_LEADING = 1.2;

/** The usual distance of base lines of text of a size. */
export function leadingOf(columns: readonly (readonly Line[])[]): (size: number) => number {
  const gaps = columns.flatMap((lines) =>
    lines.flatMap(({ y, size }, i) => {
      const last = lines[i - 1];
      const gap = last && Math.abs(last.size - size) < 0.3 ? y - last.y : 0;
      return gap > 0.5 * size && gap < 3 * size ? [{ gap, size }] : [];
    }),
  );
  const bySize = new Map<number, number[]>();
  for (const { gap, size } of gaps) {
    const known = bySize.get(Math.round(size));
    if (known) known.push(gap);
    else bySize.set(Math.round(size), [gap]);
  }
  const usual = lowOf(gaps.map(({ gap, size }) => gap / size)) ?? DEFAULT_LEADING;
  const known = new Map(
    [...bySize].filter(([, of]) => of.length >= MIN_LINES).map(([size, of]) => [size, lowOf(of)]),
  );
  return (size) => known.get(Math.round(size)) ?? usual * size;
}

function lowOf(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * USUAL)];
}
