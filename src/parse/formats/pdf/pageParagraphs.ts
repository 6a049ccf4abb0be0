/** Lines of a column -> its paragraphs. */
import { endsWithFinalMark } from "../../../text/punctuation.ts";
import type { Element, Line, TableRow } from "./pageTables.ts";

/** Lines that belong together. */
export interface Paragraph {
  readonly kind: "paragraph";
  readonly lines: readonly Line[];
  readonly page: number;
  /** Whether its last line goes as far as it can: what follows may be its rest. */
  readonly isFull: boolean;
  /** Whether its first line begins further in than others of its column. */
  readonly isIndented: boolean;
  /** Whether it begins with the sign or number of a list item. */
  readonly isItem: boolean;
  /** Whether more space than between lines stands before it. */
  readonly isApart: boolean;
  /** Counts the columns of the file, from 0. */
  readonly column: number;
}

/** A table, where it stands. */
export interface Table {
  readonly kind: "table";
  readonly rows: readonly TableRow[];
  readonly page: number;
  readonly column: number;
}

/** More than this many times the usual distance between lines stands between paragraphs. */
const APART = 1.25;
/** Sizes that differ by less are the same. */
const SAME_SIZE = 0.07;
/** How far a first line stands in at least, in parts of the size. */
const INDENT = 0.7;

/** The sign or number that a list item begins with. */
const BULLET = /^(?:[•●○■□◆◇▪▫‣⁃∙►➢✓*\-–—\uE000-\uF8FF]\s|[•●○■□◆◇▪‣\uE000-\uF8FF]|[①-⑳])/u;
const NUMBER =
  /^(?:\(?\p{Nd}{1,3}[.)）、．]|[（(](?:\p{Nd}{1,3}|\p{L}|[ivxl]{1,5}|[一二三四五六七八九十]{1,3})[）)]|\[\p{Nd}{1,3}\]|\p{L}[.)])(?!\p{Nd})\s?/u;

/** A line that is an address and nothing else. */
export const LINK = /^(?:(?:https?:\/\/|www\.|doi:\s?)\S+|\S[^\s@]*@\S+\.\w+)$/iu;

/** Whether a line begins as an item of a list does. */
function isItemStart(text: string): boolean {
  return BULLET.test(text) || NUMBER.test(text);
}

/** Where a paragraph's column stands, and how far its lines are apart. */
interface Setting {
  readonly page: number;
  readonly column: number;
  /** The usual distance of base lines of text of a size. */
  readonly leadingOf: (size: number) => number;
}

/** Puts a column's lines into paragraphs. */
export function paragraphsOf(
  elements: readonly Element[],
  setting: Setting,
): (Paragraph | Table)[] {
  const found: (Paragraph | Table)[] = [];
  for (const stretch of stretchesOf(elements)) {
    if (stretch.kind === "table") {
      found.push({ kind: "table", rows: stretch.rows, page: setting.page, column: setting.column });
      continue;
    }
    const edge = edgeOf(stretch.lines);
    for (const block of blocksOf(stretch.lines, setting))
      found.push(...split(block, edge, setting));
  }
  return found;
}

type Stretch =
  { readonly kind: "lines"; readonly lines: Line[] } | Extract<Element, { kind: "table" }>;

/** The lines between two tables, together. */
function stretchesOf(elements: readonly Element[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const it of elements) {
    const last = stretches.at(-1);
    if (it.kind === "table") stretches.push(it);
    else if (last?.kind === "lines") last.lines.push(it.line);
    else stretches.push({ kind: "lines", lines: [it.line] });
  }
  return stretches;
}

interface Edge {
  readonly left: number;
  readonly right: number;
}

/** Between which places a column's lines run: nine in ten begin and end there. */
function edgeOf(lines: readonly Line[]): Edge {
  const lefts = lines.map(({ x0 }) => x0).sort((a, b) => a - b);
  const rights = lines.map(({ x1 }) => x1).sort((a, b) => a - b);
  return {
    left: lefts[Math.floor(lefts.length * 0.1)] ?? 0,
    right: rights[Math.floor(rights.length * 0.9)] ?? 0,
  };
}

/** Lines of one size without more than the usual space between them. */
interface Block {
  readonly lines: readonly Line[];
  readonly isApart: boolean;
}

function blocksOf(lines: readonly Line[], { leadingOf }: Setting): Block[] {
  const starts = lines.flatMap((line, i) => {
    const last = lines[i - 1];
    if (last === undefined) return [{ i, isApart: true }];
    const isApart =
      line.y - last.y > APART * leadingOf(Math.min(line.size, last.size)) || line.y < last.y;
    return isApart || !isSameSize(line, last) ? [{ i, isApart }] : [];
  });
  return starts.map(({ i, isApart }, at) => ({
    lines: lines.slice(i, starts[at + 1]?.i),
    isApart,
  }));
}

/** Whether two lines are of about the same size. */
export function isSameSize(one: Pick<Line, "size">, other: Pick<Line, "size">): boolean {
  return Math.abs(one.size - other.size) <= SAME_SIZE * Math.max(one.size, other.size);
}

function split(block: Block, column: Edge, { page, column: number }: Setting): Paragraph[] {
  const own = edgeOfAll(block.lines);
  const isAtLeft = own.left - column.left < 3 * (block.lines[0]?.size ?? 0);
  const edge = { left: own.left, right: isAtLeft ? Math.max(own.right, column.right) : own.right };
  const starts = startsOf(block.lines, edge);
  return starts.map((from, i) => {
    const lines = block.lines.slice(from, starts[i + 1]);
    const [first, last] = [lines[0], lines.at(-1)];
    return {
      kind: "paragraph",
      lines,
      page,
      column: number,
      isFull: last !== undefined && edge.right - last.x1 < 2 * last.size,
      isIndented: first !== undefined && first.x0 - column.left > INDENT * first.size,
      isItem: isItemStart(first?.text ?? ""),
      isApart: i === 0 && block.isApart,
    };
  });
}

function edgeOfAll(lines: readonly Line[]): Edge {
  return {
    left: Math.min(...lines.map(({ x0 }) => x0)),
    right: Math.max(...lines.map(({ x1 }) => x1)),
  };
}

/** At which lines of a block a paragraph begins. */
function startsOf(lines: readonly Line[], edge: Edge): number[] {
  const isHanging = hangs(lines, edge);
  return lines.flatMap((line, i) => {
    const last = lines[i - 1];
    return last === undefined || isStart(last, line, edge, isHanging) ? [i] : [];
  });
}

function isIn({ x0, size }: Line, { left }: Edge): boolean {
  return x0 - left > INDENT * size;
}

/** Whether the first lines of a block's paragraphs stand out, not in: then more full lines than short ones precede those that stand in. */
function hangs(lines: readonly Line[], edge: Edge): boolean {
  let votes = 0;
  lines.forEach((line, i) => {
    const last = lines[i - 1];
    if (last === undefined || isIn(line, edge) === isIn(last, edge)) return;
    votes += isIn(line, edge) === endsEarly(last, line, edge) ? -1 : 1;
  });
  return votes > 0;
}

function isStart(last: Line, line: Line, edge: Edge, isHanging: boolean): boolean {
  if ([line, last].some(({ text }) => LINK.test(text)) || BULLET.test(line.text)) return true;
  if (isHanging) return !isIn(line, edge) && (isIn(last, edge) || endsEarly(last, line, edge));
  if (endsEarly(last, line, edge)) return true;
  if (NUMBER.test(line.text) && endsWithFinalMark(last.text)) return true;
  return isIn(line, edge) && (!isIn(last, edge) || changesFont(last, line));
}

function changesFont(last: Line, line: Line): boolean {
  return last.isOneFont && line.isOneFont && last.font !== line.font;
}

/** Whether a line ends although the first word of the next one had room in it, and that does not go on in lower case. */
function endsEarly(last: Line, line: Line, { right }: Pick<Edge, "right">): boolean {
  if (/[,，、]$/u.test(last.text)) return false;
  if (/^\p{Ll}/u.test(line.text) && !endsWithFinalMark(last.text)) return false;
  const word = /^\S+/u.exec(line.text)?.[0] ?? "";
  const hasSpaces = !UNSPACED.test(word.slice(0, 2));
  const width = hasSpaces ? (line.x1 - line.x0) * (word.length / line.text.length) : last.size;
  return right - last.x1 > width + (hasSpaces ? 0.8 : 1) * last.size;
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
