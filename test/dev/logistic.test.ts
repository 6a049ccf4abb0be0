import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLogistic, predict } from "../../scripts/dev/fit/logistic.ts";
import { SEED } from "../support/seed.ts";

const OPTIONS = { classes: 3, penalty: 1e-4, steps: 400, rate: 0.5 };
const CORNERS = [
  { features: [1, 0], label: 0 },
  { features: [0, 1], label: 1 },
  { features: [-1, -1], label: 2 },
];

describe("fitLogistic", () => {
  it("separates what can be separated", () => {
    const model = fitLogistic(CORNERS, OPTIONS);
    for (const { features, label } of CORNERS) {
      const shares = predict(model, features);
      expect(shares.indexOf(Math.max(...shares))).toBe(label);
      expect(shares[label]).toBeGreaterThan(0.9);
    }
  });

  it("gives the same model each time", () => {
    expect(fitLogistic(CORNERS, OPTIONS)).toEqual(fitLogistic(CORNERS, OPTIONS));
  });

  it("counts an example of weight 2 like two examples", () => {
    const [first = CORNERS[0], ...others] = CORNERS;
    if (first === undefined) throw new Error("no example");
    const twice = fitLogistic([first, first, ...others], OPTIONS);
    const weighted = fitLogistic([{ ...first, weight: 2 }, ...others], OPTIONS);
    weighted.biases.forEach((bias, c) => {
      expect(bias).toBeCloseTo(twice.biases[c] ?? NaN, 10);
    });
  });

  it("keeps the weights the smaller the higher the penalty", () => {
    const size = (penalty: number): number =>
      Math.hypot(...fitLogistic(CORNERS, { ...OPTIONS, penalty }).weights.flat());
    expect(size(1)).toBeLessThan(size(0.01));
  });
});

describe("predict", () => {
  it("gives shares that add up to 1", () => {
    const model = fitLogistic(CORNERS, OPTIONS);
    const value = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const shares = predict(model, [a, b]);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
      }),
      { seed: SEED },
    );
  });
});
