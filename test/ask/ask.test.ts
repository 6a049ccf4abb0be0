import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareFind } from "../../src/ask/ask.ts";
import { UsageError } from "../../src/errors.ts";
import { kindOf } from "../../src/index/generation.ts";
import type { ReadWindows } from "../../src/models/readWindows.ts";
import { isCitable } from "../../src/report.ts";
import { SEED } from "../support/seed.ts";
import { smallIndex } from "../support/small.ts";

/** A ranking set: a report in which each line is there for a reason, and the order that a question must give. */
const REPORT = [
  "第一節環境",
  "甲鎮去年種樹三千棵。",
  "乙鎮治理河道，水清了。",
  "第二節教育",
  "丙縣新建學校六所。",
  "丙縣改造學校四十二所，投用三所。",
].join("\n");

async function ranking(question: string): Promise<string[]> {
  const { generation, search } = await smallIndex({ "a.txt": REPORT });
  const { passages } = await search(question);
  return generation.readTexts(passages.map(({ passage }) => passage));
}

describe("search", () => {
  it.each([
    ["種樹多少棵", "甲鎮去年種樹三千棵。", "shares most words"],
    ["种树多少棵", "甲鎮去年種樹三千棵。", "meets Traditional words with Simplified ones"],
    [
      "丙縣改造學校",
      "丙縣改造學校四十二所，投用三所。",
      "the rarer word decides between two that share the rest",
    ],
    ["学校 新建", "丙縣新建學校六所。", "does not depend on the order of words"],
  ])("puts first, for %j, %j: it %s", async (question, first) => {
    expect((await ranking(question))[0]).toBe(first);
  });

  it("gives every passage once", async () => {
    const order = await ranking("縣");
    expect(new Set(order).size).toBe(order.length);
  });

  it("answers whatever is asked, in one of three states", async () => {
    const { search } = await smallIndex({ "a.txt": REPORT });
    const odd = [
      "水",
      "a",
      "7",
      "42 3000 6",
      "甲鎮 how many trees 何本 деревьев",
      "张三",
      "\u168B\u1691\u168C\u1690\u168B", // Ogham, which the model does not know
      "\u{12000}\u{12001}\u{12002}", // cuneiform
      "種樹多少棵".repeat(200), // 1,000 characters, more than 512 tokens
      "tree ".repeat(399),
      "😂😂 樹 😂",
      "“甲鎮去年種樹三千棵。”",
      "؟كم عدد الأشجار",
    ];
    for (const question of odd) {
      const { decision, passages } = await search(question);
      expect(["found", "maybe", "none"]).toContain(decision.state);
      expect(decision.confidence).toBeGreaterThanOrEqual(0);
      expect(decision.confidence).toBeLessThanOrEqual(1);
      for (const { score } of passages) expect(Number.isFinite(score)).toBe(true);
    }
  });

  it("answers any text that can be read as a question", async () => {
    const { search } = await smallIndex({ "a.txt": REPORT });
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, async (question) => {
        try {
          const { decision } = await search(question);
          expect(["found", "maybe", "none"]).toContain(decision.state);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it("reads as many windows as are asked for, says why it reads none, and tells how long it took", async () => {
    const { generation, encoder, search } = await smallIndex({ "a.txt": REPORT });
    const read: ReadWindows = (_, windows) =>
      Promise.resolve(
        windows.map(({ length }) => {
          const logits = new Float32Array(length);
          return { answers: 1, starts: logits, ends: logits, nowhere: 0 };
        }),
      );
    const reading = { ...encoder, read };
    const find = async (readWindows?: number) =>
      (await prepareFind(generation, reading, { readWindows }))("種樹多少棵");
    const all = await find();
    expect(all.windows).toHaveLength(generation.windows.length);
    expect(all.whyUnread).toBeUndefined();
    expect((await find(1)).windows.length).toBeLessThan(all.windows.length);
    const unasked = await find(0);
    expect(unasked.windows).toEqual([]);
    expect(unasked.whyUnread).toContain("READ_WINDOWS is 0");
    const { windows, whyUnread, passages, ms } = await search("種樹多少棵");
    expect(windows).toEqual([]);
    expect(whyUnread).toContain("no reader");
    expect(passages.every((it) => it.reading === undefined)).toBe(true);
    expect(ms.read).toBeGreaterThanOrEqual(0);
  });

  it("takes no title or heading for an answer that was neither read nor quoted", async () => {
    const { search } = await smallIndex({ "a.txt": REPORT });
    for (const question of ["環境", "教育是第幾節"]) {
      const { passages } = await search(question);
      expect(passages.length).toBeGreaterThan(0);
      expect(passages.every(({ passage }) => isCitable(kindOf(passage)))).toBe(true);
    }
  });

  it("brings the section that is asked for by its number", async () => {
    const { search } = await smallIndex({ "a.txt": REPORT });
    const [first] = (await search("第一節說什麼")).passages;
    expect(first && kindOf(first.passage)).toBe("heading");
  });

  it("refuses a question without words before the model is asked", async () => {
    const { search } = await smallIndex({ "a.txt": REPORT });
    await expect(search("？？")).rejects.toThrow(UsageError);
  });
});
