import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answeredAt, auroc, hitsAt, ndcgAt } from "../../scripts/dev/evaluation/irMetrics.ts";
import type { Ranked } from "../../scripts/dev/evaluation/irMetrics.ts";
import { SEED } from "../support/seed.ts";

/** Few values, so that there are ties. */
const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 15 });

describe("auroc", () => {
  it("is how often a score of the first is higher, a tie counting half", () => {
    fc.assert(
      fc.property(scores, scores, (yes, no) => {
        const wins: number[] = yes.flatMap((a) => no.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const naive = wins.reduce((sum, win) => sum + win, 0) / wins.length;
        expect(auroc(yes, no)).toBeCloseTo(naive, 10);
      }),
      { seed: SEED },
    );
  });
});

describe("answeredAt", () => {
  it("answers the most at a threshold that lets at most the given share of the others through", () => {
    fc.assert(
      fc.property(scores, scores, (yes, no) => {
        const thresholds = [-Infinity, ...no];
        const allowed = thresholds.filter(
          (bound) => no.filter((score) => score > bound).length <= Math.floor(0.25 * no.length),
        );
        const most = Math.max(
          ...allowed.map((bound) => yes.filter((score) => score > bound).length / yes.length),
        );
        expect(answeredAt(0.25, yes, no)).toBeCloseTo(most, 10);
      }),
      { seed: SEED },
    );
  });
});

function ranked(gold: string[], paragraphs: string[]): Ranked {
  return { query: { gold }, paragraphs };
}

describe("retrieval", () => {
  const found = [
    ranked(["a"], ["a", "b", "c"]),
    ranked(["c"], ["a", "b", "c"]),
    ranked(["d"], ["a", "b", "c"]),
    ranked(["a", "c"], ["b", "a", "c"]),
  ];

  it("counts the queries with a right paragraph among the first", () => {
    expect([1, 2, 3].map((k) => hitsAt(k, found))).toEqual([0.25, 0.5, 0.75]);
  });

  it("discounts by rank, relative to the best order", () => {
    const second = 1 / Math.log2(3);
    const third = 1 / Math.log2(4);
    const last = (second + third) / (1 + second);
    expect(ndcgAt(3, found)).toBeCloseTo((1 + third + 0 + last) / 4, 10);
    expect(ndcgAt(1, found)).toBeCloseTo(0.25, 10);
  });
});
