import { describe, expect, it } from "vitest";
import { prepareCentring } from "../../src/search/centring.ts";

const MEANS = {
  en: { vector: [0.6, 0], token: [0, 0.5] },
  zh: { vector: [0, 0.6], token: [0.5, 0] },
};

function centred(means: typeof MEANS | Record<string, never>, vector: readonly number[]): number[] {
  const question = {
    vector: Float32Array.from(vector),
    tokens: Float32Array.from([0.6, 0.8, 1, 0]),
    weights: Float32Array.from([1, 1]),
    spans: new Int32Array(4),
  };
  const { vector: whole, tokens } = prepareCentring(means, 2).centre(question);
  return [...whole, ...tokens].map((value) => Number(value.toFixed(3)));
}

describe("centring", () => {
  it("takes .7 of the nearest language's mean out of the question and of each token, and normalises them again", () => {
    // (.8, .6) − .7 (.6, 0) = (.38, .6); (.6, .8) − .7 (0, .5) = (.6, .45); (1, 0) − .7 (0, .5) = (1, −.35)
    expect(centred(MEANS, [0.8, 0.6])).toEqual([0.535, 0.845, 0.8, 0.6, 0.944, -0.33]);
    // (.6, .8) − .7 (0, .6) = (.6, .38); (.6, .8) − .7 (.5, 0) = (.25, .8); (1, 0) − .7 (.5, 0) = (.65, 0)
    expect(centred(MEANS, [0.6, 0.8])).toEqual([0.845, 0.535, 0.298, 0.954, 1, 0]);
  });

  it("changes nothing where no mean is known", () => {
    expect(centred({}, [0.8, 0.6])).toEqual([0.8, 0.6, 0.6, 0.8, 1, 0]);
  });

  it("leaves no vector that is the mean itself without a finite value", () => {
    const means = { en: { vector: [1 / 0.7, 0], token: [1 / 0.7, 0] } };
    const none = new Float32Array(0);
    const question = {
      vector: Float32Array.from([1, 0]),
      tokens: Float32Array.from([1, 0]),
      weights: none,
      spans: new Int32Array(2),
    };
    const { vector, tokens } = prepareCentring(means, 2).centre(question);
    expect([...vector, ...tokens].every((value) => Number.isFinite(value))).toBe(true);
  });
});
