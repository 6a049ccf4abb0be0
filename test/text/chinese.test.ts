import { describe, expect, it } from "vitest";
import { isChinese, mayBeChinese } from "../../src/text/chinese.ts";

describe("isChinese", () => {
  it.each([
    ["143個無物業小區納入統一管理。", true, "Traditional"],
    ["143个无物业小区纳入统一管理。", true, "Simplified"],
    ["全年 GDP 增長 6.1%。", true, "with letters in it"],
    ["GDP增長6.1%。", true, "more letters than characters"],
    ["Its title is 黨史.", false, "a quotation in English"],
    ["会議は東京で行われた。", false, "Japanese"],
    ["사업보고서(事業報告書)", false, "Korean"],
    ["6.1 %", false, "numbers"],
    ["", false, "nothing"],
  ])("%j: %s, %s", (text, expected) => {
    expect(isChinese(text)).toBe(expected);
  });
});

describe("mayBeChinese", () => {
  it.each([
    [
      "令和六年度事業報告書\n会議は東京で行われた。",
      false,
      "a Japanese report with a heading in characters alone",
    ],
    [`${"報告".repeat(50)}「ありがとう」`, true, "a Chinese one that quotes some Japanese"],
    ["Annual report\n年度報告", true, "an English one with Chinese in it"],
    ["Annual report", false, "an English one"],
  ])("%j: %s, %s", (report, expected) => {
    expect(mayBeChinese(report)).toBe(expected);
  });
});
