import { describe, expect, it } from "vitest";
import { decide, decideDocument, stateOf } from "../../../src/search/decision/decision.ts";
import type { DecisionContext } from "../../../src/search/decision/decision.ts";
import type { IntentGuess } from "../../../src/search/intent/intent.ts";
import { matchTerms } from "../../../src/search/scorers/keywords.ts";
import { prepareRanking } from "../../../src/search/ranking.ts";
import type { EncodedQuestion, RankedPassage } from "../../../src/search/ranking.ts";
import { smallIndex } from "../../support/small.ts";

const THRESHOLDS = { found: 0.7, maybe: 0.1 };
const ORDINARY: IntentGuess = { intent: "other", probability: 1 };

interface Asked extends Omit<DecisionContext, "intent"> {
  readonly question: EncodedQuestion;
  readonly passages: readonly RankedPassage[];
}

async function ask(words: string): Promise<Asked> {
  const { generation, encoder } = await smallIndex({
    "a.txt": "甲鎮種樹三千棵。\n乙鎮改造小區41個，惠及居民。\n",
  });
  const ranking = prepareRanking(generation);
  const question = {
    isNative: true,
    encoding: await encoder.encode(words, "query"),
    terms: matchTerms(generation.keywords, words, true),
  };
  const { background } = generation;
  return { question, passages: ranking.rank(question), ranking, background };
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
    const { question, passages, ...context } = await ask("改造小區幾個？");
    const plain = decide(question, passages, { ...context, intent: ORDINARY });
    expect(plain.confidence).toBeGreaterThan(0);
    const chat = decide(question, passages, {
      ...context,
      intent: { intent: "chat", probability },
    });
    expect(chat.confidence).toBeCloseTo(kept * plain.confidence, 10);
  });

  it.each([
    [0.3, "maybe"],
    [0.2, "none"],
  ])(
    "says of a question of which %d is a name in pinyin of the best passage: %s",
    async (pinyin, state) => {
      const { question, passages, ranking } = await ask("火星上的天氣");
      const named = passages.map((it) => ({ ...it, scores: { ...it.scores, pinyin } }));
      // Unrelated questions score much higher here.
      const background = { native: { mean: 1, deviation: 0.02 } };
      const { state: said } = decide(question, named, { ranking, background, intent: ORDINARY });
      expect(said).toBe(state);
    },
  );

  it("is more confident of what shares words with the question than of what shares none", async () => {
    const [shared, strange] = [await ask("改造小區41個"), await ask("火星上的天氣")];
    const confidence = ({ question, passages, ...context }: Asked): number =>
      decide(question, passages, { ...context, intent: ORDINARY }).confidence;
    expect(confidence(shared)).toBeGreaterThan(confidence(strange));
  });

  it("finds nothing among no passages", async () => {
    const { question, ...context } = await ask("改造小區幾個？");
    expect(decide(question, [], { ...context, intent: ORDINARY })).toEqual({
      state: "none",
      confidence: 0,
      reasons: undefined,
    });
  });
});
