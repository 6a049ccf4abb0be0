/** Whether the passage that was asked for is there, may be there, or is not in the reports. */
export type State = "found" | "maybe" | "none";

/**
 * Least centred late-interaction score of the best passage, for questions in a language of the reports and in another.
 * Unrelated text scores about .25 in every language; a passage that answers scores higher in its own language, because a
 * word and its translation are less alike than a word and itself. Chosen on the development questions.
 */
const THRESHOLDS = {
  native: { found: 0.49, maybe: 0.29 },
  foreign: { found: 0.4, maybe: 0.255 },
};

/** Decides what may be said of a search whose passages come best first. */
export function decide(passages: readonly { readonly score: number }[], isNative: boolean): State {
  const { found, maybe } = isNative ? THRESHOLDS.native : THRESHOLDS.foreign;
  const best = passages[0]?.score ?? 0;
  if (best >= found) return "found";
  return best >= maybe ? "maybe" : "none";
}
