import fc from "fast-check";
import { expect, it } from "vitest";
import { windowsOf } from "../../src/index/generation.ts";
import { SEED } from "../support/seed.ts";

/** Windows whose starts and ends never go back. */
const windows = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 20 }).map((steps) => {
  let [from, to] = [0, 1];
  return steps.map(([start, length]) => {
    from = Math.min(from + start, to);
    to = Math.max(to, from + 1 + length);
    return { from, to };
  });
});

it("windowsOf gives the windows that show a sentence, as looking at all of them does", () => {
  fc.assert(
    fc.property(windows, fc.nat(50), (all, sentence) => {
      const shown = all.flatMap(({ from, to }, i) =>
        from <= sentence && sentence < to ? [i] : [],
      );
      expect(windowsOf({ windows: all }, sentence)).toEqual(shown);
    }),
    { seed: SEED },
  );
});
