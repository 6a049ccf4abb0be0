import type { Span } from "../../report.ts";
import { columnsOf } from "../../text/columns.ts";
import { NOTE_MARK, endsWithFinalMark } from "../../text/punctuation.ts";
import { sliceOf } from "../../text/spans.ts";

/** Longest lines of a kind, in characters: what is longer and has no final mark is a paragraph that lost it. */
const MAX_CHARACTERS = {
  title: { wide: 60, narrow: 100 },
  heading: { wide: 50, narrow: 70 },
} as const;

/** The marker of a list item or sub-heading, with the gap behind it. */
const DASHES = /^(?:[—―]{1,2}|[─－]{2})\s*/u;
const BULLET = /^(?:[-*+]\s+|[•●○■◆▪]\s*)/u;

const HAN_NUMBER = "\\s?(?:[〇零一二三四五六七八九十百]+|\\p{Nd}{1,2})\\s?";
const LATIN_NUMBER =
  "(?:\\p{Nd}{1,3}|[IVXLC]{1,7}|[A-Z]|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|ONE|TWO|THREE|FOUR|FIVE|SIX)(?!\\p{L})";

/** Headings that begin with a number, the highest first: the order in which Chinese reports nest them. */
const NUMBERED = [
  {
    rank: 0,
    form: new RegExp(
      `^(?:第${HAN_NUMBER}[編编篇卷]|(?:Part|PART|Teil|Partie|Parte|Часть|Deel) ${LATIN_NUMBER})`,
      "u",
    ),
  },
  {
    rank: 1,
    form: new RegExp(
      `^(?:[第제]${HAN_NUMBER}(?:[章장]|部分)|(?:Chapter|CHAPTER|Kapitel|Chapitre|Capítulo|Capitolo|Глава|Hoofdstuk|Chương) ${LATIN_NUMBER})`,
      "u",
    ),
  },
  { rank: 2, form: new RegExp(`^(?:[第제]${HAN_NUMBER}[節节절]|Abschnitt ${LATIN_NUMBER})`, "u") },
  { rank: 3.5, form: /^[壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3}[、．.]/u },
  { rank: 4, form: /^[一二三四五六七八九十]+[、．.]/u },
  { rank: 5, form: /^[（(][一二三四五六七八九十]+[）)]/u },
  { rank: 6, form: /^\p{Nd}{1,2}(?:[.．、](?!\p{Nd})|\.0?(?=\s))/u },
  { rank: 6.2, form: /^\d{1,2}\.\d{1,2}\.?(?=\s)/u },
  { rank: 6.4, form: /^\d{1,2}(?:\.\d{1,2}){2,4}\.?(?=\s)/u },
  { rank: 7, form: /^[（(]\d{1,2}[）)]/u },
] as const;

/** Short lines without a number stand below chapters and above 一、; `——` lines below all. */
export const PLAIN_RANK = 3;
const DASH_RANK = 8;

/** The mark of a fenced block of code, as a part of a regular expression. */
export const FENCE = "(?:`{3,}|~{3,})";

/** A line that a footnote's mark begins: the note itself. */
const NOTE_LINE = new RegExp(`^(?:${NOTE_MARK}:?)\\s*\\p{L}`, "u");

/** The mark of the note that a line is; undefined for another line. */
export function noteMarkOf(line: string): string | undefined {
  return NOTE_LINE.test(line) ? NOTE_START.exec(line)?.[0] : undefined;
}

const NOTE_START = new RegExp(`^${NOTE_MARK}`, "u");

/** Marks behind which a line goes on: what ends so is no heading. */
const GOES_ON = /[，、；：,;:]$/u;
/** Cells, not words. */
const TABLE = /[\t|]/u;

/** Whether a text's first line may be its title. */
export function isTitleLike(line: string): boolean {
  return (
    isShort(line, "title") &&
    isUnfinished(line) &&
    numberedRank(line) === undefined &&
    markerOf(line) === ""
  );
}

/** Whether a line begins with dashes, as sub-headings and list items of Chinese newspapers do. */
export function isDashLine(line: string): boolean {
  return DASHES.test(markerOf(line));
}

/**
 * The marker of a list item or sub-heading (`——`, `- `, `•`) with the gap behind it, or "" if there is none or nothing
 * behind it. A number is no marker.
 */
function markerOf(line: string): string {
  const marker = (DASHES.exec(line) ?? BULLET.exec(line))?.[0] ?? "";
  return marker.length < line.length ? marker : "";
}

/** The span of a line without its marker. */
export function withoutMarker(text: string, span: Span): Span {
  return { start: span.start + markerOf(sliceOf(text, span)).length, end: span.end };
}

/**
 * The rank of a line that looks like a heading, a lower number is higher; undefined if it does not: it is long, ends with a
 * mark, or is a row of a table or a list item.
 */
export function headingRank(line: string): number | undefined {
  if (!isShort(line, "heading") || !isUnfinished(line) || BULLET.test(line)) return undefined;
  if (ARTICLE.test(line) || NOTE_LINE.test(line)) return undefined;
  return isDashLine(line) ? DASH_RANK : (numberedRank(line) ?? PLAIN_RANK);
}

/** An article's number, as in laws: it belongs to the text behind it or below it. */
const ARTICLE =
  /^(?:[第제]\s?[〇零一二三四五六七八九十百千\p{Nd}]{1,7}\s?[条條조](?!\p{L}{0,1}款)|§{1,2}\s?\p{Nd}|(?:Article|ARTICLE|Art\.|Artikel|Artículo|Artigo|Articolo|Section|Clause|Rule|Regulation|Статья|Madde|Pasal|Điều|अनुच्छेद|धारा|المادة|มาตรา|ข้อ)\s?(?:\p{Nd}|[IVXLC]+(?!\p{L})))/u;

/** Whether a line is an article's number, with a few words at most behind it. */
export function isArticleLine(line: string): boolean {
  return ARTICLE.test(line) && isShort(line, "heading") && isUnfinished(line);
}

/** Whether a line begins with the number of a heading, an article or a list's item, or with its marker. */
export function isNumbered(line: string): boolean {
  return numberedRank(line) !== undefined || ARTICLE.test(line) || markerOf(line) !== "";
}

function isShort(line: string, kind: keyof typeof MAX_CHARACTERS): boolean {
  const { wide, narrow } = MAX_CHARACTERS[kind];
  if (line.length > 2 * narrow) return false;
  const length = Array.from(line).length;
  return length <= (columnsOf(line) > 1.5 * length ? wide : narrow);
}

function isUnfinished(line: string): boolean {
  return (
    /[\p{L}\p{N}]/u.test(line) &&
    !endsWithFinalMark(line) &&
    !GOES_ON.test(line) &&
    !TABLE.test(line)
  );
}

function numberedRank(line: string): number | undefined {
  return NUMBERED.find(({ form }) => form.test(line))?.rank;
}
