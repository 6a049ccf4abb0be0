import { describe, expect, it } from "vitest";
import { kindOf } from "../../src/index/generation.ts";
import { isCitable } from "../../src/report.ts";
import { findExactMatches, NO_MATCHES } from "../../src/search/exactMatch.ts";
import { matchTerms } from "../../src/search/scorers/keywords.ts";
import { smallIndex } from "../support/small.ts";

const REPORT = [
  "第一節老舊小區的改造和辦證",
  "推動解決辦證難問題3.5萬個，改造老舊小區41個，143個無物業小區納入統一管理。",
  "改造老舊小區的資金由各方一起來出，改造之後居民都很滿意，老舊的小區換了新貌。",
  "“路修好了。”村民王某說。",
  "會議於2021年2月20日召開。",
].join("\n");

const ENGLISH = [
  "# Annual review",
  "## Health",
  "The clinic in the old mill opened in May.",
  "## World Health",
  "Vaccines were given to three hundred children.",
].join("\n\n");

const ARTICLES = [
  "市容管理規定",
  "第一章　總則",
  "第一條　為了市容整潔，制定本規定。",
  "第二條　養犬須繫繩，違者罰款五十元。",
  "第三條　本規定自下月起施行。",
].join("\n");

async function ask(question: string, files: Record<string, string> = { "a.txt": REPORT }) {
  const { generation, search } = await smallIndex(files);
  const { decision, passages } = await search(question);
  const texts = await generation.readTexts(passages.map(({ passage }) => passage));
  return { decision, passages, texts };
}

describe("text that a question quotes", () => {
  it.each([
    [
      "推動解決辦證難問題3.5萬個，改造老舊小區41個，143個無物業小區納入統一管理。",
      "推動解決",
      "character for character",
    ],
    [
      "推动解决办证难问题3.5万个改造老旧小区４１个143个无物业小区纳入统一管理",
      "推動解決",
      "in the other script, in full-width digits and without marks",
    ],
    [
      "有人寫道：會議於2021年2月20日召開。這是真的嗎？請告訴我這是哪一天的事情。",
      "會議於",
      "within a longer question",
    ],
    ["35,000", "推動解決", "by a number alone, however written"],
    ["143 41", "推動解決", "by several numbers"],
  ])("is found for certain if a whole sentence is: %s", async (question, beginning) => {
    const { decision, texts } = await ask(question);
    expect(decision).toEqual({ state: "found", confidence: 1, reasons: undefined });
    expect(texts[0]).toMatch(new RegExp(`^${beginning}`, "u"));
  });

  it.each([
    ["改造老舊小區41個，143個無物業小區納入統一管理", "推動解決", "character for character"],
    ["改造老旧小区41个143个无物业小区", "推動解決", "in the other script and without marks"],
    ["改造老舊小區４１個", "推動解決", "in full-width digits"],
    ["“路修好了”，村民王某说", "“路修好了", "across the two sentences of a passage"],
    ["第一节 老旧小区的改造和办证", "第一節老舊", "that is a heading"],
  ])("comes first, but proves nothing, if it is part of a passage: %s", async (question, first) => {
    const { decision, texts } = await ask(question);
    expect(texts[0]).toMatch(new RegExp(`^${first}`, "u"));
    expect(decision.confidence).toBeLessThan(1);
    expect(decision.reasons).toBeDefined();
  });

  it.each([
    ["改造", "too short to be more than a term"],
    ["改造老舊小區42個", "another number"],
    ["143 42", "only one of the numbers stands there"],
    ["無物業小區納入統一管理143個", "another order"],
  ])("is not %j: %s", async (question) => {
    const { generation } = await smallIndex({ "a.txt": REPORT });
    const { words } = await matchTerms(generation.keywords, question, true);
    expect(words.sentences).not.toHaveLength(0);
    expect(await findExactMatches(generation, question, words)).toEqual(NO_MATCHES);
  });

  it.each([
    "Who invented the World Health Organization?",
    "What does the annual review say about Mars?",
    "Is health mentioned in May?",
  ])("is no heading or title that stands in a question: %s", async (question) => {
    const { decision, passages } = await ask(question, { "a.md": ENGLISH });
    expect(decision.reasons).toBeDefined();
    expect(decision.confidence).toBeLessThan(1);
    expect(passages).toHaveLength(2);
    expect(passages.filter(({ passage }) => !isCitable(kindOf(passage)))).toEqual([]);
  });

  it("is found by a number in Han numerals, and by a number alone only if that is there", async () => {
    expect((await ask("三万五千")).decision.state).toBe("found");
    expect((await ask("三万五千")).texts[0]).toMatch(/^推動解決/u);
    expect((await ask("八百万")).decision.state).toBe("none");
  });

  it.each([
    ["第二条是什么？", "found", /^第二條　養犬/u],
    ["第2條講什麼", "found", /^第二條　養犬/u],
    ["What does article 2 say?", "found", /^第二條　養犬/u],
    ["第一章讲什么", "found", /^第一章　總則/u],
    ["第九条规定了什么？", "none", /./u],
  ])("is an article or chapter, asked for by its number: %s", async (question, state, first) => {
    const { decision, texts } = await ask(question, { "a.txt": ARTICLES });
    expect(decision.state).toBe(state);
    expect(texts[0]).toMatch(first);
  });

  it("is shown where title or headings are nearest to the question, if it stands in several places", async () => {
    const files = {
      "a.txt": "二〇二一年通報\n\n全年沒有發生事故。\n工廠換了排風扇。\n",
      "b.txt": "二〇二二年通報\n\n全年沒有發生事故。\n工廠換了防滑地磚。\n",
    };
    for (const [year, report] of [
      ["2021", "a"],
      ["2022", "b"],
    ]) {
      const { passages } = await ask(`${year ?? ""}年全年有沒有發生事故？`, files);
      const said = passages.find(({ passage }) => passage.report.id === report);
      expect(said).toBeDefined();
    }
  });

  it("is cited once, though it is what matches best as well", async () => {
    const { passages } = await ask("改造老舊小區41個，143個無物業小區納入統一管理");
    const ids = passages.map(({ passage }) => passage.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
