import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/errors.ts";
import { MAX_QUESTION_CHARS, questionKey, readQuestion } from "../../src/search/question.ts";
import { SEED } from "../support/seed.ts";

describe("readQuestion", () => {
  it.each([
    ["<@123456789> 143个无物业小区 <:party:42>", "143个无物业小区", "mentions and custom emoji"],
    ["看 https://example.org/a?b=c 老旧小区", "看 老旧小区", "links"],
    ["`改造` ```几个```", "改造 几个", "code marks, not the words between them"],
    ["老\u200B旧\u202E小\uFEFF区", "老旧小区", "zero-width and bidirectional marks inside a word"],
    ["老旧\uD83D小区", "老旧小区", "a lone surrogate"],
    ["老旧\u0007\n\t小区", "老旧 小区", "controls and line breaks"],
    ["می\u200Cخواهم", "می\u200Cخواهم", "but not a joiner that belongs to the spelling"],
    ["a < b > c", "a < b > c", "nor signs that are no mention"],
  ])("%j becomes %j: %s", (raw, words) => {
    expect(readQuestion(raw)).toBe(words);
  });

  it.each(["", " \n\t　", "😀🎉", "<@1><@2>", "？？！", "\uD83D\uDE00\uD83D", "\u200B\u202E"])(
    "refuses %j, which has nothing to search for",
    (raw) => {
      expect(() => readQuestion(raw)).toThrow(UsageError);
    },
  );

  it("takes the longest question and refuses one more character, saying both lengths", () => {
    expect(readQuestion("问".repeat(MAX_QUESTION_CHARS))).toHaveLength(MAX_QUESTION_CHARS);
    expect(() => readQuestion("问".repeat(20_000))).toThrow(
      "has 20000 characters, the most is 2000",
    );
  });

  it("gives words that need no reading again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (raw) => {
        let words: string;
        try {
          words = readQuestion(`问 ${raw}`);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          return;
        }
        expect(words).not.toMatch(/[\p{Surrogate}\p{Cc}]/u);
        expect(words.trim()).toBe(words);
      }),
      { seed: SEED },
    );
  });
});

describe("questionKey", () => {
  it.each([
    ["C++班", "C#班"],
    ["C#班", "C班"],
    ["Ｃ＋＋？", "c"],
    [".NET", "net"],
    ["-5度", "5度"],
    ["A-级", "A级"],
    ["grade A−", "grade A"],
    ["3.5", "3-5"],
    ["3.5", "3 5"],
    ["10%", "10"],
    ["10%", "10‰"],
    ["增长>5", "增长<5"],
    ["增长≥5", "增长5"],
    ["±5", "5"],
    ["5+3", "5-3"],
    ["5×3", "5÷3"],
    ["$5", "€5"],
  ])("tells %s from %s", (one, other) => {
    expect(questionKey(one)).not.toBe(questionKey(other));
  });

  it.each([
    ["Ｃ＋＋班", "“c++班”？"],
    ["−5度", "－５度！"],
    ["10％", "10%?"],
    ["143個無物業小區", "143个无物业小区。"],
    ["増えた?", "増えた。"],
    ["grade A - what?", "Grade A: what"],
    ["the plan (2021)", "the plan, 2021"],
    ["**bold** > words", "bold words"],
  ])("is the same of %s and %s", (one, other) => {
    expect(questionKey(one)).toBe(questionKey(other));
  });
});
