import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../src/search/decision/decision.ts";
import fitted from "../../../src/search/decision/decision.json" with { type: "json" };
import { FEATURES, featuresOf } from "../../../src/search/decision/features.ts";
import { rerank } from "../../../src/search/reading/reranking.ts";
import type { ReadPassage } from "../../../src/search/reading/reranking.ts";
import type { WindowReading } from "../../../src/search/reading/windowReadings.ts";
import { prepareSearch } from "../../../src/search/search.ts";
import type { Searched } from "../../../src/search/search.ts";
import { SEED } from "../../support/seed.ts";
import { smallIndex } from "../../support/small.ts";

interface Asked {
  readonly passages: readonly [ReadPassage, ReadPassage];
  readonly searched: Searched;
}

/** What a question comes to whose windows were read with such scores, and whose first passage leads by so much. */
async function ask(scores: readonly number[] = [], isNative = true, lead = 1): Promise<Asked> {
  const { generation, encoder } = await smallIndex({
    "a.txt": "甲鎮種樹三千棵。\n乙鎮改造小區41個，惠及居民。\n",
  });
  const searched = await (await prepareSearch(generation, encoder)).find("改造小區幾個？");
  const [first, second] = rerank(searched.ranked, []);
  if (!first || !second) throw new Error("too few passages");
  const none = new Float32Array(0);
  const windows = scores.map((score): WindowReading => {
    const reading = { answers: score, starts: none, ends: none, nowhere: 0 };
    const tokens = { ids: new Uint32Array(0), spans: new Uint32Array(0) };
    return { window: 0, report: undefined, reading, tokens, score };
  });
  const [window] = windows;
  const reading = window && { window, score: window.score, span: { start: 0, end: 1 } };
  return {
    passages: [{ ...first, reading, rank: second.rank + lead }, second],
    searched: { ...searched, windows, question: { ...searched.question, isNative } },
  };
}

describe("decide", () => {
  it.each([
    ["read", [2], true, "native"],
    ["read", [2, -3], false, "foreign"],
    ["unread", [], true, "native"],
    ["unread", [], false, "foreign"],
  ] as const)(
    "of what was %s (scores %j; native: %j) says what two logistic models say",
    async (kind, scores, isNative, language) => {
      const { passages, searched } = await ask(scores, isNative);
      const { windows } = searched;
      const unreadFirst = searched.ranked[0]?.passage;
      const features = featuresOf({ passages, windows, unreadFirst, isNative });
      const { confidence, reasons } = decide(passages, searched);
      expect(reasons?.features).toEqual(features);
      for (const name of ["answers", "relates"] as const) {
        const { bias, weights, thresholds } = fitted[kind][name];
        const sum = FEATURES.reduce((logit, it) => logit + weights[it] * features[it], bias);
        const judgement = reasons?.[name];
        expect(judgement?.probability).toBeCloseTo(1 / (1 + Math.exp(-sum)), 10);
        expect(judgement?.bias).toBe(bias);
        expect(judgement?.threshold).toBe(thresholds[language]);
        for (const it of FEATURES) expect(judgement?.effects[it]).toBe(weights[it] * features[it]);
      }
      expect(confidence).toBe(reasons?.answers.probability);
    },
  );

  it("says found from one threshold, else maybe from the other, whatever was read", async () => {
    const states = new Set<string>();
    const scores = fc.array(fc.integer({ min: -60, max: 20 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(scores, fc.nat(9), fc.boolean(), async (read, lead, isNative) => {
        const { passages, searched } = await ask(read, isNative, lead);
        const { state, reasons } = decide(passages, searched);
        if (reasons === undefined) throw new Error("no reasons");
        const { answers, relates } = reasons;
        if (relates === undefined) throw new Error("it is not judged whether the question relates");
        const isOffered = relates.probability >= relates.threshold || answers.probability >= 0.5;
        const offered = isOffered ? "maybe" : "none";
        expect(state).toBe(answers.probability >= answers.threshold ? "found" : offered);
        states.add(state);
      }),
      { seed: SEED, numRuns: 200 },
    );
    expect(states.size).toBeGreaterThan(1);
  });

  it("is the more confident the surer the reader is", async () => {
    const confidences = [];
    for (const score of [-8, -2, 4]) {
      const { passages, searched } = await ask([score]);
      confidences.push(decide(passages, searched).confidence);
    }
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(new Set(confidences).size).toBe(3);
  });

  it("is certain where a sentence stands whole in the question", async () => {
    const { passages, searched } = await ask([-60]);
    const quotations = [
      { sentence: 0, isWhole: false },
      { sentence: 1, isWhole: true },
    ];
    const exact = { quotations, isMissing: false };
    const certain = { state: "found", confidence: 1, reasons: undefined };
    expect(decide(passages, { ...searched, exact })).toEqual(certain);
  });

  it("decides as always where the question holds part of a sentence", async () => {
    const { passages, searched } = await ask([-1]);
    const exact = { quotations: [{ sentence: 0, isWhole: false }], isMissing: false };
    expect(decide(passages, { ...searched, exact })).toEqual(decide(passages, searched));
    expect(decide(passages, searched).confidence).toBeLessThan(1);
  });

  it("finds nothing where what is asked for by its number is not there", async () => {
    const { passages, searched } = await ask([-1]);
    const exact = { quotations: [], isMissing: true };
    expect(decide(passages, { ...searched, exact }).state).toBe("none");
  });

  it("finds nothing among no passages", async () => {
    const { searched } = await ask();
    expect(decide([], searched)).toEqual({ state: "none", confidence: 0, reasons: undefined });
  });
});
