import { describe, expect, it } from "vitest";
import { featuresOf } from "../../../src/search/decision/features.ts";
import type { SentenceMatch } from "../../../src/search/scorers/lateInteraction.ts";
import { matchTerms } from "../../../src/search/scorers/keywords.ts";
import { prepareRanking } from "../../../src/search/ranking.ts";
import type { RankedPassage } from "../../../src/search/ranking.ts";
import { smallIndex } from "../../support/small.ts";

const REPORT = "甲鎮種樹三千棵。\n乙鎮改造小區41個。\n丙鎮新建公園三個。\n";

async function ranked(question: string): Promise<RankedPassage[]> {
  const { generation, encoder } = await smallIndex({ "a.txt": REPORT });
  const ranking = prepareRanking(generation);
  const query = {
    isNative: true,
    encoding: await encoder.encode(question, "query"),
    terms: await matchTerms(generation.keywords, question, true),
  };
  return ranking.score(query, await ranking.candidates(query));
}

function match(score: number, maxima: readonly number[]): SentenceMatch {
  const interaction = { maxima: Float32Array.from(maxima), matches: new Int32Array(maxima.length) };
  return { sentence: 0, score, interaction, spans: new Uint32Array(0) };
}

describe("featuresOf", () => {
  it("measures the match against the background, and what stands behind the best passage", async () => {
    const [first, second] = await ranked("改造小區");
    if (!first || !second) throw new Error("too few passages");
    const passages = [
      { ...first, score: 0.9, weights: Float32Array.from([2, 1, 1]) },
      { ...second, score: 0.7 },
    ];
    const features = featuresOf(passages, match(0.5, [0.8, 0.3, -0.2]), {
      mean: 0.3,
      deviation: 0.05,
    });
    const { words, glosses, pinyin } = first.contributions;
    expect(features?.interaction).toBeCloseTo(4, 5);
    expect(features?.strength).toBeCloseTo(Math.sqrt((2 * 0.64 + 0.09) / 4), 5);
    expect(features?.unmatched).toBeCloseTo(0.5, 5);
    expect(features?.margin).toBeCloseTo(4, 5);
    expect(features?.lead).toBeCloseTo(2, 5);
    expect(features?.length).toBeCloseTo(Math.log(4), 5);
    expect(features?.dense).toBe(first.scores.dense);
    expect(features?.lexical).toBeCloseTo(words + glosses + pinyin, 10);
  });

  it("has usual values where no background was measured, and no margin over nothing", async () => {
    const [first] = await ranked("改造小區");
    if (!first) throw new Error("no passage");
    const features = featuresOf([first], match(0.25, [0.25]));
    expect(features).toMatchObject({ interaction: 0, margin: 0, lead: 0 });
  });

  it("is nothing for no passage", () => {
    expect(featuresOf([], match(1, []))).toBeUndefined();
  });
});
