import type { Span } from "../../report.ts";
import { endsWithFinalMark } from "../../text/punctuation.ts";
import { sliceOf } from "../../text/spans.ts";

/** Longest lines of a kind, in characters: what is longer and has no final mark is a paragraph that lost it. */
const MAX_CHARACTERS = { title: 60, heading: 50, byline: 40 } as const;

/** The marker of a list item or sub-heading, with the gap behind it. */
const DASHES = /^(?:[—―]{1,2}|[─－]{2})\s*/u;
const BULLET = /^(?:[-*+]\s+|[•●○■◆▪]\s*)/u;

const HAN_NUMBER = "(?:[〇零一二三四五六七八九十百]+|\\d{1,2})";

/** Headings that begin with a number, the highest first: the order in which Chinese reports nest them. */
const NUMBERED = [
  { rank: 1, form: new RegExp(`^第${HAN_NUMBER}(?:[章編编篇卷]|部分)`, "u") },
  { rank: 2, form: new RegExp(`^第${HAN_NUMBER}[節节]`, "u") },
  { rank: 4, form: /^[一二三四五六七八九十]+[、．.]/u },
  { rank: 5, form: /^[（(][一二三四五六七八九十]+[）)]/u },
  { rank: 6, form: /^\d{1,2}(?:[.．、](?!\d)|(?:\.\d{1,2})+(?=\s))/u },
  { rank: 7, form: /^[（(]\d{1,2}[）)]/u },
] as const;

/** Short lines without a number stand below chapters and above 一、; `——` lines below all. */
const PLAIN_RANK = 3;
const DASH_RANK = 8;

/** `本報記者張三`, and with a gap or colon behind it `記者 張三`, `作者：張三`, `文／張三`; `By Ann Lee`. */
const BYLINE = new RegExp(
  [
    "^[（(]?本[報报刊台網网][記记]者[\\s:：]*\\p{L}",
    "^[（(]?(?:[記记]者|通[訊讯][員员]|特[約约][記记]者|[實实][習习]生)[\\s:：/／]+\\p{L}",
    "^[（(]?(?:文|[圖图]|文[、·]?[圖图])\\s*[/／|｜]\\s*\\p{L}",
    "^(?:作者|撰文|撰稿|供稿|[責责]?任?[編编][輯辑])\\s*[:：]\\s*\\p{L}",
    "^By\\s+\\p{Lu}",
  ].join("|"),
  "u",
);

/** The mark of a fenced block of code, as a part of a regular expression. */
export const FENCE = "(?:`{3,}|~{3,})";

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

/** Whether a line names who wrote the text. */
export function isByline(line: string): boolean {
  return isShort(line, "byline") && BYLINE.test(line) && !endsWithFinalMark(line);
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
  return isDashLine(line) ? DASH_RANK : (numberedRank(line) ?? PLAIN_RANK);
}

function isShort(line: string, kind: keyof typeof MAX_CHARACTERS): boolean {
  return Array.from(line).length <= MAX_CHARACTERS[kind];
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
