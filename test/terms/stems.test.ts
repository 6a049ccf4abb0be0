import { describe, expect, it } from "vitest";
import { contentChars, latinTerms, latinWords } from "../../src/terms/stems.ts";

describe("latinWords", () => {
  it.each([
    ["Zhāng Tāo", ["zhang", "tao"], "accents and capitals away"],
    ["naïve ｆａｃｔ", ["naive", "fact"], "full-width letters too"],
    ["在park裡42", ["park"], "Latin letters only"],
  ])("of %j are %j: %s", (text, words) => {
    expect(latinWords(text)).toEqual(words);
  });
});

describe("latinTerms", () => {
  it.each([
    ["renovated neighbourhoods", ["renov", "neigh"]],
    ["what is the park", ["park"]],
    ["radiation radiación Radioaktivität", ["radia", "radia", "radio"]],
    ["the of and", []],
  ])("of %j are %j", (text, terms) => {
    expect(latinTerms(text)).toEqual(terms);
  });

  it("are the same for forms of one word", () => {
    expect(latinTerms("schools")).toEqual(latinTerms("school"));
    expect(latinTerms("organising")).toEqual(latinTerms("organised"));
  });
});

describe("contentChars", () => {
  it.each([
    ["who is zhang tao", 8],
    ["張濤 zhang", 7],
    ["42!", 0],
  ])("of %j are %i", (text, count) => {
    expect(contentChars(text)).toBe(count);
  });
});
