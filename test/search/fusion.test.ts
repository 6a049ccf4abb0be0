import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuse, zScores } from "../../src/search/fusion.ts";
import { SEED } from "../support/seed.ts";

const scores = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 2, maxLength: 20 });

describe("zScores", () => {
  it("has mean 0 and deviation 1", () => {
    expect(zScores([1, 3])).toEqual([-1, 1]);
  });

  it("is 0 where all values are equal: such a leg says nothing", () => {
    expect(zScores([0.3, 0.3, 0.3])).toEqual([0, 0, 0]);
  });
});

describe("fuse", () => {
  it("keeps a single leg's order, at any scale", () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0.01, max: 100, noNaN: true }), (leg, scale) => {
        const fused = fuse([{ scores: leg.map((it) => it * scale), weight: 1 }]);
        leg.forEach((a, i) => {
          leg.forEach((b, j) => {
            if (a > b) expect(fused[i]).toBeGreaterThan(fused[j] ?? NaN);
          });
        });
      }),
      { seed: SEED },
    );
  });

  it("does not depend on the order of candidates", () => {
    fc.assert(
      fc.property(scores, (leg) => {
        const other = leg.map((it, i) => (it * 7 + i * 3) % 11);
        const forward = fuse([
          { scores: leg, weight: 1 },
          { scores: other, weight: 0.4 },
        ]);
        const backward = fuse([
          { scores: leg.toReversed(), weight: 1 },
          { scores: other.toReversed(), weight: 0.4 },
        ]);
        backward.toReversed().forEach((it, i) => {
          expect(it).toBeCloseTo(forward[i] ?? NaN, 9);
        });
      }),
      { seed: SEED },
    );
  });

  it("counts a margin, not only a rank", () => {
    const fused = fuse([
      { scores: [0.9, 0.89, 0.1], weight: 1 },
      { scores: [0, 9, 0], weight: 0.4 },
    ]);
    expect(fused.indexOf(Math.max(...fused))).toBe(1);
  });
});
