import { describe, expect, it } from "vitest";
import { smallIndex } from "../support/small.ts";

const REPORT = [
  "第一節老舊小區的改造和辦證",
  "推動解決辦證難問題3.5萬個，改造老舊小區41個，143個無物業小區納入統一管理。",
  "改造老舊小區的資金由各方一起來出，改造之後居民都很滿意，老舊的小區換了新貌。",
  "“路修好了。”村民王某說。",
  "會議於2021年2月20日召開。",
].join("\n");

describe("text that a question quotes", () => {
  it.each([
    ["改造老舊小區41個，143個無物業小區納入統一管理", "推動解決", "character for character"],
    ["改造老旧小区41个143个无物业小区", "推動解決", "in the other script and without marks"],
    ["改造老舊小區４１個", "推動解決", "in full-width digits"],
    ["“路修好了”，村民王某说", "“路修好了", "across the two sentences of a passage"],
    ["第一节 老旧小区的改造和办证", "第一節老舊", "that is a heading"],
    [
      "有人寫道：會議於2021年2月20日召開。這是真的嗎？請告訴我這是哪一天的事情。",
      "會議於",
      "that stands whole within it",
    ],
    ["35,000", "推動解決", "that is a number alone, however written"],
    ["143 41", "推動解決", "that is several numbers"],
  ])("is found: %s", async (question, beginning) => {
    const { generation, search } = await smallIndex({ "a.txt": REPORT });
    const { decision, passages } = await search(question);
    expect(decision).toMatchObject({ state: "found", confidence: 1 });
    const [first] = await generation.readTexts(passages.map(({ passage }) => passage));
    expect(first).toMatch(new RegExp(`^${beginning}`, "u"));
  });

  it.each([
    ["改造", "too short to be more than a term"],
    ["改造老舊小區42個", "another number"],
    ["143 42", "only one of the numbers stands there"],
    ["無物業小區納入統一管理143個", "another order"],
  ])("is not %j: %s", async (question) => {
    const { search } = await smallIndex({ "a.txt": REPORT });
    expect((await search(question)).decision.confidence).toBeLessThan(1);
  });

  it("is cited once, though it is what matches best as well", async () => {
    const { search } = await smallIndex({ "a.txt": REPORT });
    const { passages } = await search("改造老舊小區41個，143個無物業小區納入統一管理");
    const ids = passages.map(({ passage }) => passage.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
