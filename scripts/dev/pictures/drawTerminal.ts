/** A terminal as a picture: what was typed, and what was printed, with the colours and weights that picocolors gives. */
import { drawPicture, drawText } from "./svg.ts";

const COLUMNS = 100;
const CELL = { width: 8, height: 22 } as const;
/** Full-width letters are as wide as their size; the others of a terminal have six tenths of it. */
const SIZES = { full: 16, half: 13.3 } as const;
const PADDING = 16;
const TITLE_HEIGHT = 34;
const COLOURS = {
  page: "#1e1e1e",
  title: "#323233",
  text: "#d4d4d4",
  dim: "#8a8a8a",
  dots: ["#ff5f57", "#febc2e", "#28c840"],
} as const;
const FONT = "'DejaVu Sans Mono','Noto Sans Mono CJK TC',Menlo,Consolas,monospace";

/** Codes of ANSI's "select graphic rendition", as picocolors writes them. */
const PAINTS: Readonly<Record<number, string>> = { 31: "#f48771", 32: "#89d185", 33: "#e2c08d" };
const BOLD = 1;
const DIM = 2;
const WEIGHT_ENDS = 22;
const COLOUR_ENDS = 39;

/** What takes two cells (Unicode's East Asian width W or F); curved quotation marks, which Chinese shares with others, take one. */
const FULL_WIDTH =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303e\uff01-\uff60\p{Emoji_Presentation}]/u;

interface Look {
  readonly isBold: boolean;
  readonly colour: string;
}

/** Letters of one look, from a column on. */
interface Stretch extends Look {
  readonly column: number;
  readonly text: string;
}

const PLAIN: Look = { isBold: false, colour: COLOURS.text };

/**
 * Draws a command and its output as SVG.
 *
 * @param output What was printed, with escape sequences.
 */
export function drawTerminal(command: string, output: string): string {
  const screen = [`\u{1b}[32m$\u{1b}[39m ${command}`, ...output.trimEnd().split("\n")];
  const rows = screen.flatMap(layOut);
  const width = Math.ceil(COLUMNS * CELL.width + 2 * PADDING);
  const height = TITLE_HEIGHT + rows.length * CELL.height + 2 * PADDING;
  const dots = COLOURS.dots.map(
    (colour, i) => `<circle cx="${20 + 20 * i}" cy="${TITLE_HEIGHT / 2}" r="6" fill="${colour}"/>`,
  );
  return drawPicture({ width, height, fill: COLOURS.page, font: FONT }, [
    `<path d="M0 ${TITLE_HEIGHT}V8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8V${TITLE_HEIGHT}z" fill="${COLOURS.title}"/>`,
    ...dots,
    ...rows.flatMap((row, i) => row.map((stretch) => drawStretch(stretch, i))),
  ]);
}

/** A line in rows of cells, as a terminal breaks it: wherever the screen ends. */
function layOut(line: string): Stretch[][] {
  const rows: Stretch[][] = [[]];
  let look = PLAIN;
  let column = 0;
  for (const [piece, code] of line.matchAll(/\u{1b}\[(\d+)m|[^\u{1b}]/gu)) {
    if (code !== undefined) {
      look = changed(look, Number(code));
      continue;
    }
    const cells = isFullWidth(piece) ? 2 : 1;
    if (column + cells > COLUMNS) {
      rows.push([]);
      column = 0;
    }
    write(rows.at(-1) ?? [], { ...look, column, text: piece });
    column += cells;
  }
  return rows;
}

function changed(look: Look, code: number): Look {
  if (code === BOLD) return { ...look, isBold: true };
  if (code === DIM) return { ...look, colour: COLOURS.dim };
  if (code === WEIGHT_ENDS) {
    return { isBold: false, colour: look.colour === COLOURS.dim ? COLOURS.text : look.colour };
  }
  if (code === COLOUR_ENDS) return { ...look, colour: COLOURS.text };
  return { ...look, colour: PAINTS[code] ?? COLOURS.text };
}

/** Neighbours of one look become one; full-width letters and others stand apart, so that each begins at its column. */
function write(row: Stretch[], next: Stretch): void {
  const last = row.at(-1);
  const isOne =
    last?.isBold === next.isBold &&
    last.colour === next.colour &&
    isFullWidth(last.text) === isFullWidth(next.text);
  if (isOne) row.splice(-1, 1, { ...last, text: last.text + next.text });
  else row.push(next);
}

function drawStretch({ column, text, isBold, colour }: Stretch, row: number): string {
  const x = PADDING + column * CELL.width;
  const y = TITLE_HEIGHT + PADDING + row * CELL.height + SIZES.full;
  const size = isFullWidth(text) ? SIZES.full : SIZES.half;
  return drawText(text, { x, y, size, colour, isBold, more: ' xml:space="preserve"' });
}

function isFullWidth(text: string): boolean {
  return FULL_WIDTH.test(text);
}
