import type { Encoding } from "../embed/encoding.ts";
import { normaliseRows, subtract } from "../embed/rows.ts";
import type { QuestionMeans } from "../index/questionMeans.ts";

/** The vectors of a question as they are compared with those of the reports. */
export interface QuestionVectors {
  /** The question as a whole. */
  readonly vector: Float32Array;
  /** Its tokens, row after row, each of length 1. */
  readonly tokens: Float32Array;
}

/** Takes out of a question what all questions of its language have in common; both vectors are normalised again. */
export type Centre = (question: Encoding) => QuestionVectors;

/** How much of the mean is taken out. All of it is too much: the mean of 40 questions also holds some of what they ask. */
const SHARE = 0.7;

/**
 * Prepares centring: what says only "this is a question in English" is a large part of a vector, and the same in all of them;
 * without it, what is asked decides. The language is the one whose mean is nearest: the model tells languages apart better than
 * letter statistics do on half a sentence, and one that the bank does not know takes the mean of its nearest relative.
 */
export function prepareCentring(means: QuestionMeans, dimensions: number): Centre {
  const known = Object.values(means).map(({ vector, token }) => ({
    direction: normaliseRows(Float32Array.from(vector), dimensions),
    vector: Float32Array.from(vector, (value) => SHARE * value),
    token: Float32Array.from(token, (value) => SHARE * value),
  }));
  return ({ vector, tokens }) => {
    const cosines = known.map(({ direction }) => dot(direction, vector));
    const mean = known[cosines.indexOf(Math.max(...cosines))];
    if (mean === undefined) return { vector, tokens };
    return {
      vector: normaliseRows(subtract(vector, mean.vector), dimensions),
      tokens: normaliseRows(subtract(tokens, mean.token), dimensions),
    };
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
}
