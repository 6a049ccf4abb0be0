/** What is on a page for the page's sake: running heads and feet, page numbers. */
import type { LeftOut } from "../../outline.ts";
import { mostOf } from "./fragments.ts";
import type { Fragment, Row } from "./fragments.ts";

/** A page, its rows from top to bottom. */
interface PageRows {
  readonly page: number;
  readonly height: number;
  readonly rows: readonly Row[];
}

/** How many rows from the top and from the bottom of a page may be heads or feet. */
const REACH = 4;
/** How far apart a head may stand on two pages, in points. */
const SAME_PLACE = 4;
/** What stands on fewer pages is no running head; what other words may stand in the place of is on a greater part of the pages. */
const MIN = { pages: 2, part: 0.3, placePages: 3 } as const;
/** Shorter words may stand at one place by chance, in characters. */
const MIN_KEY = 4;
/** Between a head and the text is more space than this, in parts of its size. */
const APART = 1.6;
/** Smaller than the text by this factor at least. */
const SMALLER = 0.95;

const NUMBER = "(?:\\p{Nd}{1,4}|[ivxl]{1,7}|[A-Z]-\\p{Nd}{1,3})";
/** A number with what may stand around it: `— 3 —`, `Page 3 of 12`, `第3页`, `iv`. */
const PAGE_NUMBER = new RegExp(
  `^[\\s\\p{Pd}|•·\\[(（《〈]*(?:(?:page|p\\.?|pg\\.?|seite|s\\.|página|pagina|стр\\.?|страница|第|صفحة|पृष्ठ)\\s*)?(${NUMBER})(?:\\s*(?:of|von|de|di|sur|из|من|\\/|／|[，,]?共)\\s*(?:第\\s*)?\\p{Nd}{1,4})?(?:\\s*(?:页|頁|ページ|쪽))?(?:[,，\\s]*共\\s*\\p{Nd}+\\s*[页頁])?[\\s\\p{Pd}|•·\\])）》〉]*$`,
  "iu",
);

/** Leaves out running heads and feet, and page numbers. */
export function withoutFurniture<P extends PageRows>(
  pages: readonly P[],
): { readonly pages: readonly P[]; readonly leftOut: readonly LeftOut[] } {
  const whyNot = judgeOf(pages);
  const leftOut: LeftOut[] = [];
  const bare = pages.map((page) => {
    const out = new Map<Row, string>();
    for (const edge of [page.rows.slice(0, REACH), page.rows.slice(-REACH).reverse()]) {
      for (const [i, row] of edge.entries()) {
        const why = out.get(row) ?? whyNot(row, page, edge[i + 1]);
        if (why === undefined) break;
        out.set(row, why);
      }
    }
    leftOut.push(...page.rows.flatMap((it) => reasonOf(it, out)));
    return { ...page, rows: page.rows.filter((it) => !out.has(it)) };
  });
  // The same words on every page, and nothing else, are the text.
  return bare.some(({ rows }) => rows.length > 0)
    ? { pages: bare, leftOut }
    : { pages, leftOut: [] };
}

function reasonOf(row: Row, out: ReadonlyMap<Row, string>): LeftOut[] {
  const why = out.get(row);
  return why === undefined ? [] : [{ text: textOf(row), why }];
}

function textOf({ fragments }: Row): string {
  return fragments.map(({ text }) => text).join(" ");
}

/** Why a row that nothing else stands outside of is not of the text; `inner` is its neighbour towards the text. */
type Judge = (row: Row, page: PageRows, inner: Row | undefined) => string | undefined;

function judgeOf(pages: readonly PageRows[]): Judge {
  const seen = repeated(pages);
  const places = placesOf(seen, pages.length);
  const size = sizeOf(pages);
  return (row, { height }, inner) => {
    const isApart =
      inner === undefined || Math.abs(row.y - inner.y) > APART * row.size || row.y > height * 0.93;
    if (row.fragments.every(({ text }) => PAGE_NUMBER.test(text)) && isApart) return "page number";
    const isRepeated = row.fragments.some((it) => pagesOf(seen, it, row).size >= MIN.pages);
    const isInPlace = places.some((it) => Math.abs(it - row.y) <= SAME_PLACE) && isApart;
    if (isRepeated || isInPlace) return "running head or foot";
    return isApart && row.size < size * SMALLER && hasNumberAtEnd(row)
      ? "running head or foot"
      : undefined;
  };
}

/** `12 Ann Lee and others`: a page's number and a name. */
function hasNumberAtEnd({ fragments }: Row): boolean {
  const ends = [fragments[0], fragments.at(-1)];
  return fragments.length === 2 && ends.some((it) => /^\p{Nd}{1,4}$/u.test(it?.text ?? ""));
}

function sizeOf(pages: readonly PageRows[]): number {
  const fragments = pages.flatMap(({ rows }) => rows.flatMap((it) => it.fragments));
  return fragments.length > 0 ? mostOf(fragments, (it) => Math.round(it.size * 2) / 2) : 0;
}

/** Where words stand on some page. */
interface Sight {
  readonly page: number;
  readonly y: number;
  readonly fragment: Fragment;
}

/** Where the words of heads and feet stand, but for their numbers. */
function repeated(pages: readonly PageRows[]): Map<string, Sight[]> {
  const seen = new Map<string, Sight[]>();
  for (const { page, rows } of pages) {
    for (const row of new Set([...rows.slice(0, REACH), ...rows.slice(-REACH)])) {
      for (const fragment of row.fragments) {
        const key = keyOf(fragment.text);
        const sight = { page, y: row.y, fragment };
        const known = seen.get(key);
        if (known) known.push(sight);
        else seen.set(key, [sight]);
      }
    }
  }
  return seen;
}

/** On which pages a fragment stands at its place. */
function pagesOf(
  seen: ReadonlyMap<string, readonly Sight[]>,
  fragment: Fragment,
  { y }: Row,
): Set<number> {
  const key = keyOf(fragment.text);
  if (key.length < MIN_KEY) return new Set();
  const isHere = (it: Sight): boolean =>
    Math.abs(it.y - y) <= SAME_PLACE &&
    [it.fragment.x0 - fragment.x0, it.fragment.x1 - fragment.x1].some(
      (off) => Math.abs(off) <= SAME_PLACE,
    );
  return new Set((seen.get(key) ?? []).filter(isHere).map(({ page }) => page));
}

/** At which distances from the top words are repeated on so many pages that other words there are heads too. */
function placesOf(seen: ReadonlyMap<string, readonly Sight[]>, pages: number): number[] {
  const least = Math.max(MIN.placePages, MIN.part * pages);
  return [...seen].flatMap(([key, sights]) => {
    if (key.length < MIN_KEY || new Set(sights.map(({ page }) => page)).size < least) return [];
    const { y } = sights[0] ?? { y: 0 };
    return sights.filter((it) => Math.abs(it.y - y) <= SAME_PLACE).length >= least ? [y] : [];
  });
}

function keyOf(text: string): string {
  return text
    .replace(/\p{Nd}+/gu, "#")
    .replace(/\s+/gu, "")
    .toLowerCase();
}
