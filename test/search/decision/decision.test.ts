import { describe, expect, it } from "vitest";
import { decide, decideDocument, stateOf } from "../../../src/search/decision/decision.ts";
import type { IntentGuess } from "../../../src/search/intent/intent.ts";
import { matchTerms } from "../../../src/search/scorers/keywords.ts";
import { prepareRanking } from "../../../src/search/ranking.ts";
import { smallIndex } from "../../support/small.ts";

const THRESHOLDS = { found: 0.7, maybe: 0.1 };
const ORDINARY: IntentGuess = { intent: "other", probability: 1 };

type Asked = Awaited<ReturnType<typeof ask>>;

async function ask(words: string) {
  const { generation, encoder } = await smallIndex({
    "a.txt": "甲鎮種樹三千棵。\n乙鎮改造小區41個，惠及居民。\n",
  });
  const ranking = prepareRanking(generation);
  const query = {
    isNative: true,
    encoding: await encoder.encode(words, "query"),
    terms: await matchTerms(generation.keywords, words, true),
  };
  const passages = await ranking.score(query, await ranking.candidates(query));
  const [best] = passages;
  const match = best && (await ranking.centredMatch(query, best));
  return { passages, isNative: query.isNative, background: generation.background, match };
}

describe("stateOf", () => {
  it.each([
    [1, "found"],
    [0.7, "found"],
    [0.69, "maybe"],
    [0.1, "maybe"],
    [0.09, "none"],
    [0, "none"],
  ])("is for a confidence of %d: %s", (confidence, state) => {
    expect(stateOf(confidence, THRESHOLDS)).toBe(state);
  });
});

describe("decideDocument", () => {
  it("is as sure as the question's kind is", () => {
    expect(decideDocument({ intent: "title", probability: 0.9 })).toMatchObject({
      state: "found",
      confidence: 0.9,
    });
    expect(decideDocument({ intent: "title", probability: 0.6 }).state).toBe("maybe");
  });
});

describe("decide", () => {
  it.each([
    [0.2, 1],
    [0.5, 1],
    [0.75, 0.5],
    [0.9, 0.2],
    [1, 0],
  ])("keeps, where a question is chat with %d, %d of its confidence", async (probability, kept) => {
    const { passages, ...context } = await ask("改造小區幾個？");
    const plain = decide(passages, { ...context, guess: ORDINARY });
    expect(plain.confidence).toBeGreaterThan(0);
    const chat = decide(passages, { ...context, guess: { intent: "chat", probability } });
    expect(chat.confidence).toBeCloseTo(kept * plain.confidence, 10);
  });

  it.each([
    [0.3, "maybe"],
    [0.2, "none"],
  ])(
    "says of a question of which %d is a name in pinyin of the best passage: %s",
    async (pinyin, state) => {
      const { passages, ...context } = await ask("火星上的天氣");
      const named = passages.map((it) => ({ ...it, scores: { ...it.scores, pinyin } }));
      // Unrelated questions score much higher here.
      const background = { native: { mean: 1, deviation: 0.02 } };
      const { state: said } = decide(named, { ...context, background, guess: ORDINARY });
      expect(said).toBe(state);
    },
  );

  it("is more confident of what shares words with the question than of what shares none", async () => {
    const [shared, strange] = [await ask("改造小區41個"), await ask("火星上的天氣")];
    const confidence = ({ passages, ...context }: Asked): number =>
      decide(passages, { ...context, guess: ORDINARY }).confidence;
    expect(confidence(shared)).toBeGreaterThan(confidence(strange));
  });

  it("finds nothing among no passages", async () => {
    const { isNative, background } = await ask("改造小區幾個？");
    const context = { isNative, background, guess: ORDINARY, match: undefined };
    expect(decide([], context)).toEqual({
      state: "none",
      confidence: 0,
      reasons: undefined,
    });
  });
});
