/** A table of contents: it names what stands elsewhere. */
import type { Leaving, TextLine } from "./textLines.ts";

/** Longest line of a table of contents, in UTF-16 code units. */
const MAX_UNITS = 160;

const NUMBER = "(?:\\p{Nd}{1,4}|[ivxlcIVXLC]{1,7})";
/** Dots that lead to a page's number. */
const LEADERS = new RegExp(
  `(?<![.．·・‥…⋯_]\\s?)(?:[.．·・‥…⋯_]\\s?){2,}\\s*[（(]?${NUMBER}[）)]?$`,
  "u",
);
const ELLIPSIS_ALONE = /^[\p{Nd}\s.．·・‥…⋯_]+$/u;
const ENDS_WITH_NUMBER = new RegExp(`\\p{L}.{0,80}?(?:\\t|\\s{2,}|\\s|\\u3000)${NUMBER}$`, "u");

const HEADS =
  /^(?:目\s*[录錄次]|内容目录|(?:Table of )?Contents|TABLE OF CONTENTS|CONTENTS|Inhalt(?:sverzeichnis)?|Sommaire|Table des matières|Índice|Sumário|Indice|Sommario|Inhoud(?:sopgave)?|Innehåll|Indhold|Содержание|Оглавление|Spis treści|Obsah|İçindekiler|Daftar Isi|Mục lục|목\s?차|차\s?례|もくじ|विषय[- ]सूची|अनुक्रमणिका|المحتويات|فهرس(?: المحتويات)?|สารบัญ)\s*[:：]?$/iu;

/** Finds the lines of tables of contents: those with leaders to a number, and what stands below such a table's head. */
export function findContents(lines: readonly TextLine[]): Map<number, Leaving> {
  const found = new Map<number, Leaving>();
  const last = lastPlaces(lines);
  lines.forEach(({ text }, i) => {
    if (isLeading(text)) found.set(i, { why: "contents" });
  });
  let next = 0;
  lines.forEach(({ text }, i) => {
    // A head within a table is one of its entries: what stands below was seen.
    if (i < next || text.length > MAX_UNITS || !HEADS.test(text)) return;
    next = i + 1;
    while (next < lines.length && isEntry(lines, next, last, found)) {
      found.set(next, { why: "contents" });
      next++;
    }
    if (next > i + 1) found.set(i, { why: "contents" });
  });
  return found;
}

function isLeading(text: string): boolean {
  return text.length <= MAX_UNITS && LEADERS.test(text) && !ELLIPSIS_ALONE.test(text);
}

/** An entry ends with a number, or names a line below it. */
function isEntry(
  lines: readonly TextLine[],
  i: number,
  last: ReadonlyMap<string, number>,
  found: ReadonlyMap<number, Leaving>,
): boolean {
  const text = lines[i]?.text ?? "";
  if (text.length > MAX_UNITS) return false;
  if (found.has(i) || ENDS_WITH_NUMBER.test(text)) return true;
  return (last.get(bare(text)) ?? -1) > i;
}

function lastPlaces(lines: readonly TextLine[]): ReadonlyMap<string, number> {
  return new Map(lines.map(({ text }, i) => [bare(text), i]));
}

function bare(text: string): string {
  return text.replace(/\s/gu, "");
}
