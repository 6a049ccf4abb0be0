/** Lines that a hard-wrapped file broke off at its width, put together again. */
import { columnsOf } from "../../text/columns.ts";
import { endsWithFinalMark } from "../../text/punctuation.ts";
import { sliceOf } from "../../text/spans.ts";
import { isArticleLine, isNumbered, noteMarkOf } from "./lineKinds.ts";
import type { TextLine } from "./textLines.ts";

/** The widths that lines are broken off at, in columns. */
const WIDTHS = { min: 18, max: 132 } as const;

/** Lines end this many columns before the width at most, where no word is too long: closing marks are not put at a line's start. */
const SLACK_COLUMNS = 4;

/** Puts lines together: those that were broken off, and an article's number with the text below it. */
export function readParagraphs(text: string, lines: readonly TextLine[]): TextLine[] {
  const width = wrapWidth(lines);
  const paragraphs: TextLine[] = [];
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    const last = paragraphs.at(-1);
    const isBroken =
      before !== undefined &&
      !line.isApart &&
      width !== undefined &&
      isBrokenOff(before, line, width);
    const isArticle =
      last !== undefined && i > 1 && isArticleLine(last.text) && !isNumbered(line.text);
    if (!last || !(isBroken || isArticle)) {
      paragraphs.push(line);
      return;
    }
    const span = { start: last.span.start, end: line.span.end };
    paragraphs[paragraphs.length - 1] = { ...last, span, text: sliceOf(text, span) };
  });
  return paragraphs;
}

/** Fewer lines that were broken off tell nothing. */
const MIN_BROKEN = 2;
const MIN_SHARE = 0.75;
/** Of a text's lines this share may be longer than its width: an address, a row. */
const OUTLIERS = 0.05;

/** The width of a hard-wrapped text, in columns: most lines that end without a mark are as wide as the next word let them. */
function wrapWidth(lines: readonly TextLine[]): number | undefined {
  // The title is set by its author.
  const widths = lines
    .slice(1)
    .map(({ text }) => columnsOf(text))
    .sort((a, b) => b - a);
  const width = widths[Math.floor(widths.length * OUTLIERS)] ?? 0;
  if (width < WIDTHS.min || width > WIDTHS.max) return undefined;
  let [broken, others] = [0, 0];
  lines.forEach((line, i) => {
    const next = lines[i + 1];
    if (i === 0 || next === undefined || next.isApart || isEnded(line, next)) return;
    if (columnsOf(line.text) < width / 2) return;
    if (isBrokenOff(line, next, width)) broken++;
    else others++;
  });
  const isSure = broken >= MIN_BROKEN && broken >= MIN_SHARE * (broken + others);
  return isSure && lines.some(({ text }) => endsWithFinalMark(text)) ? width : undefined;
}

/** A mark that ends an item of a list, too. */
const ENDS_ITEM = /[；;：:]$/u;

function isEnded({ text }: TextLine, next: TextLine): boolean {
  return (
    endsWithFinalMark(text) || ENDS_ITEM.test(text) || /[\t|]/u.test(text) || isNumbered(next.text)
  );
}

const FIRST_WORD =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uff60]+)/u;

/** Whether the next line's first word had no place on a line. */
function isBrokenOff({ text }: TextLine, next: TextLine, width: number): boolean {
  if (isNumbered(next.text) || noteMarkOf(next.text) !== undefined || /[\t|]/u.test(text))
    return false;
  const word = FIRST_WORD.exec(next.text.slice(0, WIDTHS.max))?.[0] ?? "";
  const gap = columnsOf(word) > 2 ? 1 : 0;
  return columnsOf(text) + gap + columnsOf(word) > width - SLACK_COLUMNS + 2;
}
