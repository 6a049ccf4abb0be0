/** A PDF file's title and who wrote it, out of its first page. */
import { endsWithFinalMark } from "../../../text/punctuation.ts";
import { isByline, isTitleLike } from "../lineKinds.ts";
import type { Body, Kinded } from "./kinds.ts";

type Told = Exclude<Kinded, { kind: "table" }>;

/** Which blocks are the title, in order, and which say who wrote the text. */
export interface Front {
  readonly title: ReadonlySet<Kinded>;
  readonly bylines: ReadonlySet<Kinded>;
}

/** A title is larger than the text by this factor at least. */
const LARGER = 1.15;
/** Longer ones are text, in characters. */
const MAX_TITLE = 250;
/** How many blocks below the title may name its authors. */
const REACH = 4;

/** Finds the title and the bylines. */
export function frontOf(blocks: readonly Kinded[], body: Body): Front {
  const page = blocks[0]?.page;
  const first = blocks.filter((it): it is Told => it.kind !== "table" && it.page === page);
  const title = titleOf(first, body);
  const last = title.at(-1);
  const below = last
    ? first.slice(first.indexOf(last) + 1, first.indexOf(last) + 1 + REACH)
    : first.slice(0, REACH);
  const end = below.findIndex(({ is }) => is.kind === "heading" && title.length === 0);
  const near = end < 0 ? below : below.slice(0, end);
  const bylines = near.filter(
    (it) => it.is.kind !== "item" && (isByline(it.text) || isNames(it.text)),
  );
  return { title: new Set(title), bylines: new Set(bylines.slice(0, 1)) };
}

/** The largest text of the first page, or its first line where all is of one size. */
function titleOf(blocks: readonly Told[], body: Body): Told[] {
  const named = blocks.filter(({ text }) => /\p{L}{2}/u.test(text) && text.length <= MAX_TITLE);
  const largest = Math.max(...named.map(sizeOf));
  if (largest >= LARGER * body.size) {
    const at = named.findIndex((it) => sizeOf(it) === largest);
    const run = named.slice(at);
    const end = run.findIndex((it) => Math.abs(sizeOf(it) - largest) > 0.5);
    const title = end < 0 ? run : run.slice(0, end);
    return title.slice(0, 3);
  }
  const [first] = blocks;
  return first && first.lines.length === 1 && isTitleLike(first.text) ? [first] : [];
}

function sizeOf({ lines }: Told): number {
  return lines[0]?.size ?? 0;
}

const MARKS = /[⁰-⁹¹²³*†‡§∗,]+(?=\s|,|;|$)|\s*\([^)]*\)/gu;
const NAME =
  /^(?:\p{Lu}[\p{L}\p{M}.’'-]*|d[eaiu]s?|von|van|der|den|la|le|al-|bin)(?:\s+(?:\p{Lu}[\p{L}\p{M}.’'-]*|d[eaiu]s?|von|van|der|den|la|le|bin)){1,4}$/u;

/** Whether a text is a list of people's names. */
function isNames(text: string): boolean {
  if (endsWithFinalMark(text) || text.length > 300) return false;
  const names = text
    .replace(MARKS, ",")
    .split(/\s*(?:[,;&·]|\band\b|\bund\b|\bet\b|\by\b)\s*/u)
    .filter((it) => it.length > 2);
  return names.length > 0 && names.every((it) => NAME.test(it.trim()));
}
