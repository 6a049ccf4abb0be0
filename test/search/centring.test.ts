import { describe, expect, it } from "vitest";
import { prepareCentring } from "../../src/search/centring.ts";

const MEANS = {
  en: { vector: [0.6, 0], token: [0, 0.5] },
  "zh-Hans": { vector: [0, 0.6], token: [0.5, 0] },
};

function centred(language: string): number[] {
  const question = {
    vector: Float32Array.from([0.6, 0.8]),
    tokens: Float32Array.from([0.6, 0.8, 1, 0]),
    weights: Float32Array.from([1, 1]),
    spans: new Int32Array(4),
  };
  const { vector, tokens } = prepareCentring(MEANS, 2)(question, language);
  return [...vector, ...tokens].map((value) => Number(value.toFixed(3)));
}

describe("centring", () => {
  it("takes a language's mean out of the question and of each token, and normalises them again", () => {
    expect(centred("en")).toEqual([0, 1, 0.894, 0.447, 0.894, -0.447]);
  });

  it("knows a language in another script by its tag", () => {
    expect(centred("zh-Hant")).toEqual(centred("zh-Hans"));
  });

  it("takes the mean of all languages for one that it does not know", () => {
    expect(centred("xx")).toEqual([0.514, 0.857, 0.537, 0.844, 0.949, -0.316]);
  });

  it("leaves a vector alone that is the mean itself", () => {
    const none = new Float32Array(2);
    const question = {
      vector: Float32Array.from([0.6, 0]),
      tokens: none,
      weights: none,
      spans: new Int32Array(0),
    };
    expect(Array.from(prepareCentring(MEANS, 2)(question, "en").vector)).toEqual([0, 0]);
  });
});
