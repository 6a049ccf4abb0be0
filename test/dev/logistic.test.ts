import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLogistic, predict } from "../../scripts/dev/fit/logistic.ts";
import type { Example } from "../../scripts/dev/fit/logistic.ts";
import { SEED, seededRandom } from "../support/seed.ts";

const CORNERS: readonly Example[] = [
  { features: [1, 0], isPositive: true, weight: 1 },
  { features: [0.9, 1], isPositive: true, weight: 1 },
  { features: [-1, -1], isPositive: false, weight: 1 },
];

describe("fitLogistic", () => {
  it("separates what can be separated", () => {
    const model = fitLogistic(CORNERS);
    for (const { features, isPositive } of CORNERS) {
      expect(predict(model, features) > 0.9).toBe(isPositive);
      expect(predict(model, features) < 0.1).toBe(!isPositive);
    }
  });

  it("gives the same model each time", () => {
    expect(fitLogistic(CORNERS)).toEqual(fitLogistic(CORNERS));
  });

  it("counts an example of weight 2 like two examples", () => {
    const [first, ...others] = CORNERS;
    if (first === undefined) throw new Error("no example");
    const twice = fitLogistic([first, first, ...others]);
    const weighted = fitLogistic([{ ...first, weight: 2 }, ...others]);
    expect(weighted.bias).toBeCloseTo(twice.bias, 8);
    weighted.weights.forEach((weight, k) => {
      expect(weight).toBeCloseTo(twice.weights[k] ?? NaN, 8);
    });
  });

  it("finds the odds of what no feature tells apart", () => {
    const examples = [true, true, true, false].map((isPositive) => ({
      features: [7],
      isPositive,
      weight: 1,
    }));
    expect(predict(fitLogistic(examples), [7])).toBeCloseTo(0.75, 3);
  });

  it("is not misled by the scale of a feature", () => {
    const random = seededRandom();
    const examples = Array.from({ length: 200 }, () => {
      const [x, noise] = [random() - 0.5, random() - 0.5];
      return { features: [x, noise], isPositive: x + 0.4 * noise > 0, weight: 1 };
    });
    const scaled = examples.map((it) => ({ ...it, features: it.features.map((x) => 1_000 * x) }));
    const [model, ofScaled] = [fitLogistic(examples), fitLogistic(scaled)];
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (x) => {
        const expected = predict(model, [x, 0]);
        expect(predict(ofScaled, [1_000 * x, 0])).toBeCloseTo(expected, 6);
      }),
      { seed: SEED },
    );
  });
});
