import type { LexicalLeg } from "../index/lexical.ts";

/** A way of scoring a sentence against a question. */
export type Leg = "interaction" | "dense" | LexicalLeg;

/** A sentence's score in every leg: cosines for the first two, the share of the question's telling terms for the others. */
export type LegScores = Readonly<Record<Leg, number>>;

/**
 * How much each leg counts, for questions in a language of the reports and in others, whose words can meet the reports' only in names
 * and numbers. All legs have a scale that means the same for every question, so they are added as they are: z-scores over the
 * candidates would let a leg with one chance hit outweigh the rest (see DESIGN.md, "Fusion").
 */
export const LEG_WEIGHTS = {
  native: { interaction: 1, dense: 0.4, words: 0.2, glosses: 0.22, pinyin: 0.4 },
  foreign: { interaction: 1, dense: 0.2, words: 0.1, glosses: 0.3, pinyin: 0.4 },
} as const satisfies Record<string, LegScores>;

export const LEGS = ["interaction", "dense", "words", "glosses", "pinyin"] as const satisfies Leg[];

/** What each leg adds to a sentence's score. */
export function weigh(scores: LegScores, weights: LegScores): LegScores {
  return {
    interaction: weights.interaction * scores.interaction,
    dense: weights.dense * scores.dense,
    words: weights.words * scores.words,
    glosses: weights.glosses * scores.glosses,
    pinyin: weights.pinyin * scores.pinyin,
  };
}

/** A sentence's score: the sum of what its legs add. */
export function fuse(contributions: LegScores): number {
  return LEGS.reduce((sum, leg) => sum + contributions[leg], 0);
}
