import { describe, expect, it } from "vitest";
import { prepareMentions } from "../../src/ask/mentions.ts";
import type { Mentions } from "../../src/ask/mentions.ts";
import { smallIndex } from "../support/small.ts";

const REPORT = [
  "# 小區年報",
  "## 一、無物業小區",
  "改造老舊小區41個。路也修好了。無物業小區3.5萬戶納入管理。",
  "- 小區的樹\n- 河邊的樹",
  "| 小區 | 戶數 |\n| --- | --- |\n| 甲小區 | 35,000 |\n| 乙村 | 12 |",
  "他說：“小區好。”",
].join("\n\n");

const OTHER =
  "# World report\n\n## World Health\n\nThe old community has 35 thousand homes. Co-operation, they don’t say.\n";

async function mentions(): Promise<Mentions> {
  const files = { "a.md": REPORT, "b.md": OTHER };
  return prepareMentions((await smallIndex(files)).generation);
}

const ALL = { offset: 0, limit: 100 };

describe("mentions", () => {
  it("are sentences of paragraphs, titles, headings, items, rows and quotations, in the report's order", async () => {
    const { total, mentions: found } = await (await mentions()).find("小区", ALL);
    expect(found.map(({ text }) => text)).toEqual([
      "小區年報",
      "一、無物業小區",
      "改造老舊小區41個。",
      "無物業小區3.5萬戶納入管理。",
      "小區的樹",
      "甲小區 | 35,000",
      "他說：“小區好。”",
    ]);
    expect(total).toBe(found.length);
  });

  it("have their own places, and the words in them", async () => {
    const { mentions: found } = await (await mentions()).find("35000 无物业", ALL);
    expect(found).toMatchObject([
      {
        report: "a",
        title: "小區年報",
        section: ["一、無物業小區"],
        paragraph: 3,
        sentences: [3, 3],
        text: "無物業小區3.5萬戶納入管理。",
        highlights: [
          [0, 3],
          [5, 9],
        ],
        highlight: [0, 3],
        alsoAt: [],
      },
    ]);
  });

  it("of a sentence within a passage of several are that sentence", async () => {
    const { generation } = await smallIndex({
      "q.txt": "題目\n\n開會了。“路修好了。”村民王某說。\n",
    });
    const { mentions: found } = await prepareMentions(generation).find("王某", ALL);
    expect(found.map(({ text, sentences }) => ({ text, sentences }))).toEqual([
      { text: "村民王某說。", sentences: [3, 3] },
    ]);
    expect(generation.passages.some(({ sentences: [from, to] }) => from < to)).toBe(true);
  });

  it("come page by page, with the number of all", async () => {
    const { find } = await mentions();
    const all = await find("小区", ALL);
    const page = await find("小区", { offset: 3, limit: 2 });
    expect(page).toEqual({ total: all.total, offset: 3, mentions: all.mentions.slice(3, 5) });
    expect(await find("小区", { offset: 100, limit: 2 })).toMatchObject({ mentions: [] });
  });

  it("may be of one report alone", async () => {
    const { find } = await mentions();
    expect((await find("35000", ALL)).mentions.map(({ report }) => report)).toEqual([
      "a",
      "a",
      "b",
    ]);
    const { mentions: found } = await find("35000", { ...ALL, report: "b" });
    expect(found.map(({ report }) => report)).toEqual(["b"]);
  });

  it("mark words that overlap, or stand one behind the other, as one", async () => {
    const { find } = await mentions();
    const [first] = (await find("物业小 无物业 小区3.5万", ALL)).mentions;
    expect(first?.highlights).toEqual([[0, 9]]);
  });

  it("of the heads of columns are the first row of their table", async () => {
    const { find } = await mentions();
    const { mentions: found } = await find("户数", ALL);
    expect(found).toMatchObject([
      { text: "甲小區 | 35,000", columns: "小區 | 戶數", highlights: [] },
    ]);
  });
});

describe("a report's name", () => {
  it("is its id, its key, or a part of its id or title", async () => {
    const { reportsNamed } = await mentions();
    const [a, b] = reportsNamed("");
    expect([a?.id, b?.id]).toEqual(["a", "b"]);
    expect(reportsNamed("小区")).toEqual([a]);
    expect(reportsNamed("WORLD")).toEqual([b]);
    expect(reportsNamed(b?.key ?? "")).toEqual([b]);
    expect(reportsNamed("b")).toEqual([b]);
    expect(reportsNamed("c?")).toEqual([]);
  });
});

describe("suggestions", () => {
  it.each([
    ["物业", "物業小區"],
    ["管", "管理"],
    ["comm", "community"],
    ["HEAL", "Health"],
    ["35", "35,000"],
    ["old comm", "old community"],
    ['"old comm', '"old community"'],
    ["worl", '"World Health"'],
  ])("for %j hold the report's own %j, and are found", async (typed, expected) => {
    const { suggest, find } = await mentions();
    const offered = await suggest(typed);
    expect(offered).toContain(expected);
    expect(offered.length).toBeLessThanOrEqual(25);
    for (const words of offered) expect((await find(words, ALL)).total).toBeGreaterThan(0);
  });

  it("begin with what was typed before they hold it", async () => {
    const { generation } = await smallIndex({
      "a.md": "# A\n\nAn income, an income, an income. They come. A newcomer.\n",
    });
    const { suggest } = prepareMentions(generation);
    const offered = await suggest("com");
    expect(offered[0]).toBe("come");
    expect(offered).toContain("income");
  });

  it("are telling words of headings before anything is typed", async () => {
    const { suggest } = await mentions();
    const offered = await suggest("");
    expect(offered).toEqual(expect.arrayContaining(["World", "Health", "物業"]));
    expect(await suggest("", "b")).toEqual(["World", "Health"]);
  });

  it.each(["?!", "qqqqqq", "字".repeat(2_000), "[\\p{"])("may be none: %j", async (typed) => {
    expect(await (await mentions()).suggest(typed)).toEqual([]);
  });
});
