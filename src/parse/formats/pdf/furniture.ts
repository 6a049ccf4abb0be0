/** What is on a page for the page's sake: running heads and feet, page numbers. */
import type { LeftOut } from "../../outline.ts";
import type { Fragment, Row } from "./fragments.ts";

/** A page, its rows from top to bottom. */
interface PageRows {
  readonly page: number;
  readonly height: number;
  readonly rows: readonly Row[];
}

/** How many rows from the top and from the bottom of a page may be heads or feet. */
const REACH = 3;
/** How far apart a head may stand on two pages, in points. */
const SAME_PLACE = 3;
/** On so many pages it stands at least. */
const MIN_PAGES = 2;

/** A number with what may stand around it: `— 3 —`, `Page 3 of 12`, `第3页`, `iv`. */
const PAGE_NUMBER =
  /^[\s\p{Pd}|•·[\](（）)《〈]*(?:(?:page|p\.?|pg\.?|seite|página|pagina|strona|стр\.?|страница|第|صفحة)\s*)?(?:\p{Nd}{1,4}|[ivxlcdm]{1,7})(?:\s*(?:of|von|de|di|sur|из|\/|／|共)\s*第?\s*\p{Nd}{1,4})?\s*(?:页|頁|ページ|页共\s*\p{Nd}+\s*页)?[\s\p{Pd}|•·\](（）)》〉]*$/iu;

/** Leaves out running heads and feet, and page numbers. */
export function withoutFurniture<P extends PageRows>(
  pages: readonly P[],
): { readonly pages: readonly P[]; readonly leftOut: readonly LeftOut[] } {
  const places = repeatedPlaces(pages);
  const leftOut: LeftOut[] = [];
  const bare = pages.map((it) => {
    const edge = edgeRows(it);
    const rows = it.rows.filter((row) => {
      const why = edge.has(row) ? whyNot(row, it, places) : undefined;
      if (why === undefined) return true;
      leftOut.push({ text: textOf(row), why });
      return false;
    });
    return { ...it, rows };
  });
  return { pages: bare, leftOut };
}

function textOf({ fragments }: Row): string {
  return fragments.map(({ text }) => text).join(" ");
}

function edgeRows({ rows }: PageRows): Set<Row> {
  return new Set([...rows.slice(0, REACH), ...rows.slice(-REACH)]);
}

function whyNot(
  row: Row,
  { rows, height }: PageRows,
  places: readonly Place[],
): string | undefined {
  const isNumber = row.fragments.every(({ text }) => PAGE_NUMBER.test(text));
  const isEnd = row === rows.at(-1) || row === rows[0];
  if (isNumber && isEnd && isAlone(row, rows, height)) return "page number";
  return places.some((it) => isAt(it, row)) ? "running head or foot" : undefined;
}

/** Whether a row stands apart from the text. */
function isAlone(row: Row, rows: readonly Row[], height: number): boolean {
  const other = row === rows[0] ? rows[1] : rows.at(-2);
  if (other === undefined || other === row) return true;
  return (
    Math.abs(row.y - other.y) > 1.5 * row.size || row.y > height * 0.93 || row.y < height * 0.07
  );
}

/** Where something stands on several pages, as a distance from the top. */
interface Place {
  readonly y: number;
  readonly size: number;
}

function isAt({ y, size }: Place, row: Row): boolean {
  return Math.abs(row.y - y) <= SAME_PLACE && Math.abs(row.size - size) < 0.5;
}

/** Where the same words, but for their numbers, stand on several pages. */
function repeatedPlaces(pages: readonly PageRows[]): Place[] {
  const seen = new Map<string, { page: number; row: Row; fragment: Fragment }[]>();
  for (const page of pages) {
    for (const row of edgeRows(page)) {
      for (const fragment of row.fragments) {
        const key = keyOf(fragment.text);
        if (key === "") continue;
        const known = seen.get(key) ?? [];
        known.push({ page: page.page, row, fragment });
        seen.set(key, known);
      }
    }
  }
  const places: Place[] = [];
  for (const found of seen.values()) {
    for (const { row, page } of found) {
      const others = new Set(
        found
          .filter((it) => Math.abs(it.row.y - row.y) <= SAME_PLACE && it.page !== page)
          .map((it) => it.page),
      );
      const isKnown = places.some((it) => isAt(it, row));
      if (others.size + 1 >= MIN_PAGES && !isKnown) places.push({ y: row.y, size: row.size });
    }
  }
  return places;
}

function keyOf(text: string): string {
  return text
    .replace(/\p{Nd}+/gu, "#")
    .replace(/\s+/gu, "")
    .toLowerCase();
}
