/** Text that goes on in the next column or on the next page, and what stands between. */
import { endsWithFinalMark } from "../../../text/punctuation.ts";
import { joinLines } from "./joinLines.ts";
import type { IsWord } from "./joinLines.ts";
import type { Kinded } from "./kinds.ts";
import { isSameSize } from "./paragraphs.ts";

type Told = Exclude<Kinded, { kind: "table" }>;

/** A paragraph goes on over so many pages at most, blank ones too. */
const MAX_PAGES = 3;

/** Puts the pieces of a paragraph together; what stands between them comes behind it. */
export function rejoined(blocks: readonly Kinded[], isWord: IsWord): Kinded[] {
  const left = [...blocks];
  const flow: Kinded[] = [];
  for (let block = left.shift(); block !== undefined; block = left.shift()) {
    let whole = block;
    for (let at = restOf(whole, left); at >= 0; at = restOf(whole, left)) {
      const [rest] = left.splice(at, 1);
      if (rest === undefined || rest.kind === "table" || whole.kind === "table") break;
      const text = joinLines([whole.text, rest.text], isWord);
      whole = {
        ...whole,
        text,
        isFull: rest.isFull,
        column: rest.column,
        lines: [...whole.lines, ...rest.lines],
      };
    }
    flow.push(whole);
  }
  return flow;
}

/** Where among the blocks that follow the rest of one stands, or -1. */
function restOf(block: Kinded, following: readonly Kinded[]): number {
  if (block.kind === "table" || !isOpen(block)) return -1;
  for (const [at, it] of following.entries()) {
    if (it.page > block.page + MAX_PAGES) return -1;
    if (isBetween(it, block)) continue;
    return it.kind !== "table" && isRest(it, block) ? at : -1;
  }
  return -1;
}

function isOpen({ is, text, isFull }: Told): boolean {
  if (is.kind !== "paragraph" && is.kind !== "item" && is.kind !== "note") return false;
  return !endsWithFinalMark(text) || isFull;
}

/** What may stand between the two parts of a paragraph, without being one of them. */
function isBetween(it: Kinded, block: Told): boolean {
  if (it.kind === "table") return true;
  if (it.is.kind === "caption" || it.is.kind === "code") return true;
  return it.is.kind === "note" && block.is.kind !== "note";
}

function isRest(it: Told, block: Told): boolean {
  if (it.column === block.column || it.isItem) return false;
  if (it.is.kind !== "paragraph" && it.is.kind !== block.is.kind) return false;
  const [last, first] = [block.lines.at(-1), it.lines[0]];
  if (!last || !first || !isSameSize(last, first)) return false;
  if (endsWithFinalMark(block.text)) return false;
  return (
    /^[\p{Ll}\p{Pd}]/u.test(it.text) ||
    (block.isFull && !it.isIndented) ||
    /[,，、\-\u00AD]$/u.test(block.text)
  );
}
