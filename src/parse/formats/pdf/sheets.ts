/** Pages as they are read: whichever way their lines run, x grows along a line and y from line to line. */
import type { PdfItem, PdfPage } from "./source.ts";
import type { Box } from "./drawing.ts";

/** A stretch of text of one font. */
export interface Piece {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  /** The base line. */
  readonly y: number;
  readonly size: number;
  readonly font: string;
  readonly isArtifact: boolean;
}

/** What of a page is written in one direction. */
export interface Sheet {
  /** The page's number, from 1. */
  readonly page: number;
  readonly width: number;
  readonly height: number;
  /** Whether its lines run from right to left. */
  readonly isRtl: boolean;
  readonly pieces: readonly Piece[];
  readonly rules: readonly Box[];
  readonly figures: readonly Box[];
}

const RTL =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;
const LETTER = /\p{L}/gu;

/** Whether more than half of a text's letters are of a script that runs from right to left. */
function runsRightToLeft(text: string): boolean {
  return countOf(text, RTL) * 2 > countOf(text, LETTER);
}

function countOf(text: string, character: RegExp): number {
  return text.match(character)?.length ?? 0;
}

/** The page's text by the direction in which it is written, what there is most of first. */
export function sheetsOf(page: PdfPage): Sheet[] {
  const byTurn = new Map<number, PdfItem[]>();
  for (const it of page.items.filter((item) => isOn(page, item))) {
    const known = byTurn.get(turnOf(it));
    if (known) known.push(it);
    else byTurn.set(turnOf(it), [it]);
  }
  const size = (items: readonly PdfItem[]): number =>
    items.reduce((sum, it) => sum + it.text.length, 0);
  return [...byTurn]
    .sort(([, one], [, other]) => size(other) - size(one))
    .map(([turn, items]) => sheetOf(page, items, turn));
}

/** What lies outside of a page is seen by nobody. */
function isOn({ width, height }: PdfPage, { x, y, direction, length }: PdfItem): boolean {
  const middle = [x + (direction[0] * length) / 2, y + (direction[1] * length) / 2] as const;
  return middle[0] >= 0 && middle[0] <= width && middle[1] >= 0 && middle[1] <= height;
}

/** How many quarters of a circle a line is turned, clockwise. */
function turnOf({ direction: [x, y] }: PdfItem): number {
  return (Math.round((Math.atan2(y, x) * 2) / Math.PI) + 4) % 4;
}

function sheetOf(page: PdfPage, items: readonly PdfItem[], turn: number): Sheet {
  const { width, height } = page;
  const isRtl = runsRightToLeft(items.map(({ text }) => text).join(""));
  const across = turn % 2 === 0 ? width : height;
  const down = turn % 2 === 0 ? height : width;
  const place = (x: number, y: number): readonly [x: number, y: number] => {
    const [u, v] = turned(page, turn, [x, y]);
    return [isRtl ? across - u : u, v];
  };
  const pieces = items.map(({ x, y, direction: [dx, dy], length, ...it }): Piece => {
    const [from, base] = place(x, y);
    const [to] = place(x + dx * length, y + dy * length);
    return { ...it, x0: Math.min(from, to), x1: Math.max(from, to), y: base };
  });
  const placed = ({ x0, y0, x1, y1 }: Box): Box => {
    const [one, other] = [place(x0, y0), place(x1, y1)];
    return {
      x0: Math.min(one[0], other[0]),
      y0: Math.min(one[1], other[1]),
      x1: Math.max(one[0], other[0]),
      y1: Math.max(one[1], other[1]),
    };
  };
  const rules = page.drawing.rules.map(placed);
  const figures = page.drawing.figures.map(placed);
  return { page: page.number, width: across, height: down, isRtl, pieces, rules, figures };
}

/** Turns a place of a page back, so that its lines run from left to right. */
function turned(
  { width, height }: PdfPage,
  turn: number,
  [x, y]: readonly [number, number],
): readonly [number, number] {
  switch (turn) {
    case 1:
      return [y, width - x];
    case 2:
      return [width - x, height - y];
    case 3:
      return [height - y, x];
    default:
      return [x, y];
  }
}
