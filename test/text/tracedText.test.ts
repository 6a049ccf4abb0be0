import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldText, foldTraced } from "../../src/text/fold.ts";
import { originOf, rewrite, rewriteTraced, untouched } from "../../src/text/tracedText.ts";
import type { Rewrite } from "../../src/text/tracedText.ts";
import { hostileText } from "../support/hostile.ts";
import { SEED } from "../support/seed.ts";

const STEPS: readonly Rewrite[] = [
  [/b+/gu, () => ""],
  [/c/gu, () => "xyz"],
  [/zx/gu, () => "!"],
];

describe("a rewriting", () => {
  it("gives the same text with places and without", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", "c", "𠮷") }), (text) => {
        const { text: made, origins } = rewriteTraced(untouched(text), STEPS);
        expect(made).toBe(rewrite(text, STEPS));
        expect(origins).toHaveLength(made.length + 1);
        expect(origins.at(-1)).toBe(text.length);
        expect(origins).toEqual(origins.toSorted((a, b) => a - b));
      }),
      { seed: SEED },
    );
  });

  it("finds the whole of what a stretch comes from", () => {
    const traced = rewriteTraced(untouched("a bb c d"), STEPS);
    expect(traced.text).toBe("a  xyz d");
    expect(originOf(traced, 4, 5)).toEqual([5, 6]);
    expect(originOf(traced, 0, 1)).toEqual([0, 1]);
    expect(originOf(traced, 7, 8)).toEqual([7, 8]);
  });
});

describe("folding with places", () => {
  it("folds as folding does, or says that places are lost", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const folded = foldTraced(untouched(text));
        if (folded === undefined) return;
        expect(folded.text).toBe(foldText(text));
        expect(folded.origins).toHaveLength(folded.text.length + 1);
      }),
      { seed: SEED },
    );
  });

  it("knows what letters of another length come from", () => {
    const folded = foldTraced(untouched("５㎡ＡΣ著名"));
    expect(folded).toEqual({ text: "5m2aς著名", origins: [0, 1, 1, 2, 3, 4, 5, 6] });
  });
});
