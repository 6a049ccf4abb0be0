import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestSpan } from "../../../src/search/reading/answerSpan.ts";
import { SEED } from "../../support/seed.ts";

/** The naive way: all pairs of a start and an end, at most 30 tokens apart. */
function bestOfAll(starts: Float32Array, ends: Float32Array, from: number, to: number): number {
  const sums = Array.from(starts.keys()).flatMap((i) =>
    Array.from(ends.keys())
      .filter((j) => from <= i && i <= j && j < to && j - i < 30)
      .map((j) => (starts[i] ?? NaN) + (ends[j] ?? NaN)),
  );
  return Math.max(...sums);
}

const logits = fc
  .array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
    maxLength: 80,
  })
  .map((pairs) => ({
    starts: Float32Array.from(pairs, ([start]) => start / 4),
    ends: Float32Array.from(pairs, ([, end]) => end / 4),
  }));

describe("bestSpan", () => {
  it("has the highest sum of all spans of at most 30 tokens, and lies where it may", () => {
    fc.assert(
      fc.property(logits, fc.nat(80), fc.nat(80), (reading, one, other) => {
        const { starts, ends } = reading;
        const [from = 0, to = 0] = [one, other]
          .map((it) => it % (starts.length + 1))
          .sort((a, b) => a - b);
        const best = bestSpan(reading, from, to);
        if (from === to) {
          expect(best).toBeUndefined();
          return;
        }
        if (best === undefined) throw new Error("no span");
        expect(best.score).toBe(bestOfAll(starts, ends, from, to));
        expect((starts[best.from] ?? NaN) + (ends[best.to - 1] ?? NaN)).toBe(best.score);
        expect(from <= best.from && best.from < best.to && best.to <= to).toBe(true);
        expect(best.to - best.from).toBeLessThanOrEqual(30);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("does not end before it begins, nor last longer than 30 tokens", () => {
    const starts = new Float32Array(64);
    const ends = new Float32Array(64);
    [starts[32], ends[31], ends[62], ends[61]] = [9, 9, 9, 5];
    expect(bestSpan({ starts, ends }, 0, 64)).toEqual({ from: 32, to: 62, score: 14 });
  });
});
