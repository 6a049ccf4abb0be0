/** Breaking text into lines without a font at hand: letters have the width that most fonts give them. */
import type { Run } from "../../../test/support/discordMarkdown.ts";

/** Widths in ems. */
const FULL_WIDTH = 1;
const NARROW = 0.3;
const USUAL = 0.54;
const BOLD_FACTOR = 1.05;

const IS_FULL_WIDTH =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef“”‘’…\p{Extended_Pictographic}]/u;
const IS_NARROW = /[ .,:;|!'ilj·›()[\]]/u;

/** Marks that never begin a line. */
const CLOSES = /^[，。、；：？！”’）》」』…,.;:?!)]/u;

/** The width of a text, in pixels. */
export function widthOf(text: string, size: number, isBold = false): number {
  let ems = 0;
  for (const letter of text) {
    ems += IS_FULL_WIDTH.test(letter) ? FULL_WIDTH : IS_NARROW.test(letter) ? NARROW : USUAL;
  }
  return ems * size * (isBold ? BOLD_FACTOR : 1);
}

/** Breaks runs of letters into lines of at most a width, in pixels: between words, or between Chinese characters. */
export function wrap(runs: readonly Run[], size: number, width: number): Run[][] {
  const pieces = runs.flatMap(({ text, isBold }) =>
    (
      text.match(
        /[\p{sc=Han}“‘（《「『][，。、；：？！”’）》」』…]*|[^\s\p{sc=Han}“‘（《「『]+|\s+/gu,
      ) ?? []
    ).map((piece) => ({ text: piece, isBold })),
  );
  const lines: Run[][] = [[]];
  let used = 0;
  for (const piece of pieces) {
    const wide = widthOf(piece.text, size, piece.isBold);
    if (used + wide > width && used > 0 && !CLOSES.test(piece.text)) {
      lines.push([]);
      used = 0;
    }
    if (used === 0 && piece.text.trim() === "") continue;
    lines.at(-1)?.push(piece);
    used += wide;
  }
  return lines.map(join);
}

/** Neighbours of one look become one. */
function join(pieces: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const { text, isBold } of pieces) {
    const last = joined.at(-1);
    if (last?.isBold === isBold) joined.splice(-1, 1, { text: last.text + text, isBold });
    else joined.push({ text, isBold });
  }
  return joined;
}
