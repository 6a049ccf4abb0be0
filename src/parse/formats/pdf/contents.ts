/** Lists of contents, which repeat the headings. */
import type { Row } from "./fragments.ts";

/** A heading's text, dots or a gap, and its page. */
const LEADERS =
  /(?<![\s.·․‥…⋯])(?=[\s.·․‥…⋯]*?(?:[.·․‥…⋯]{3}|(?:[.·]\s){3}|…))[\s.·․‥…⋯]+(\p{Nd}{1,4}|[ivxlc]{1,6})$/iu;
/** A list has this many lines at least. */
const MIN_LINES = 3;
const TITLE =
  /^(?:(?:table of )?contents|目\s*[录錄次]|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|sumário|indice|содержание|оглавление|المحتويات|فهرس(?: المحتويات)?|जानकारी|विषय[- ]?सूची|차례|목차)$/iu;
/** A list's page numbers go no further than this. */
interface Reach {
  readonly lastPage: number;
}

/** Which of a page's rows are of a list of contents. */
export function contentsRows(rows: readonly Row[], { lastPage }: Reach): Set<Row> {
  const listed = rows.map((row) => pageNumber(row));
  const from = rows.findIndex((row) => TITLE.test(textOf(row)));
  const found = new Set<Row>();
  let run: Row[] = [];
  let last = 0;
  rows.forEach((row, i) => {
    const number = listed[i] ?? (from >= 0 && i > from ? numberAtEnd(row) : undefined);
    if (number !== undefined && number >= last && number <= lastPage) {
      run.push(row);
      last = number;
      if (run.length === MIN_LINES) run.forEach((it) => found.add(it));
      if (run.length > MIN_LINES) found.add(row);
    } else if (isBroken(rows, listed, i)) run.push(row);
    else [run, last] = [[], 0];
  });
  const title = rows[from];
  if (title && found.size > 0) found.add(title);
  return found;
}

/** Whether a row may be the first line of an entry that is two lines long. */
function isBroken(
  rows: readonly Row[],
  listed: readonly (number | undefined)[],
  i: number,
): boolean {
  const [row, below] = [rows[i], rows[i + 1]];
  return (
    listed[i - 1] !== undefined &&
    listed[i + 1] !== undefined &&
    row !== undefined &&
    below !== undefined &&
    below.y - row.y < 2 * row.size
  );
}

function textOf({ fragments }: Row): string {
  return fragments.map(({ text }) => text).join(" ");
}

function pageNumber(row: Row): number | undefined {
  const number = LEADERS.exec(textOf(row))?.[1];
  return number === undefined ? undefined : Number.parseInt(number, 10) || 0;
}

function numberAtEnd({ fragments }: Row): number | undefined {
  const last = fragments.at(-1)?.text ?? "";
  return fragments.length > 1 && /^\p{Nd}{1,4}$/u.test(last)
    ? Number.parseInt(last, 10)
    : undefined;
}
