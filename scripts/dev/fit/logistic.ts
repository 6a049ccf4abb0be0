/** Multinomial logistic regression by gradient descent: small data, no library, the same result each time. */

import { dot } from "../../../src/vectors.ts";

/** An example: its features, and the number of its class. */
interface Example {
  readonly features: readonly number[] | Float32Array;
  readonly label: number;
  /** How much it counts; 1 where not given. */
  readonly weight?: number;
}

/** One row of weights and one bias a class. */
export interface LinearModel {
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
}

interface FitOptions {
  readonly classes: number;
  /** L2 penalty on the weights. */
  readonly penalty: number;
  readonly steps: number;
  readonly rate: number;
}

const MOMENTUM = 0.9;

/** Decimals of a coefficient. */
const DIGITS = 4;

/** Fits a model by full-batch gradient descent with momentum (Bishop 2006, section 4.3.4). */
export function fitLogistic(
  examples: readonly Example[],
  { classes, penalty, steps, rate }: FitOptions,
): LinearModel {
  const size = examples[0]?.features.length ?? 0;
  const weights = Array.from({ length: classes }, () => new Float64Array(size + 1));
  const speed = Array.from({ length: classes }, () => new Float64Array(size + 1));
  const total = examples.reduce((sum, { weight = 1 }) => sum + weight, 0);
  for (let step = 0; step < steps; step++) {
    const gradient = weights.map((row) => row.map((value, k) => (k < size ? penalty * value : 0)));
    for (const { features, label, weight = 1 } of examples) {
      const shares = softmax(weights.map((row) => dot(features, row) + (row[size] ?? 0)));
      shares.forEach((share, c) => {
        const error = (weight * (share - (c === label ? 1 : 0))) / total;
        const row = gradient[c];
        if (row) accumulate(row, features, error);
      });
    }
    weights.forEach((row, c) => {
      const ahead = speed[c] ?? row;
      for (let k = 0; k <= size; k++) {
        ahead[k] = MOMENTUM * (ahead[k] ?? 0) - rate * (gradient[c]?.[k] ?? 0);
        row[k] = (row[k] ?? 0) + (ahead[k] ?? 0);
      }
    });
  }
  return {
    weights: weights.map((row) => Array.from(row.subarray(0, size))),
    biases: weights.map((row) => row[size] ?? 0),
  };
}

/** The share of each class; they add up to 1. */
export function predict({ weights, biases }: LinearModel, features: Example["features"]): number[] {
  return softmax(weights.map((row, c) => dot(features, row) + (biases[c] ?? 0)));
}

function accumulate(row: Float64Array, features: Example["features"], error: number): void {
  for (let k = 0; k < features.length; k++) row[k] = (row[k] ?? 0) + error * (features[k] ?? 0);
  row[features.length] = (row[features.length] ?? 0) + error;
}

/** A coefficient as it is written down. */
export function roundCoefficient(value: number): number {
  return Number(value.toFixed(DIGITS));
}

function softmax(values: readonly number[]): number[] {
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
