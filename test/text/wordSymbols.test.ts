import { describe, expect, it } from "vitest";
import { foldText } from "../../src/text/fold.ts";
import { withoutMarks, wordRuns } from "../../src/text/wordSymbols.ts";

describe("words with symbols", () => {
  it.each([
    ["C++班和C#班", "c++ 班和 c# 班"],
    ["A+座教室，A座教室", "a+ 座教室 a 座教室"],
    ["用.NET写的，网站abc.net", "用 .net 写的 网站 abc net"],
    ["R&D经费", "r&d 经费"],
    ["最低到过-5度", "最低到过 -5 度"],
    ["from −5 to ３", "from -5 to 3"],
    ["3-5天，3月-5月，COVID-19，2020-01-15", "3 5 天 3 月 5 月 covid 19 2020 01 15"],
    ["a+b, 1+1, #1, the end.Next", "a b 1 1 1 the end next"],
  ])("are their own: %s", (text, words) => {
    expect(wordRuns(foldText(text)).join(" ")).toBe(words);
  });

  it("stay where all other marks go", () => {
    expect(withoutMarks(foldText("“C++班”，几点？"), "")).toBe("c++班几点");
    expect(withoutMarks(foldText("-5度？ 5度！"), " ").trim()).toBe("-5度 5度");
  });
});
