import type { Encoding } from "../embed/encoding.ts";
import { normaliseRows, subtract } from "../embed/rows.ts";
import type { QuestionMeans } from "../index/questionMeans.ts";
import { primaryTag } from "./language.ts";

/** The vectors of a question as they are compared with those of the reports. */
export interface QuestionVectors {
  /** The question as a whole. */
  readonly vector: Float32Array;
  /** Its tokens, row after row, each of length 1. */
  readonly tokens: Float32Array;
}

/** Takes out of a question what all questions of its language have in common; both vectors are normalised again. */
export type Centre = (question: Encoding, language: string) => QuestionVectors;

/**
 * Prepares centring. The mean of a language that the bank does not know is the mean of all that it knows.
 *
 * "This is a question in English" is a large part of a vector and the same in all of them: without it, what is asked decides.
 */
export function prepareCentring(means: QuestionMeans, dimensions: number): Centre {
  const known = new Map(
    Object.entries(means).map(([language, { vector, token }]) => [
      language,
      { vector: Float32Array.from(vector), token: Float32Array.from(token) },
    ]),
  );
  const byTag = new Map([...known].map(([language, mean]) => [primaryTag(language), mean]));
  const all = {
    vector: average(
      [...known.values()].map(({ vector }) => vector),
      dimensions,
    ),
    token: average(
      [...known.values()].map(({ token }) => token),
      dimensions,
    ),
  };
  return ({ vector, tokens }, language) => {
    const mean = known.get(language) ?? byTag.get(primaryTag(language)) ?? all;
    return {
      vector: normaliseRows(subtract(vector, mean.vector), dimensions),
      tokens: normaliseRows(subtract(tokens, mean.token), dimensions),
    };
  };
}

function average(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  return Float32Array.from(
    { length: dimensions },
    (_, k) =>
      vectors.reduce((sum, vector) => sum + (vector[k] ?? 0), 0) / Math.max(1, vectors.length),
  );
}
