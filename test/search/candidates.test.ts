import { describe, expect, it } from "vitest";
import { passageOf } from "../../src/index/generation.ts";
import { findCandidates } from "../../src/search/candidates.ts";
import { matchTerms } from "../../src/search/scorers/keywords.ts";
import { smallIndex } from "../support/small.ts";

const FEW = ["題目一則", "第一節公園", "甲鎮新建公園三個。", "乙鎮改造小區。"].join("\n");

/** More sentences than are all looked at, each with words of its own. */
const MANY = [
  "題目一則",
  ...Array.from({ length: 120 }, (_, i) => `第${i + 1}個村莊去年修路${(i + 3) * 17}米。`),
  "桃花源記由陶淵明寫成。",
].join("\n");

async function candidatesFor(report: string, question: string): Promise<string[]> {
  const { generation, encoder } = await smallIndex({ "a.txt": report });
  const { vector } = await encoder.encode(question, "query");
  const terms = await matchTerms(generation.keywords, question, true);
  const found = await findCandidates(generation, vector, terms);
  expect(new Set(found).size).toBe(found.length);
  return generation.readTexts(
    found.flatMap((i) => {
      const span = generation.sentences[i]?.span;
      const report = passageOf(generation, i)?.report;
      return span && report ? [{ report, span }] : [];
    }),
  );
}

describe("findCandidates", () => {
  it("gives all sentences of a short report, titles and headings too", async () => {
    expect(await candidatesFor(FEW, "公園")).toEqual(FEW.split("\n"));
  });

  it("chooses among many, and keeps the one that shares the question's words", async () => {
    const found = await candidatesFor(MANY, "誰寫了桃花源記");
    expect(found).toContain("桃花源記由陶淵明寫成。");
    expect(found.length).toBeLessThanOrEqual(64 + 12 + 12 + 6);
  });
});
