import type { Distribution } from "../index/background.ts";
import type { SentenceMatch } from "./interaction.ts";
import type { RankedPassage } from "./ranking.ts";

/** What a decision is made from. */
export interface Features {
  /** The best passage's late interaction, in standard deviations above what unrelated questions reach in this index. */
  readonly interaction: number;
  /** The best passage's cosine as a whole. */
  readonly dense: number;
  /** The share of the question's weight that has no match in the best passage, 0..1. */
  readonly unmatched: number;
  /** What the terms that the best passage shares with the question add to its score. */
  readonly lexical: number;
  /** By how much the best passage leads the second, in standard deviations of the background. */
  readonly margin: number;
  /** ln of the number of tokens: a short question matches easily. */
  readonly length: number;
}

/** A token has no match where its best cosine is below this. */
const MIN_MATCH = 0.35;

/** What to compare with in an index that has no background of its own. */
const USUAL_BACKGROUND = { mean: 0.25, deviation: 0.03 };

/** Least deviation to divide by: in an index of two sentences all questions may score alike. */
const MIN_DEVIATION = 0.01;

export const FEATURES = [
  "interaction",
  "dense",
  "unmatched",
  "lexical",
  "margin",
  "length",
] as const satisfies (keyof Features)[];

/** What unrelated questions of its language group reach in this index; usual values where it was not measured. */
export type FeatureContext = Partial<Distribution>;

/**
 * The features of a search's result.
 *
 * @param passages Best first, at least one.
 * @param evidence The match of the best passage with the question when that is centred.
 */
export function featuresOf(
  passages: readonly RankedPassage[],
  evidence: SentenceMatch,
  context: FeatureContext = {},
): Features | undefined {
  const [best, second] = passages;
  if (best === undefined) return undefined;
  const { mean = USUAL_BACKGROUND.mean, deviation = USUAL_BACKGROUND.deviation } = context;
  const { words, glosses, pinyin } = best.contributions;
  const unit = Math.max(deviation, MIN_DEVIATION);
  return {
    interaction: (evidence.score - mean) / unit,
    dense: best.legs.dense,
    unmatched: unmatchedShare(evidence, best.weights),
    lexical: words + glosses + pinyin,
    margin: second === undefined ? 0 : (best.score - second.score) / unit,
    length: Math.log(1 + best.weights.length),
  };
}

function unmatchedShare({ interaction }: SentenceMatch, weights: Float32Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const unmatched = weights.reduce(
    (sum, weight, t) => sum + ((interaction.maxima[t] ?? 0) < MIN_MATCH ? weight : 0),
    0,
  );
  return total > 0 ? unmatched / total : 1;
}
