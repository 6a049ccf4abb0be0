/** Logistic regression by gradient descent: small data, no library, the same result each time. */
import { dot, weightedMean } from "../../../src/vectors.ts";
import { descend } from "./gradientDescent.ts";

/** An example: its features, and whether it is of the class that is learnt. */
export interface Example {
  readonly features: readonly number[];
  readonly isPositive: boolean;
  readonly weight: number;
}

/** The logit of features is their product with the weights, and the bias. */
export interface LogisticModel {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** L2 penalty on the weights of standardised features, and how they are found. */
const PENALTY = 1e-3;
const STEPS = 1_500;
const RATE = 0.3;

/** Decimals of a coefficient. */
const DIGITS = 4;

/** Fits a model by full-batch gradient descent with momentum (Bishop 2006, section 4.3.2), for features as they are. */
export function fitLogistic(examples: readonly Example[]): LogisticModel {
  const scale = scaleOf(examples);
  const rows = examples.map((it) => ({ ...it, features: standardise(it.features, scale) }));
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const size = scale.means.length;
  const found = descend(size + 1, { steps: STEPS, rate: RATE }, (values) => {
    const gradient = values.map((value, k) => (k < size ? PENALTY * value : 0));
    for (const { features, isPositive, weight } of rows) {
      const error = (weight * (logistic(dot(features, values)) - Number(isPositive))) / total;
      features.forEach((value, k) => (gradient[k] = (gradient[k] ?? 0) + error * value));
    }
    return gradient;
  });
  const weights = scale.means.map((_, k) => (found[k] ?? 0) / (scale.deviations[k] ?? 1));
  return { weights, bias: (found[size] ?? 0) - dot(scale.means, weights) };
}

/** How likely the features are of the class that was learnt; 0..1. */
export function predict({ weights, bias }: LogisticModel, features: readonly number[]): number {
  return logistic(dot(weights, features) + bias);
}

/** A coefficient as it is written down. */
export function roundCoefficient(value: number): number {
  return Number(value.toFixed(DIGITS));
}

/** Each feature's mean and standard deviation; 1 where it is the same everywhere. */
interface Scale {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

function scaleOf(examples: readonly Example[]): Scale {
  const shares = examples.map(({ weight }) => weight);
  const meanOf = (valueOf: (example: Example) => number): number =>
    weightedMean(examples.map(valueOf), shares) ?? 0;
  const means = (examples[0]?.features ?? []).map((_, k) =>
    meanOf(({ features }) => features[k] ?? 0),
  );
  const deviations = means.map(
    (mean, k) => Math.sqrt(meanOf(({ features }) => ((features[k] ?? 0) - mean) ** 2)) || 1,
  );
  return { means, deviations };
}

/** With a 1 at the end, for the bias. */
function standardise(features: readonly number[], { means, deviations }: Scale): number[] {
  return [...features.map((value, k) => (value - (means[k] ?? 0)) / (deviations[k] ?? 1)), 1];
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
