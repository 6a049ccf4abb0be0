import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SentenceVectors } from "../../../src/index/generation.ts";
import { quantizeRows } from "../../../src/vectors.ts";
import { createMaxSim } from "../../../src/search/maxsim/maxsim.ts";
import { matchSentences } from "../../../src/search/scorers/lateInteraction.ts";
import { SEED } from "../../support/seed.ts";

const DIMENSIONS = 16;
type Vector = readonly number[];

const unitVector = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: DIMENSIONS,
    maxLength: DIMENSIONS,
  })
  .filter((it) => Math.hypot(...it) > 0.1)
  .map((it) => it.map((value) => value / Math.hypot(...it)));
const text = fc.array(unitVector, { minLength: 1, maxLength: 6 });

function flat(rows: readonly Vector[]): Float32Array {
  return Float32Array.from(rows.flat());
}

function cosine(a: Vector, b: Vector): number {
  const dot = a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

/** A sentence of which nothing but its tokens is looked at. */
function sentenceOf(
  rows: readonly Vector[],
  sentence: number,
): Pick<SentenceVectors, "sentence" | "tokens"> {
  const tokens = { ...quantizeRows(flat(rows), DIMENSIONS), spans: new Uint32Array(0) };
  return { sentence, tokens };
}

/** The definition, in floats. */
function naive(question: readonly Vector[], sentence: readonly Vector[], weights: Vector): number {
  const best = question.map((q) => Math.max(...sentence.map((d) => cosine(q, d))));
  const sum = best.reduce((total, value, t) => total + value * (weights[t] ?? 0), 0);
  return sum / weights.reduce((total, value) => total + value, 0);
}

describe("late interaction", () => {
  it("gives the definition's score from bytes", () => {
    const maxSim = createMaxSim(DIMENSIONS);
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), (question, sentences) => {
        const weights = question.map((_, t) => t + 1);
        const asked = { tokens: flat(question), weights: Float32Array.from(weights) };
        const matches = matchSentences(maxSim, asked, sentences.map(sentenceOf));
        matches.forEach(({ score, sentence }, i) => {
          expect(sentence).toBe(i);
          const exact = naive(question, sentences[i] ?? [], weights);
          expect(Math.abs(score - exact)).toBeLessThan(0.02);
        });
      }),
      { seed: SEED },
    );
  });
});
