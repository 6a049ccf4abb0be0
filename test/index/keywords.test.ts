import { describe, expect, it } from "vitest";
import { buildKeywords, openKeywords } from "../../src/index/keywords.ts";

const DOCUMENTS = [
  { id: 0, text: "去年建成三處公園。", headings: "" },
  { id: 1, text: "去年建成四處。", headings: "第二節公園" },
  { id: 2, text: "去年種樹三千棵。", headings: "第三節種樹" },
  { id: 3, text: "新建3.5萬個車位，使用WHO標準。", headings: "" },
];

const index = buildKeywords(DOCUMENTS);

function found(question: string): number[] {
  return index.search(question, 10).map(({ sentence }) => sentence);
}

describe("a keyword index", () => {
  it.each([
    ["公園", [0, 1], "a heading lifts the sentence below it, the word itself lifts more"],
    ["公园", [0, 1], "in either script"],
    ["３.５万", [3], "numbers in any width"],
    ["who", [3], "words in either case"],
    ["教育", [], "nothing for what is nowhere"],
    ["", [], "nothing for nothing"],
  ])("finds for %j %j: %s", (question, sentences) => {
    expect(found(question)).toEqual(sentences);
  });

  it("gives no more than asked for, best first", () => {
    expect(index.search("去年建成公園", 1).map(({ sentence }) => sentence)).toEqual([0]);
  });

  it("is the same once it was stored", () => {
    const opened = openKeywords(index.serialize());
    expect(opened.search("去年公園", 10)).toEqual(index.search("去年公園", 10));
  });
});
