import { describe, expect, it } from "vitest";
import { passageOf } from "../../../src/index/generation.ts";
import { featuresOf } from "../../../src/search/decision/features.ts";
import type { ReadPassage } from "../../../src/search/reading/reranking.ts";
import type { WindowReading } from "../../../src/search/reading/windowReadings.ts";
import type { SentenceMatch } from "../../../src/search/scorers/lateInteraction.ts";
import { smallIndex } from "../../support/small.ts";

const REPORT = "# 各鎮大事\n\n甲鎮種樹三千棵。\n\n乙鎮改造小區41個。\n";

function match(score: number, maxima: readonly number[]): SentenceMatch {
  const interaction = { maxima: Float32Array.from(maxima), matches: new Int32Array(maxima.length) };
  return { sentence: 0, score, interaction, spans: new Uint32Array(0) };
}

function windowOf(score: number): WindowReading {
  const none = new Float32Array(0);
  const reading = { answers: score, starts: none, ends: none, nowhere: 0 };
  const tokens = { ids: new Uint32Array(0), spans: new Uint32Array(0) };
  return { window: 0, report: undefined, reading, tokens, score };
}

/** The passages of the report as they might stand: two that were found, and the title. */
async function threePassages(): Promise<[ReadPassage, ReadPassage, ReadPassage]> {
  const { generation, search } = await smallIndex({ "a.md": REPORT });
  const [first, second] = (await search("改造小區")).passages;
  const title = passageOf(generation, 0);
  if (!first || !second || !title) throw new Error("too few passages");
  return [first, second, { ...first, passage: title }];
}

describe("featuresOf", () => {
  it("measures the first passage by reading, against the second and against the question", async () => {
    const [first, second] = await threePassages();
    const window = windowOf(2.5);
    const reading = { window, score: 1.5, span: { start: 0, end: 1 } };
    const weights = Float32Array.from([2, 1, 1]);
    const features = featuresOf({
      passages: [
        { ...first, rank: 0.75, reading, weights, match: match(0.5, [0.8, 0.3, -0.2]) },
        { ...second, rank: -0.5 },
      ],
      windows: [windowOf(-1), window, windowOf(0)],
      unreadFirst: first.passage,
      isNative: true,
    });
    const { strength, length, lexical, ...others } = features;
    expect(others).toEqual({
      passage: 1.5,
      window: 2.5,
      lead: 1.25,
      agreed: 1,
      heading: 0,
      interaction: 0.5,
      native: 1,
    });
    expect(strength).toBeCloseTo(Math.sqrt((2 * 0.64 + 0.09) / 4), 5);
    expect(length).toBeCloseTo(Math.log(4), 10);
    const { words, glosses, pinyin } = first.contributions;
    expect(words).toBeGreaterThan(0);
    expect(lexical).toBeCloseTo(words + glosses + pinyin, 10);
  });

  it("says whether another passage would stand first without reading, and whether this one is a heading", async () => {
    const [first, second, title] = await threePassages();
    const outcome = { windows: [], unreadFirst: second.passage, isNative: false };
    expect(featuresOf({ ...outcome, passages: [first] })).toMatchObject({
      agreed: 0,
      heading: 0,
      native: 0,
    });
    expect(featuresOf({ ...outcome, passages: [title] })).toMatchObject({ agreed: 0, heading: 1 });
  });

  it("has values that are no doubt's where nothing was read and nothing stands behind", async () => {
    const [first] = await threePassages();
    const outcome = { windows: [], unreadFirst: first.passage, isNative: true };
    const passages = [{ ...first, match: match(0, []) }] as const;
    const { passage, window, lead, strength } = featuresOf({ ...outcome, passages });
    expect(passage).toBeLessThan(-5);
    expect(window).toBe(passage);
    expect(lead).toBeGreaterThan(0);
    expect(strength).toBe(0);
  });
});
