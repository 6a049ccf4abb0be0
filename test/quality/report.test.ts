/** The floors of search quality, with the real model on the real report. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DEVELOPMENT_QUESTIONS,
  RECALL_FLOORS,
  REFUSAL_FLOORS,
  askAll,
  isRight,
  readQuestions,
  recallAt,
  refusals,
} from "../../scripts/dev/evaluation/reportQuestions.ts";
import type { Outcome, Question } from "../../scripts/dev/evaluation/reportQuestions.ts";
import { DEFAULT_READ_WINDOWS, readConfig } from "../../src/config.ts";
import { openProgram } from "../../src/main.ts";
import type { Collection } from "../../src/collections/collection.ts";
import { cleanText } from "../../src/parse/clean/clean.ts";
import { decodeText } from "../../src/parse/decode.ts";
import { runFolder } from "../support/folders.ts";

const REPORT = "reports/dingzhou-2021-review.txt";

let collection: Collection;
let outcomes: Outcome[];

beforeAll(async () => {
  const config = readConfig({ INDEX_DIR: await runFolder() });
  collection = await openProgram({ config });
  outcomes = await askAll(collection.ask, await readQuestions(DEVELOPMENT_QUESTIONS), 3);
}, 300_000);

afterAll(async () => {
  await collection.close();
});

describe("the development questions", () => {
  it.each(RECALL_FLOORS)(
    "right passage among the first $k, $group: at least $atLeast",
    ({ k, group, atLeast }) => {
      expect(recallAt(k, group, outcomes)).toBeGreaterThanOrEqual(atLeast);
    },
  );

  it("are answered with the report's words, character for character", async () => {
    const { text } = cleanText(decodeText(await readFile(REPORT), REPORT));
    const excerpts = outcomes.flatMap(({ answer }) => answer.excerpts);
    expect(excerpts.length).toBeGreaterThanOrEqual(3 * outcomes.length);
    for (const excerpt of excerpts) {
      expect(text.slice(excerpt.start, excerpt.end)).toBe(excerpt.text);
    }
  });

  it("are not refused where the answer is there, and are where it is far from it; what only looks like it is seldom claimed", () => {
    const { offTopicRefused, answerableKept, nearMissClaimed } = refusals(outcomes);
    expect(offTopicRefused).toBeGreaterThanOrEqual(REFUSAL_FLOORS.offTopicRefused);
    expect(answerableKept).toBeGreaterThanOrEqual(REFUSAL_FLOORS.answerableKept);
    expect(nearMissClaimed).toBeLessThanOrEqual(REFUSAL_FLOORS.nearMissClaimedAtMost);
  });

  it("come with what was read, in the report's words", async () => {
    const { text } = cleanText(decodeText(await readFile(REPORT), REPORT));
    const asked = { maxExcerpts: 1, isExplained: true };
    const { read, excerpts } = await collection.ask("143个无物业小区后来怎么处理的？", asked);
    const windows = read?.windows ?? [];
    expect(windows.length).toBeGreaterThanOrEqual(DEFAULT_READ_WINDOWS);
    for (const { words } of windows) expect(text).toContain(words);
    const [surest] = windows.toSorted((a, b) => b.score - a.score);
    expect(surest?.paragraphs).toEqual([13, 13]);
    expect(excerpts.map(({ paragraph }) => paragraph)).toEqual([13]);
    const pointed = excerpts.map((it) => it.text.slice(...(it.reading?.span ?? [])));
    expect(pointed).toEqual([surest?.words]);
  });

  it("get the same answer each time", async () => {
    const { ms: first, ...one } = await collection.ask("三大保卫战是哪三大", { maxExcerpts: 3 });
    const { ms: second, ...two } = await collection.ask("三大保卫战是哪三大", { maxExcerpts: 3 });
    expect(two).toEqual(one);
    expect(Math.min(first.total, second.total)).toBeGreaterThan(0);
  });
});

describe("isRight", () => {
  const question: Question = {
    id: "a",
    lang: "zh-Hant",
    question: "幾個？",
    type: "number",
    difficulty: "easy",
    answerable: true,
    gold: ["改造老舊小區41個，143個無物業小區納入統一管理。"],
    gold_spans: ["老舊小區41個"],
  };
  it.each([
    ["改造老舊小區41個，143個無物業小區納入統一管理。好。", true, "contains the passage"],
    ["改造老舊 小區４１個，", true, "lies inside and holds the span, in NFKC and without spaces"],
    ["143個無物業小區納入統一管理。", false, "lies inside, but the span is not there"],
    ["老舊小區41個很多", false, "holds the span, but is another text"],
  ])("%j: %s, because it %s", (excerpt, expected) => {
    expect(isRight(excerpt, question)).toBe(expected);
  });
});
