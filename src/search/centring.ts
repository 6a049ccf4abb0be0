import type { Encoding } from "../models/encoder/encoding.ts";
import { dot, normaliseRows, subtract } from "../vectors.ts";
import type { QuestionMeans } from "../index/generation.ts";

/** The vectors of a question as they are compared with those of the reports. */
export interface QuestionVectors {
  /** The question as a whole. */
  readonly vector: Float32Array;
  /** Its tokens, row after row, each of length 1. */
  readonly tokens: Float32Array;
}

/** Takes out of a question what all questions of its language have in common; the vectors are normalised again. */
export interface Centring {
  readonly centre: (question: Encoding) => QuestionVectors;
  /** Only the question as a whole. */
  readonly centreWhole: (question: Encoding) => Float32Array;
}

/** How much of the mean is taken out. All of it is too much: the mean of 40 questions also holds some of what they ask. */
const SHARE = 0.7;

/**
 * Prepares centring: what says only "this is a question in English" is a large part of a vector, and the same in all of them;
 * without it, what is asked decides. The language is the one whose mean is nearest: the model tells languages apart better than
 * letter statistics do on half a sentence, and one that the bank does not know takes the mean of its nearest relative.
 */
export function prepareCentring(means: QuestionMeans, dimensions: number): Centring {
  const known = Object.values(means).map(({ vector, token }) => ({
    direction: normaliseRows(Float32Array.from(vector), dimensions),
    vector: Float32Array.from(vector, (value) => SHARE * value),
    token: Float32Array.from(token, (value) => SHARE * value),
  }));
  const meanFor = (vector: Float32Array) => {
    const cosines = known.map(({ direction }) => dot(direction, vector));
    return known[cosines.indexOf(Math.max(...cosines))];
  };
  const takeOut = (rows: Float32Array, mean: Float32Array | undefined): Float32Array =>
    mean === undefined ? rows : normaliseRows(subtract(rows, mean), dimensions);
  return {
    centre: ({ vector, tokens }) => {
      const mean = meanFor(vector);
      return { vector: takeOut(vector, mean?.vector), tokens: takeOut(tokens, mean?.token) };
    },
    centreWhole: ({ vector }) => takeOut(vector, meanFor(vector)?.vector),
  };
}
