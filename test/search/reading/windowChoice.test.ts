import { describe, expect, it } from "vitest";
import { windowsOf } from "../../../src/index/generation.ts";
import { prepareChoice } from "../../../src/search/reading/windowChoice.ts";
import { rankedAs } from "../../support/ranked.ts";
import { smallIndex } from "../../support/small.ts";

/** Six sections of one window each, and a paragraph of several that overlap. */
const REPORT = [
  "# 各鎮大事記",
  "——去年的事",
  "記者王某",
  ...["甲", "乙", "丙", "丁", "戊", "己"].flatMap((name) => [
    `## ${name}鎮`,
    `${name}鎮種樹三千棵。`,
  ]),
  "## 庚縣",
  Array.from({ length: 20 }, (_, i) => `庚縣第${i}所學校建成於去年的夏天，學生很多。`).join(""),
].join("\n\n");

const files = { "a.md": REPORT, "b.md": "辛鄉修路。\n" };

/** The sentences of a block by its first words, and what is chosen for sentences ranked in some order. */
async function prepared() {
  const { generation } = await smallIndex(files);
  const { sentences, passages } = generation;
  const texts = await generation.readTexts(passages);
  const sentenceOf = (words: string): number =>
    sentences.findIndex(({ passage }) => texts[passage]?.startsWith(words));
  const windowsFor = (...beginnings: readonly string[]): number[] => [
    ...new Set(beginnings.flatMap((words) => windowsOf(generation, sentenceOf(words)))),
  ];
  const choose = prepareChoice(generation);
  const chosen = async (beginnings: readonly string[], maxText: number): Promise<number[]> =>
    choose(await rankedAs(files, beginnings.map(sentenceOf)), maxText);
  return { generation, windowsFor, chosen };
}

const FRONT = ["各鎮大事記", "——去年", "記者"];

describe("the choice of windows", () => {
  it.each([1, 2, 3])(
    "takes those of the text's best passages, in their order, at most %d, then the front of their report",
    async (most) => {
      const { windowsFor, chosen } = await prepared();
      const order = ["戊鎮種樹", "甲鎮種樹", "丙鎮種樹", "甲鎮種樹"];
      expect(new Set(windowsFor(...order)).size).toBe(3);
      const windows = await chosen(order, most);
      expect(windows).toEqual([...windowsFor(...order.slice(0, most)), ...windowsFor(...FRONT)]);
    },
  );

  it("takes no more where a passage stands in several", async () => {
    const { generation, windowsFor, chosen } = await prepared();
    const split = generation.sentences.findIndex((_, i) => windowsOf(generation, i).length > 1);
    expect(split).toBeGreaterThan(0);
    const choose = prepareChoice(generation);
    const [first] = choose(await rankedAs(files, [split]), 1);
    expect(first).toBe(windowsOf(generation, split)[0]);
    expect(choose(await rankedAs(files, [split]), 1)).toHaveLength(1 + windowsFor(...FRONT).length);
    expect(await chosen([], 1)).toEqual([]);
  });

  it("takes the three best headings besides, behind the text", async () => {
    const { windowsFor, chosen } = await prepared();
    const headings = ["己鎮", "甲鎮", "丁鎮", "丙鎮"];
    const windows = await chosen([...headings, "戊鎮種樹", ...FRONT], 2);
    expect(windows.slice(0, 1)).toEqual(windowsFor("戊鎮種樹"));
    const [byline] = windowsFor("記者");
    expect(windows).toContain(byline);
    for (const heading of headings.slice(0, 3)) {
      for (const window of windowsFor(heading)) expect(windows).toContain(window);
    }
    for (const window of windowsFor("丙鎮")) expect(windows).not.toContain(window);
    expect(new Set(windows).size).toBe(windows.length);
  });

  it("takes the front of the report of the best text only", async () => {
    const { windowsFor, chosen } = await prepared();
    const windows = await chosen(["乙鎮", "辛鄉", "甲鎮種樹"], 1);
    expect(windows).toEqual([...windowsFor("辛鄉"), ...windowsFor("乙鎮")]);
  });

  it("takes none where none may be read", async () => {
    const { chosen } = await prepared();
    expect(await chosen(["甲鎮種樹", "乙鎮", ...FRONT], 0)).toEqual([]);
  });
});
