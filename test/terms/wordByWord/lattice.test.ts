import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cheapestWay } from "../../../src/terms/wordByWord/lattice.ts";
import type { Edge } from "../../../src/terms/wordByWord/lattice.ts";
import { SEED } from "../../support/seed.ts";

/** All ways along a run, each tried. */
function cheapest(length: number, edges: readonly Edge<number>[], from = 0): number {
  if (from === length) return 0;
  const next = edges.filter((edge) => edge.from === from);
  return Math.min(...next.map(({ to, cost }) => cost + cheapest(length, edges, to)));
}

describe("cheapestWay", () => {
  it("costs as little as the cheapest of all ways, and leaves nothing out", () => {
    const costs = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 45, maxLength: 45 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), costs, (length, all) => {
        let next = 0;
        const edges: Edge<number>[] = [];
        for (let to = 1; to <= length; to++) {
          for (let from = 0; from < to; from++) {
            edges.push({ from, to, cost: all[next++] ?? 1, word: next });
          }
        }
        const way = cheapestWay(length, (to) => edges.filter((edge) => edge.to === to));
        const places = way.flatMap(({ from, to }) => [from, to]);
        expect([0, ...places, length].filter((_, i) => i % 2 === 0)).toEqual(
          [...places, length].filter((_, i) => i % 2 === 0),
        );
        expect(way.reduce((sum, { cost }) => sum + cost, 0)).toBe(cheapest(length, edges));
      }),
      { seed: SEED },
    );
  });

  it("is no way where there is nothing", () => {
    expect(cheapestWay(0, () => [])).toEqual([]);
  });
});
