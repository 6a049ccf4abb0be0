import { describe, expect, it } from "vitest";
import { locateForms, soughtForms, wordForm } from "../../src/terms/wordForms.ts";

/** Whether a text holds words, one behind the other. */
function holds(text: string, words: string): boolean {
  const sought = soughtForms(words);
  if (sought === undefined) throw new Error(`${words} is no word`);
  return (["asWritten", "byValue"] as const).some((reading) =>
    sought[reading].some((form) => wordForm(text, reading).includes(form)),
  );
}

/** The stretches of a text that hold words. */
function stretches(text: string, words: string): string[] {
  const sought = soughtForms(words);
  const spans = sought === undefined ? [] : locateForms(text, sought);
  return spans.map(({ start, end }) => text.slice(start, end));
}

describe("the words of a text", () => {
  it.each([
    ["納入統一管理的無物業小區有143個", "无物业小区", "in the other script"],
    ["ＷＯＲＬＤ　Ｈｅａｌｔｈ", "world health", "in another width and case"],
    ["辦證3.5萬個", "35,000", "a number by its value"],
    ["辦證三万五千个", "3.5萬個", "a number by its value, with what it counts"],
    ["三万五个", "３５０００", "a numeral of colloquial form"],
    ["有七八萬人", "80000", "the second of two numbers that stand for about"],
    ["三個小區", "三", "a Han numeral as a letter, where alone it counts nothing"],
    ["十五年規劃", "五年", "any stretch of Han letters"],
    ["35 thousand homes", "35", "digits without their scale"],
    ["35.000 Wohnungen", "35000", "digits that may be grouped"],
    ["35.000 %", "35", "digits that may be a decimal"],
    ["“六進”宣講", "六进宣讲", "words around quotation marks"],
    ["《紅樓夢》研究", "红楼梦研究", "words around a title's marks"],
    ["a full-time job", "full time", "words around a hyphen"],
    ["they don’t", "don't", "whatever the apostrophe"],
    ["前　言", "前言", "letters with a blank between them"],
    ["研究開發，改造小區", "開發,改造", "a comma of any width"],
    ["ที่นี่มีบ้าน", "บ้าน", "Thai without blanks"],
    ["データベースの設計", "ベース", "a part of a Japanese word"],
    ["정부는 집을 지었다", "정부", "a Korean word with its particle"],
    ["use C++ here", "c++", "a word with its symbols"],
    ["ob\u200bserv\u00adatory", "observatory", "a word with unseen marks in it"],
    ["e\u0301cole", "école", "a letter in two parts"],
    ["看著他", "著", "a letter that is folded by its neighbours"],
    ["著名的人", "著", "and where it is not"],
    ["甚麼", "甚", "another of these"],
    ["5 km² 300 homes", "300", "a number behind a raised one"],
    ["ὁ λόγος", "ΛΌΓΟΣ", "the last letter of a Greek word"],
    ["CO₂", "co2", "a lowered number"],
    ["a 10% share", "10%", "a number with its sign"],
    ["500多萬人", "多", "a letter that rounds a number"],
    ["小區，物業", "小區，", "words with a mark behind them"],
  ])("%s hold %s: %s", (text, words) => {
    expect(holds(text, words)).toBe(true);
  });

  it.each([
    ["communities", "unit", "a part of a word with blanks around"],
    ["houses", "house", "the beginning of one"],
    ["école", "ecole", "another letter, which search tells apart too"],
    ["35,000", "35", "a part of a number"],
    ["35,000", "000", "the end of one"],
    ["2015年", "5年", "digits of a longer number"],
    ["-5 degrees", "5", "another sign"],
    ["在中國，人們", "中國人", "letters with a mark between them"],
    ["定州\t市區", "州市", "letters of two cells"],
    ["C++", "C", "a word without its symbols"],
    ["a b c", "a c", "words that are not one behind the other"],
    ["10個", "10%", "a number without its sign"],
    ["5 km² 300 homes", "2300", "two numbers as one"],
  ])("%s do not hold %s: %s", (text, words) => {
    expect(holds(text, words)).toBe(false);
  });

  it.each(["", " ", "?!…", "—", "%", "“”", "\u200b", "👩‍👧"])("are not there in %j", (words) => {
    expect(soughtForms(words)).toBeUndefined();
  });

  it("take linear time", () => {
    for (const text of ["三百".repeat(50_000), "1 000 ".repeat(20_000), "a-".repeat(50_000)]) {
      expect(stretches(text, "x")).toEqual([]);
      expect(wordForm(text, "asWritten").length).toBeGreaterThan(0);
    }
  });
});

describe("the places of words", () => {
  it.each([
    ["推動解決辦證難問題3.5萬個，改造老舊小區41個", "35000", ["3.5萬"]],
    ["無物業小區，老舊小区", "小区", ["小區", "小区"]],
    ["「三無」小區", "三无小区", ["三無」小區"]],
    ["Ⅳ and iv", "IV", ["Ⅳ", "iv"]],
    ["５㎡", "m2", ["㎡"]],
    ["ｶﾞｽ代", "ガス", ["ｶﾞｽ"]],
    ["กีฬา", "ก", ["กี"]],
    ["ob\u00adserve it", "observe", ["ob\u00adserve"]],
    ["三万五千五百个", "35,500", ["三万五千五百"]],
    ["a a a", "a a", ["a a", "a a"]],
    ["\ud800小區", "小區", ["小區"]],
    ["nothing", "something", []],
  ])("in %j of %s", (text, words, expected) => {
    expect(stretches(text, words)).toEqual(expected);
  });
});
