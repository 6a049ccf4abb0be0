import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { buildKeywordIndexes } from "../../../src/ingest/keywordIndexes.ts";
import { readDictionary } from "../../../src/terms/dictionary.ts";
import type { KeywordIndexes, KeywordIndexName } from "../../../src/index/generation.ts";
import { keywordIndexOf } from "../../../src/index/fileStore/openGeneration.ts";
import { readPlainText } from "../../../src/parse/formats/plainText.ts";
import { readReport } from "../../../src/parse/parseReport.ts";
import { highest, matchTerms } from "../../../src/search/scorers/keywords.ts";
import { SEED } from "../../support/seed.ts";

const SENTENCES = [
  "張濤帶頭解決辦證難問題3.5萬個。",
  "市長張才芳走訪企業。",
  "鬥志昂揚的幹部寫下雜誌。",
  "新建公園三個，改造小區四十二個。",
  "定州市召開會議，定州市民參加。",
];

let keywords: KeywordIndexes;
beforeAll(async () => {
  // A paragraph each.
  const report = readReport("a", readPlainText(SENTENCES.join("\n")));
  expect(report.sentences).toHaveLength(SENTENCES.length);
  const { words, glosses, pinyin } = await buildKeywordIndexes([report], await readDictionary());
  keywords = {
    words: keywordIndexOf(words),
    glosses: keywordIndexOf(glosses),
    pinyin: keywordIndexOf(pinyin),
  };
});

async function best(
  question: string,
  leg: KeywordIndexName,
  isNative = leg === "words",
): Promise<string | undefined> {
  const terms = await matchTerms(keywords, question, isNative);
  const [first = -1] = highest(terms[leg], 1);
  return SENTENCES[first];
}

describe("words", () => {
  it.each(["3.5万", "三万五", "35,000", "３５０００", "35000個"])(
    "find a number that is written %j",
    async (question) => {
      expect(await best(question, "words")).toBe(SENTENCES[0]);
    },
  );

  it.each(["斗志", "干部", "杂志", "雜志"])("find %j in other characters", async (question) => {
    expect(await best(question, "words")).toBe(SENTENCES[2]);
  });

  it("count only what the reports know, in their own language", async () => {
    const score = async (question: string, isNative: boolean): Promise<number> =>
      (await matchTerms(keywords, question, isNative)).words.scores[3] ?? 0;
    expect(await score("公園騎鵝旅行", true)).toBeCloseTo(await score("公園", true), 5);
    expect(await score("公園騎鵝旅行", false)).toBeLessThan((await score("公園", false)) / 2);
  });
});

describe("glosses", () => {
  it.each([
    ["how many parks were built", 3],
    ["which enterprises did the mayor visit", 1],
    ["quién visitó la empresa mayor", 1],
  ])("find what is asked in Latin letters: %j", async (question, sentence) => {
    expect(await best(question, "glosses")).toBe(SENTENCES[sentence]);
  });

  it("count by the share of Latin letters", async () => {
    const score = async (question: string): Promise<number> =>
      (await matchTerms(keywords, question, false)).glosses.scores[3] ?? 0;
    expect(await score("park")).toBeGreaterThan(0);
    expect(await score("park公園小區")).toBeCloseTo((await score("park")) / 2, 5);
  });
});

describe("pinyin", () => {
  it.each(["zhang tao", "zhangtao", "ZhangTao", "Zhāng Tāo", "who is zhang tao?"])(
    "finds a name that is typed %j",
    async (question) => {
      expect(await best(question, "pinyin")).toBe(SENTENCES[0]);
    },
  );

  it("counts a name by its share of the question", async () => {
    const score = async (question: string): Promise<number> =>
      (await matchTerms(keywords, question, false)).pinyin.scores[0] ?? 0;
    expect(await score("zhang tao")).toBeCloseTo(1, 5);
    expect(await score("who is zhang tao")).toBeCloseTo(1, 5);
    expect(await score("zhang tao painted")).toBeCloseTo(8 / 15, 5);
    expect(await score("who painted")).toBe(0);
  });
});

describe("highest", () => {
  it("gives the highest scores first, of equal ones the one named first", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 8 }), (values, limit) => {
        const sentences = Uint32Array.from(values.keys());
        const expected = Array.from(values.keys())
          .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
          .slice(0, limit);
        expect(highest({ scores: Float32Array.from(values), sentences }, limit)).toEqual(expected);
      }),
      { seed: SEED },
    );
  });
});
