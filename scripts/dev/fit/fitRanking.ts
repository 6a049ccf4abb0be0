/** Fits the order of passages: how much what was found counts beside what was read. */
import { rankFeatures, RANK_FEATURES } from "../../../src/search/reading/reranking.ts";
import { dot } from "../../../src/vectors.ts";
import { mean } from "../measurements.ts";
import { descend } from "./gradientDescent.ts";
import { roundCoefficient } from "./logistic.ts";
import { FOLDS, eachOfSuite, eachOfXquad } from "./samples.ts";
import type { Sample, SampleSources } from "./samples.ts";

/** The passages of one question. */
interface List {
  readonly source: Sample["source"];
  readonly fold: number;
  /** One row a passage, best first without reading. */
  readonly features: readonly (readonly number[])[];
  readonly isRight: readonly boolean[];
}

/**
 * How much all questions of XQuAD count beside those of the suite: it alone has many short reports, among which the reader finds a likely
 * answer to anything.
 */
const XQUAD_WEIGHT = 2;

const PENALTY = 1e-3;
const STEPS = 800;
const RATE = 0.5;

/** Features are scaled so that one rate fits all: a score of the search moves by tenths, a logit by units. */
const SCALES = { report: 10, retrieval: 10, window: 0.2, span: 0.2, unread: 1, heading: 1 };

/** Fits the weights of the features by a listwise logistic model, with the accuracy by cross-validation. */
export async function fitRanking(sources: SampleSources) {
  const lists: List[] = [];
  const add = (sample: Sample): void => {
    if (sample.kind === "answer") lists.push(listOf(sample));
  };
  await eachOfSuite(sources, add);
  await eachOfXquad(sources, undefined, add);
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitWeights(lists.filter((it) => it.fold !== fold)),
  );
  const right = lists.map((list) => {
    return { source: list.source, isFirst: isFirstRight(list, folds[list.fold] ?? []) };
  });
  const first = (source: Sample["source"]): string =>
    mean(right.filter((it) => it.source === source).map((it) => Number(it.isFirst))).toFixed(3);
  const weights = fitWeights(lists);
  return {
    provenance:
      `npm run fit -- --part ranking: ${lists.length} questions of written reports and XQuAD; right passage first by ${FOLDS}-fold ` +
      `cross-validation over reports ${first("suite")}, XQuAD ${first("XQuAD")}`,
    weights: Object.fromEntries(
      RANK_FEATURES.map((name, k) => [name, roundCoefficient((weights[k] ?? 0) * SCALES[name])]),
    ),
  };
}

function listOf({ searched: { ranked, windows }, source, fold, isRight }: Sample): List {
  const featured = rankFeatures(ranked, windows);
  return {
    source,
    fold,
    features: featured.map(({ values }) => RANK_FEATURES.map((it) => values[it] * SCALES[it])),
    isRight: featured.map(({ passage }) => isRight(passage.passage)),
  };
}

/** Gradient descent on −log of the share that the right passages have of the softmax over a question's passages. */
function fitWeights(lists: readonly List[]): number[] {
  const usable = lists.filter(({ isRight }) => isRight.includes(true));
  const counts = { suite: 0, XQuAD: 0 };
  for (const { source } of usable) counts[source] += 1;
  const weightOf = { suite: 1 / counts.suite, XQuAD: XQUAD_WEIGHT / Math.max(1, counts.XQuAD) };
  return descend(RANK_FEATURES.length, { steps: STEPS, rate: RATE }, (weights) => {
    const gradient = weights.map((weight) => 2 * PENALTY * weight);
    for (const list of usable) addGradient(gradient, list, weights, weightOf[list.source]);
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

function isFirstRight({ features, isRight }: List, weights: readonly number[]): boolean {
  const scores = features.map((row) => dot(row, weights));
  return isRight[scores.indexOf(Math.max(...scores))] ?? false;
}
