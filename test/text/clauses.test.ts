import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MIN_CLAUSE_UNITS, splitClauses } from "../../src/text/clauses.ts";
import { SEED } from "../support/seed.ts";

function split(text: string): string[] {
  return splitClauses(text, { start: 0, end: text.length }).map(({ start, end }) =>
    text.slice(start, end),
  );
}

describe("splitClauses", () => {
  it("cuts at commas, and joins short pieces to a neighbour", () => {
    const text =
      "推動解決辦證難問題3.5萬個，改造老舊小區41個，143個無物業小區納入統一管理，辦好實事。";
    expect(split(text)).toEqual([
      "推動解決辦證難問題3.5萬個，",
      "改造老舊小區41個，143個無物業小區納入統一管理，辦好實事。",
    ]);
  });

  it("keeps closing quotes with the clause that ends", () => {
    expect(
      split(
        "他們後來一起高聲地說了這句話：“我們一定會把這件事情做好！”然後他們就都高興地一起走了出去。",
      ),
    ).toEqual([
      "他們後來一起高聲地說了這句話：",
      "“我們一定會把這件事情做好！”",
      "然後他們就都高興地一起走了出去。",
    ]);
  });

  it("cuts at Latin marks before a gap, never within a number or a time", () => {
    expect(split("In 2021 we met 1,000,000 people, at 10:30:00 sharp; they came.")).toEqual([
      "In 2021 we met 1,000,000 people,",
      "at 10:30:00 sharp; they came.",
    ]);
  });

  it.each([
    [
      "甲鎮全年新建成公園和綠地一共1，200處，乙鎮改造了老舊的小區和道路。",
      "全年新建成公園和綠地一共1，200處，",
    ],
    ["會議定於明天的上午在禮堂裡10：30開始，請大家都準時來參加這次會議。", "10：30開始，"],
    [
      "張寒暉寫下了那一首著名的《松花江上，我的家》，後來很快就傳遍了全國的各個地方。",
      "《松花江上，我的家》，",
    ],
    ["The students marched on May 4, 1919, and others followed them soon.", "May 4, 1919,"],
    [
      "他在會上談到了三件事（學校，醫院和道路），並且要求大家都在年底以前完成。",
      "（學校，醫院和道路），",
    ],
  ])("cuts no number, date, title or aside of %j in two", (sentence, whole) => {
    const [first = "", ...others] = split(sentence);
    expect(first.endsWith(whole)).toBe(true);
    expect(others).toHaveLength(1);
  });

  it("leaves a short sentence whole", () => {
    expect(split("好，走。")).toEqual(["好，走。"]);
  });

  it("tiles the sentence with pieces that are long enough", () => {
    const sentence = fc
      .array(fc.constantFrom(...Array.from("甲乙丙，，；：。”a3,"), ", ", "甲乙丙丁戊己庚辛壬癸"), {
        minLength: 1,
      })
      .map((pieces) => `甲${pieces.join("")}`.trim());
    fc.assert(
      fc.property(sentence, (text) => {
        const clauses = splitClauses(text, { start: 0, end: text.length });
        let done = 0;
        for (const { start, end } of clauses) {
          expect(text.slice(done, start).trim()).toBe("");
          // A gap before a Latin word is cut off afterwards.
          if (clauses.length > 1) expect(end - done).toBeGreaterThanOrEqual(MIN_CLAUSE_UNITS);
          done = end;
        }
        expect(done).toBe(text.length);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
