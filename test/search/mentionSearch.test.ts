import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IndexedPassage, IndexedReport, IndexedSentence } from "../../src/index/generation.ts";
import { UsageError } from "../../src/errors.ts";
import {
  MAX_WORDS_CHARS,
  prepareMentionSearch,
  readWords,
} from "../../src/search/mentionSearch.ts";
import { wordForm } from "../../src/terms/wordForms.ts";
import { SEED } from "../support/seed.ts";

/** An index of reports that have these sentences, each a passage of its own. */
function indexOf(...reports: readonly (readonly string[])[]) {
  const sentences: IndexedSentence[] = [];
  const passages: IndexedPassage[] = [];
  const texts = new Map<IndexedReport, string>();
  for (const [number, said] of reports.entries()) {
    const report = {
      id: String(number),
      title: "",
      front: {},
      pages: [],
      sections: [],
      blocks: [],
    };
    texts.set(report, said.join("\n"));
    let start = 0;
    for (const sentence of said) {
      const span = { start, end: start + sentence.length };
      start = span.end + 1;
      sentences.push({ span, block: 0, kind: "paragraph", passage: passages.length });
      const rest = { words: [0, 0], textHash: "", foldedHash: "" } as const;
      passages.push({ id: "", report, span, block: 0, sentences: [1, 1], ...rest });
    }
  }
  const readTexts = (stretches: readonly Pick<IndexedPassage, "report" | "span">[]) =>
    Promise.resolve(
      stretches.map(({ report, span }) => texts.get(report)?.slice(span.start, span.end) ?? ""),
    );
  return { sentences, passages, readTexts, reports: [...texts.keys()] };
}

/** What is said, in several ways to write it. */
const SAID: readonly (readonly string[])[] = [
  ["無", "无"],
  ["業", "业"],
  ["區", "区"],
  ["發", "发", "発"],
  ["3.5萬", "35,000", "三万五千", "３５０００", "叁萬伍仟", "35.000"],
  ["143", "一百四十三", "１４３"],
  [" Village ", " village ", " ＶＩＬＬＡＧＥ "],
  [" C++ ", " c++ "],
  ["ガス", "ｶﾞｽ"],
  ["，", ",", "、"],
];

const MARK = SAID.length - 1;

/** A text as the numbers of what it says, with how each is written: no number beside another, which would be one number. */
const saying = fc
  .array(fc.nat(MARK), { minLength: 1, maxLength: 8 })
  .map((said) => said.filter((it, i) => !(isNumber(it) && isNumber(said[i - 1] ?? MARK))))
  .chain((said) =>
    fc.tuple(
      fc.constant(said),
      fc.tuple(...said.map((it) => fc.constantFrom(...(SAID[it] ?? [])))),
    ),
  )
  .map(([said, written]) => ({ said, text: written.join("") }));

function isNumber(said: number): boolean {
  return said === 4 || said === 5;
}

/** What is left of a phrase without the marks around it. */
function trimmed(said: readonly number[]): readonly number[] {
  const first = said.findIndex((it) => it !== MARK);
  return first < 0 ? [] : said.slice(first, said.findLastIndex((it) => it !== MARK) + 1);
}

/** Whether numbers stand one behind the other in others. */
function standsIn(part: readonly number[], whole: readonly number[]): boolean {
  return whole.some((_, i) => part.every((it, k) => whole[i + k] === it));
}

describe("mentions", () => {
  it("are all the sentences that say the words, and no other, however these are written", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(saying, { minLength: 1, maxLength: 40 }),
        fc.array(saying, { minLength: 1, maxLength: 2 }),
        async (sentences, asked) => {
          const parts = asked.map(({ said }) => trimmed(said)).filter((it) => it.length > 0);
          fc.pre(parts.length > 0);
          const find = prepareMentionSearch(indexOf(sentences.map(({ text }) => text)));
          const found = await find(readWords(asked.map(({ text }) => `"${text}"`).join(" ")));
          const expected = sentences.flatMap(({ said }, i) =>
            parts.every((part) => standsIn(part, said)) ? [i] : [],
          );
          expect(found).toEqual(expected);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("are those of a naive scan, in whatever blocks, and of one report alone", async () => {
    const letters = fc.constantFrom(..."無业区 3.5萬三万，aB ".split(""));
    const text = fc.string({ unit: letters, minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(text, { maxLength: 50 }), { minLength: 1, maxLength: 3 }),
        fc.array(text, { minLength: 1, maxLength: 4 }),
        fc.nat(2),
        async (reports, asked, number) => {
          const index = indexOf(...reports);
          const find = prepareMentionSearch(index);
          const report = index.reports[number];
          for (const words of asked.filter((it) => /[^\s，.]/u.test(it))) {
            const sought = readWords(words);
            const holds = (said: string): boolean =>
              sought.every((it) =>
                (["asWritten", "byValue"] as const).some((reading) =>
                  it[reading].some((form) => wordForm(said, reading).includes(form)),
                ),
              );
            const expected = reports.map((it) => it.map(holds));
            const numbersOf = (held: readonly boolean[]) =>
              held.flatMap((it, i) => (it ? [i] : []));
            // One report first: what is kept of it must not hide the others.
            const before = reports.slice(0, number).flat().length;
            if (report) {
              const ofOne = numbersOf(expected[number] ?? []).map((it) => it + before);
              expect(await find(sought, { report })).toEqual(ofOne);
              expect(await find(sought, { report, limit: 1 })).toEqual(ofOne.slice(0, 1));
            }
            expect(await find(sought)).toEqual(numbersOf(expected.flat()));
          }
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  it("of several words are where all of them stand, in any order", async () => {
    const find = prepareMentionSearch(
      indexOf(["無物業小區143個", "小區有物業", "物業", "The OLD mill, and the new one"]),
    );
    expect(await find(readWords("物业 小区"))).toEqual([0, 1]);
    expect(await find(readWords("小區 １４３ 物業"))).toEqual([0]);
    expect(await find(readWords("new old"))).toEqual([3]);
  });

  it.each([
    '"物業小區"',
    "“物业小区”",
    "「物業小區」",
    "『物業小區』",
    "«物業小區»",
    "＂物業小區＂",
  ])("of the phrase %s are where its words stand one behind the other", async (phrase) => {
    const find = prepareMentionSearch(indexOf(["無物業小區143個", "小區的物業"]));
    expect(await find(readWords(phrase))).toEqual([0]);
    expect(await find(readWords(`${phrase} 143`))).toEqual([0]);
  });

  it("of words of grammar are found like all others", async () => {
    const find = prepareMentionSearch(indexOf(["The end", "我的家", "An end"]));
    expect(await find(readWords("the"))).toEqual([0]);
    expect(await find(readWords("的"))).toEqual([1]);
  });

  it("let other work go on while many sentences are looked at", async () => {
    const find = prepareMentionSearch(indexOf(new Array<string>(20_000).fill("無物業小區3.5萬個")));
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    expect(await find(readWords("35000"))).toHaveLength(20_000);
    clearInterval(turning);
    expect(turns).toBeGreaterThan(2);
  });

  it("of 100,000 identical sentences are all there", async () => {
    const find = prepareMentionSearch(indexOf(new Array<string>(100_000).fill("樹高。")));
    expect(await find(readWords("树"))).toHaveLength(100_000);
    expect(await find(readWords("树"), { limit: 20 })).toHaveLength(20);
  });

  it.each(["", "  ", '""', "「」", "?!", "— %", "*".repeat(40)])(
    "are not looked for where there is no word: %j",
    (words) => {
      expect(() => readWords(words)).toThrow(UsageError);
    },
  );

  it("are looked for up to a length of the words", () => {
    expect(readWords("字".repeat(MAX_WORDS_CHARS))).toHaveLength(1);
    expect(() => readWords("字".repeat(MAX_WORDS_CHARS + 1))).toThrow("201 characters");
  });
});
