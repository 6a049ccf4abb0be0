import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WINDOW_OVERLAP_TOKENS, planWindows } from "../../../src/models/encoder/encodeText.ts";
import { SEED } from "../../support/seed.ts";

describe("planWindows", () => {
  it("takes a text that fits in one window", () => {
    expect(planWindows(500, 508)).toEqual([{ from: 0, to: 500, keepFrom: 0, keepTo: 500 }]);
  });

  it("gives an empty text one empty window, so that it still has a vector", () => {
    expect(planWindows(0, 508)).toHaveLength(1);
  });

  it("keeps every token once, with context on both sides", () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 129, max: 600 }), (count, maxTokens) => {
        const windows = planWindows(count, maxTokens);
        let next = 0;
        for (const { from, to, keepFrom, keepTo } of windows) {
          expect(to - from).toBeLessThanOrEqual(maxTokens);
          expect(keepFrom).toBe(next);
          const half = WINDOW_OVERLAP_TOKENS / 2;
          if (from > 0) expect(keepFrom - from).toBe(half);
          if (to < count) expect(to - keepTo).toBe(half);
          next = keepTo;
        }
        expect(next).toBe(count);
      }),
      { seed: SEED },
    );
  });

  it("refuses windows that would not move on", () => {
    expect(() => planWindows(10, 2 * WINDOW_OVERLAP_TOKENS)).toThrow(RangeError);
  });
});
