import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantizeCentred } from "../../src/embed/quantize.ts";
import { meanOfRows } from "../../src/embed/rows.ts";
import { prepareInteraction } from "../../src/search/interaction.ts";
import { SEED } from "../support/seed.ts";

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
  it("gives the definition's score from bytes, with vectors as they are and with centred ones", () => {
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 2, maxLength: 4 }), (question, sentences) => {
        const mean = meanOfRows(sentences.map(flat), DIMENSIONS);
        const all = quantizeCentred(flat(sentences.flat()), mean);
        // A token that is the mean itself has no direction once it is centred.
        fc.pre(Math.min(...all.lengths) > 0.2);
        const counts = sentences.map((it) => it.length);
        const offsets = Uint32Array.from([
          0,
          ...counts.map((_, i) => counts.slice(0, i + 1).reduce((a, b) => a + b)),
        ]);
        const tokens = { ...all, dimensions: DIMENSIONS, mean, offsets, spans: new Uint32Array(0) };
        const { plain, centred } = prepareInteraction({ tokens, dimensions: DIMENSIONS });
        const weights = question.map((_, t) => t + 1);
        const asked = { tokens: flat(question), weights: Float32Array.from(weights) };
        const numbers = sentences.map((_, i) => i);
        const moved = sentences.map((it) =>
          it.map((d) => d.map((value, k) => value - (mean[k] ?? 0))),
        );
        plain(asked, numbers).forEach(({ score }, i) => {
          expect(Math.abs(score - maxSim(question, sentences[i] ?? [], weights))).toBeLessThan(
            0.02,
          );
        });
        centred(asked, numbers).forEach(({ score }, i) => {
          expect(Math.abs(score - maxSim(question, moved[i] ?? [], weights))).toBeLessThan(0.02);
        });
      }),
      { seed: SEED },
    );
  });
});
