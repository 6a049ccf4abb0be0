import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantizeRows } from "../../../src/vectors.ts";
import { prepareInteraction } from "../../../src/search/scorers/lateInteraction.ts";
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

/** The definition, in floats. */
function maxSim(question: readonly Vector[], sentence: readonly Vector[], weights: Vector): number {
  const best = question.map((q) => Math.max(...sentence.map((d) => cosine(q, d))));
  const sum = best.reduce((total, value, t) => total + value * (weights[t] ?? 0), 0);
  return sum / weights.reduce((total, value) => total + value, 0);
}

describe("late interaction", () => {
  it("gives the definition's score from bytes", () => {
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), (question, sentences) => {
        const tokens = {
          read: (sentence: number) => ({
            ...quantizeRows(flat(sentences[sentence] ?? []), DIMENSIONS),
            spans: new Uint32Array(0),
          }),
        };
        const interact = prepareInteraction({ tokens, dimensions: DIMENSIONS });
        const weights = question.map((_, t) => t + 1);
        const asked = { tokens: flat(question), weights: Float32Array.from(weights) };
        interact(asked, Array.from(sentences.keys())).forEach(({ score, sentence }, i) => {
          expect(sentence).toBe(i);
          const exact = maxSim(question, sentences[i] ?? [], weights);
          expect(Math.abs(score - exact)).toBeLessThan(0.02);
        });
      }),
      { seed: SEED },
    );
  });
});
