/** Words in drawings that were made apart: labels, not text. */
import type { Box } from "./drawing.ts";
import { rowsOf } from "./fragments.ts";
import type { Piece, Sheet } from "./sheets.ts";

/** A drawing larger than this part of the page holds the page's own text. */
const MAX_PART = 0.6;
/** Longer ones are text, in characters. */
const MAX_LABEL = 50;

/** The pieces of a sheet that label a drawing. */
export function labelsOf(sheet: Sheet): Set<Piece> {
  const { width, height, figures } = sheet;
  const small = figures.filter(
    (it) => (it.x1 - it.x0) * (it.y1 - it.y0) < MAX_PART * width * height,
  );
  return new Set(
    small.flatMap((figure) => {
      const inside = sheet.pieces.filter((it) => isIn(it, figure));
      const texts = rowsOf({ ...sheet, pieces: inside }).flatMap(({ fragments }) =>
        fragments.map(({ text }) => text),
      );
      return texts.every((it) => it.length <= MAX_LABEL) ? inside : [];
    }),
  );
}

function isIn({ x0, x1, y }: Piece, box: Box): boolean {
  return x0 >= box.x0 && x1 <= box.x1 && y >= box.y0 && y <= box.y1;
}
