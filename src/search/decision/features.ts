import type { Distribution } from "../../index/generation.ts";
import { weightedMean } from "../../vectors.ts";
import type { SentenceMatch } from "../scorers/lateInteraction.ts";
import type { RankedPassage } from "../ranking.ts";

/** What a decision is made from. */
export interface Features {
  /** The best passage's late interaction, in standard deviations above what unrelated questions reach in this index. */
  readonly interaction: number;
  /** The root mean square of its tokens' matches: a few strong ones weigh more than many middling ones, 0..1. */
  readonly strength: number;
  /** The best passage's cosine as a whole. */
  readonly dense: number;
  /** The share of the question's weight that has no match in the best passage, 0..1. */
  readonly unmatched: number;
  /** What the terms that the best passage shares with the question add to its score. */
  readonly lexical: number;
  /** By how much the best passage leads the second, in standard deviations of the background. */
  readonly margin: number;
  /** By how much it leads the mean of the best ten, likewise: what many passages match is asked about none of them. */
  readonly lead: number;
  /** ln of the number of tokens: a short question matches easily. */
  readonly length: number;
}

/** Passages that the best one is compared with. */
const LEADERS = 10;

/** A token has no match where its best cosine is below this. */
const MIN_MATCH = 0.35;

/** What to compare with in an index that has no background of its own. */
const USUAL_BACKGROUND = { mean: 0.25, deviation: 0.03 };

/** Least deviation to divide by: in an index of two sentences all questions may score alike. */
const MIN_DEVIATION = 0.01;

export const FEATURES = [
  "interaction",
  "strength",
  "dense",
  "unmatched",
  "lexical",
  "margin",
  "lead",
  "length",
] as const satisfies (keyof Features)[];

/** What unrelated questions of its language group reach in this index; usual values where it was not measured. */
type FeatureContext = Partial<Distribution>;

/**
 * The features of a search's result.
 *
 * @param passages Best first, at least one.
 * @param match The match of the best passage with the question when that is centred.
 */
export function featuresOf(
  passages: readonly RankedPassage[],
  match: SentenceMatch,
  context: FeatureContext = {},
): Features | undefined {
  const [best, second] = passages;
  const leaders = passages.slice(0, LEADERS);
  if (best === undefined) return undefined;
  const { mean: usual = USUAL_BACKGROUND.mean, deviation = USUAL_BACKGROUND.deviation } = context;
  const { words, glosses, pinyin } = best.contributions;
  const unit = Math.max(deviation, MIN_DEVIATION);
  return {
    interaction: (match.score - usual) / unit,
    strength: rootMeanSquare(match, best.weights),
    dense: best.scores.dense,
    unmatched: unmatchedShare(match, best.weights),
    lexical: words + glosses + pinyin,
    margin: second === undefined ? 0 : (best.score - second.score) / unit,
    lead: (best.score - mean(leaders.map(({ score }) => score))) / unit,
    length: Math.log(1 + best.weights.length),
  };
}

function unmatchedShare({ interaction }: SentenceMatch, weights: Float32Array): number {
  const missed = Array.from(interaction.maxima, (cosine) => (cosine < MIN_MATCH ? 1 : 0));
  return weightedMean(missed, weights) ?? 1;
}

function rootMeanSquare({ interaction }: SentenceMatch, weights: Float32Array): number {
  const squares = Array.from(interaction.maxima, (cosine) => Math.max(0, cosine) ** 2);
  return Math.sqrt(weightedMean(squares, weights) ?? 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
