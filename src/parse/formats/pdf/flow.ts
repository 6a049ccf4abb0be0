/** Text that goes on in the next column or on the next page, and what stands between. */
import { endsWithFinalMark } from "../../../text/punctuation.ts";
import { joinLines } from "./joinLines.ts";
import type { IsWord } from "./joinLines.ts";
import type { Kinded, Told } from "./kinds.ts";
import { isSameSize } from "./pageParagraphs.ts";

/** A paragraph goes on over so many pages at most, blank ones too. */
const MAX_PAGES = 3;
/** How many blocks may stand between its parts. */
const MAX_BETWEEN = 60;

/**
 * Puts the parts of a paragraph together. What stands between them comes before it if it is on a page before that of the last
 * part, else behind it: so the blocks stay in the order of their pages.
 */
export function rejoined(blocks: readonly Kinded[], isWord: IsWord): Kinded[] {
  const left = [...blocks].reverse();
  const flow: Kinded[] = [];
  for (let block = left.pop(); block !== undefined; block = left.pop()) {
    const between: Kinded[] = [];
    let whole = block;
    for (let at = restOf(whole, left); at !== undefined; at = restOf(whole, left)) {
      between.push(...left.splice(at + 1).reverse());
      const rest = left.pop();
      if (rest === undefined || rest.kind === "table" || whole.kind === "table") break;
      whole = together(whole, rest, isWord);
    }
    const last = whole.kind === "table" ? whole.page : (whole.breaks.at(-1)?.page ?? whole.page);
    flow.push(...between.filter((it) => it.page < last), whole);
    left.push(...between.filter((it) => it.page >= last).reverse());
  }
  return flow;
}

function together(whole: Told, rest: Told, isWord: IsWord): Told {
  const text = joinLines([whole.text, rest.text], isWord);
  const at = text.length - rest.text.length;
  const begins = rest.page > whole.page ? [{ at, page: rest.page }] : [];
  return {
    ...whole,
    text,
    isFull: rest.isFull,
    column: rest.column,
    lines: [...whole.lines, ...rest.lines],
    breaks: [...whole.breaks, ...begins],
  };
}

/** Where among what follows, the last first, the rest of a block stands. */
function restOf(block: Kinded, left: readonly Kinded[]): number | undefined {
  if (block.kind === "table" || !isOpen(block)) return undefined;
  const end = Math.max(0, left.length - MAX_BETWEEN);
  for (let at = left.length - 1; at >= end; at--) {
    const it = left[at];
    if (it === undefined || it.page > block.page + MAX_PAGES) return undefined;
    if (it.kind !== "table" && isRest(it, block)) return at;
    if (!isBetween(it, block)) return undefined;
  }
  return undefined;
}

const FLOWS: ReadonlySet<string> = new Set(["paragraph", "item", "note"]);

function isOpen({ is, text }: Told): boolean {
  return FLOWS.has(is.kind) && !endsWithFinalMark(text) && !/[:：]$/u.test(text);
}

/** What may stand between the two parts of a paragraph, without being one of them: tables, captions, notes and what is smaller. */
function isBetween(it: Kinded, block: Told): boolean {
  if (it.kind === "table" || it.is.kind === "caption" || it.is.kind === "code") return true;
  if (block.is.kind === "note" || it.is.kind === "heading") return false;
  return it.is.kind === "note" || sizeOf(it) < sizeOf(block) * 0.95;
}

function sizeOf({ lines }: Told): number {
  return lines[0]?.size ?? 0;
}

const GOES_ON = /[,，、\u00AD]$|\p{L}[-\u2010]$/u;
const HAS_CASE = /[\p{Lu}\p{Ll}]/u;

function isRest(it: Told, block: Told): boolean {
  const [last, first] = [block.lines.at(-1), it.lines[0]];
  if (it.column === block.column || !last || !first || !isSameSize(last, first)) return false;
  if (it.isItem || (it.is.kind !== "paragraph" && it.is.kind !== block.is.kind)) return false;
  return goesOn(it, block) || (!it.isIndented && (block.isFull || isCaseless(it, block)));
}

function goesOn(it: Told, block: Told): boolean {
  return /^[\p{Ll}\p{Pd},;，；、。）)]/u.test(it.text) || GOES_ON.test(block.text);
}

/** Of scripts without capitals, only the length of what was begun tells that it is no line of its own. */
function isCaseless(it: Told, block: Told): boolean {
  return !HAS_CASE.test(it.text.charAt(0)) && block.lines.length > 1;
}
