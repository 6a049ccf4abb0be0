import { isChinese } from "./language.ts";
import type { Language } from "./language.ts";

/** Whether the passage that was asked for is there, may be there, or is not in the reports. */
export type State = "found" | "maybe" | "none";

/**
 * Least late-interaction score of the best passage. Chosen on the development questions; other languages score lower,
 * because a word and its translation are less alike than a word and itself.
 */
const THRESHOLDS = {
  chinese: { found: 0.86, maybe: 0.79 },
  other: { found: 0.78, maybe: 0.715 },
};

/** Decides what may be said of a search whose passages come best first. */
export function decide(passages: readonly { readonly score: number }[], language: Language): State {
  const { found, maybe } = isChinese(language) ? THRESHOLDS.chinese : THRESHOLDS.other;
  const best = passages[0]?.score ?? 0;
  if (best >= found) return "found";
  return best >= maybe ? "maybe" : "none";
}
