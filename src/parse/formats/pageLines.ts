/** What pages put between the lines of a text: their numbers, running heads and breaks. */
import { endsWithFinalMark } from "../../text/punctuation.ts";
import { isNumbered } from "./lineKinds.ts";
import type { Leaving, TextLine } from "./textLines.ts";

/** Longest line that may be a page's, in UTF-16 code units. */
const MAX_UNITS = 120;

const N = "\\p{Nd}{1,4}";
const OF = "\\s*(?:(?:[/／|]|of|von|de|sur|di|do|van|av|af|из|z|dari|trên|में से|من|จาก|共|中)\\s*)?";
const PAGE_WORD =
  "(?:[Pp]age|PAGE|[Pp]g\\.?|[Pp]\\.|Seite|S\\.|Página|Pág\\.|Pagina|Pag\\.|Blz\\.|Sida|Side|Страница|[Сс]тр\\.|Sayfa|Halaman|Hal\\.|Trang|Strona|Str\\.|पृष्ठ|صفحة|หน้า|쪽|페이지|ページ)";
/** `第 2 頁 共 3 頁`, `Page 3 of 9`, `- 3 -`, `3 / 9`, `3 페이지`. */
const PAGE_NUMBER = new RegExp(
  [
    `^[\\s—–―·•|-]*第\\s*(?:${N}|[一二三四五六七八九十百]{1,4})\\s*[頁页](?:\\s*(?:[/／,，|（(]\\s*)?共\\s*(?:${N}|[一二三四五六七八九十百]{1,4})\\s*[頁页][）)]?)?[\\s—–―·•|-]*$`,
    `^[\\s—–―·•|-]*${PAGE_WORD}\\s*${N}(?:${OF}${N})?[\\s—–―·•|-]*$`,
    `^${N}\\s*(?:/\\s*${N}\\s*)?(?:쪽|페이지|ページ|頁|页)(?:\\s*[/／]\\s*${N}\\s*(?:쪽|페이지|ページ|頁|页))?$`,
    `^(?:[—–―·•|~-]{1,2}\\s*${N}\\s*[—–―·•|~-]{1,2}|\\[\\s*${N}\\s*\\]|${N}\\s*[/／]\\s*${N}|${N}\\s+(?:of|von|sur|из)\\s+${N})$`,
  ].join("|"),
  "u",
);
const BARE_NUMBER = /^\p{Nd}{1,4}$/u;

/** Finds the lines that belong to pages; the first line of a text stays, it may be its title. */
export function findPageLines(lines: readonly TextLine[]): Map<number, Leaving> {
  const found = new Map<number, Leaving>();
  lines.forEach(({ text }, i) => {
    if (text.length <= MAX_UNITS && PAGE_NUMBER.test(text)) found.set(i, { why: "page number" });
  });
  for (const i of countingNumbers(lines)) found.set(i, { why: "page number" });
  addRunningHeads(lines, found);
  return found;
}

/** Numbers alone on their lines that count the pages: each one more than the last. */
function countingNumbers(lines: readonly TextLine[]): number[] {
  const bare = lines.flatMap(({ text }, i) => (BARE_NUMBER.test(text) ? [i] : []));
  const counts = bare.every((line, k) => {
    const before = bare[k - 1];
    return before === undefined || Number(lines[line]?.text) === Number(lines[before]?.text) + 1;
  });
  return bare.length >= 2 && counts ? bare : bare.filter((i) => isAtBreak(lines, i));
}

function isAtBreak(lines: readonly TextLine[], i: number): boolean {
  return lines[i]?.isNewPage === true || lines[i + 1]?.isNewPage === true;
}

/** A line that is said again and again at the edges of pages, its number aside. */
function addRunningHeads(lines: readonly TextLine[], found: Map<number, Leaving>): void {
  const places = new Map<string, number[]>();
  lines.forEach(({ text }, i) => {
    if (text.length > MAX_UNITS || endsWithFinalMark(text) || found.has(i)) return;
    const words = wordsOf(text);
    if (words !== "") places.set(words, [...(places.get(words)?.slice(-MOST) ?? []), i]);
  });
  const title = wordsOf(lines[0]?.text ?? "");
  for (const [words, at] of places) {
    if (at.length < 2) continue;
    const edges = at.filter((i) => isEdge(lines, i, found));
    const isAlways = edges.length >= at.length - 1;
    if (edges.length > 0 && (isAlways || words === title)) leave(at, found);
  }
  if (found.size > 0) addFirstHead(lines, found);
}

/** More occurrences of a line than this are not looked at. */
const MOST = 5_000;

function leave(at: readonly number[], found: Map<number, Leaving>): void {
  for (const i of at) if (i > 0) found.set(i, { why: "running head" });
}

/** A line without the number of its page at its start or end. */
function wordsOf(text: string): string {
  const words = text
    .replace(/^\p{Nd}{1,4}(?:\s{2,}|\u3000|\t|\s*[|·•]\s*)/u, "")
    .replace(/(?:\s\s|\u3000|\t|[|·•]\s*)\p{Nd}{1,4}$/u, "");
  return /\p{L}/u.test(words) ? words.trim() : "";
}

/** Whether a page begins or ends at a line, or it stands within a sentence. */
function isEdge(
  lines: readonly TextLine[],
  i: number,
  found: ReadonlyMap<number, Leaving>,
): boolean {
  if (isAtBreak(lines, i) || found.has(i - 1) || found.has(i + 1)) return true;
  const [before, after] = [lines[i - 1], lines[i + 1]];
  return before !== undefined && after !== undefined && goesOn(before.text, after.text);
}

/** The head of a first page, between the title and its number: it need not come again. */
function addFirstHead(lines: readonly TextLine[], found: Map<number, Leaving>): void {
  for (let i = 1; i <= 2; i++) {
    const text = lines[i]?.text;
    if (text === undefined || found.has(i)) return;
    if (endsWithFinalMark(text) || isNumbered(text) || text.length > MAX_UNITS / 2) return;
    if (found.has(i + 1)) found.set(i, { why: "running head" });
  }
}

/** Marks within a sentence. */
const CLAUSE_MARK = /[，、；。：,;][^]|[.:]\s/u;
const LONG_UNITS = 40;

/** Whether a sentence that one line leaves off is taken up by another, on the next page. */
export function goesOn(before: string, after: string): boolean {
  if (endsWithFinalMark(before) || isNumbered(after) || /[；;：:]$/u.test(before)) return false;
  if (/[，、,]$/u.test(before) || /^\p{Ll}/u.test(after)) return true;
  return before.length > LONG_UNITS || (CLAUSE_MARK.test(before) && !isNumbered(before));
}
