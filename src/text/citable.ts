import type { BlockKind } from "../report.ts";

/** What names the text below it: it is cited only when it is asked for. */
const NAMES_OTHERS: ReadonlySet<BlockKind> = new Set(["title", "subtitle", "heading"]);

/** Whether a block of this kind says something of its own that may answer any question. */
export function isCitable(kind: BlockKind): boolean {
  return !NAMES_OTHERS.has(kind);
}
