import { describe, expect, it } from "vitest";
import { readDictionary } from "../../src/terms/dictionary.ts";
import { prepareGlosses } from "../../src/terms/glosses.ts";
import { latinTerms } from "../../src/terms/stems.ts";

const glossTerms = prepareGlosses(await readDictionary());

describe("glossTerms", () => {
  it.each([
    ["公園", "park", "a Traditional word"],
    ["公园", "park", "a Simplified word"],
    ["新建了學校六所", "schools", "a word within a sentence, whatever its English ending"],
    ["中華人民共和國", "republic", "a long word"],
    ["中華人民共和國", "people", "and the words within it"],
  ])("of %j include %j: %s", (text, word) => {
    expect(glossTerms(text)).toEqual(expect.arrayContaining(latinTerms(word)));
  });

  it.each([
    ["園", "one character is part of most words"],
    ["hello 42", "no Han character"],
    ["", "nothing"],
  ])("of %j are none: %s", (text) => {
    expect(glossTerms(text)).toEqual([]);
  });

  it("are given once for a word that stands there twice", () => {
    expect(glossTerms("公園公園")).toEqual(glossTerms("公園"));
  });
});
