/** The order of passages as a listwise logistic model (Cao et al. 2007, "Learning to Rank", section 4). */
import { RANK_FEATURES } from "../../../src/search/reading/reranking.ts";
import type { RankFeatures } from "../../../src/search/reading/reranking.ts";
import { dot } from "../../../src/vectors.ts";
import { descend } from "./gradientDescent.ts";
import { roundCoefficient } from "./logistic.ts";

/** The passages of one question. */
export interface List {
  /** One row a passage, best first without reading. */
  readonly features: readonly (readonly number[])[];
  readonly isRight: readonly boolean[];
}

const PENALTY = 1e-3;
const STEPS = 800;
const RATE = 0.5;

/** Features are scaled so that one rate fits all: a score of the search moves by tenths, a logit by units. */
const SCALES = { report: 10, retrieval: 10, window: 0.2, span: 0.2, unread: 1, heading: 1 };

/** A passage's features as they are learnt from. */
export function scaled(values: RankFeatures): number[] {
  return RANK_FEATURES.map((name) => values[name] * SCALES[name]);
}

/** Weights of scaled features as they are written down, for features as they are. */
export function unscaled(weights: readonly number[]): Record<string, number> {
  return Object.fromEntries(
    RANK_FEATURES.map((name, k) => [name, roundCoefficient((weights[k] ?? 0) * SCALES[name])]),
  );
}

/** Gradient descent on −log of the share that the right passages have of the softmax over a question's passages, each list with its weight. */
export function fitWeights(lists: readonly (List & { readonly weight: number })[]): number[] {
  const usable = lists.filter(({ isRight }) => isRight.includes(true));
  return descend(RANK_FEATURES.length, { steps: STEPS, rate: RATE }, (weights) => {
    const gradient = weights.map((weight) => 2 * PENALTY * weight);
    for (const list of usable) addGradient(gradient, list, weights, list.weight);
    return gradient;
  });
}

function addGradient(
  gradient: number[],
  { features, isRight }: List,
  weights: readonly number[],
  factor: number,
): void {
  const scores = features.map((row) => dot(row, weights));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const ofRight = powers.reduce((sum, power, i) => sum + (isRight[i] ? power : 0), 0);
  features.forEach((row, i) => {
    const share = (powers[i] ?? 0) / total;
    const wanted = isRight[i] ? (powers[i] ?? 0) / ofRight : 0;
    row.forEach((value, k) => {
      gradient[k] = (gradient[k] ?? 0) + factor * (share - wanted) * value;
    });
  });
}

/** Which row weights put first; −1 where there are none. */
export function firstOf({ features }: Pick<List, "features">, weights: readonly number[]): number {
  const scores = features.map((row) => dot(row, weights));
  return scores.indexOf(Math.max(...scores));
}
