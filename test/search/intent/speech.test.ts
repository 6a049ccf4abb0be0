import { describe, expect, it } from "vitest";
import { matchTerms } from "../../../src/search/scorers/keywords.ts";
import { prepareRanking } from "../../../src/search/ranking.ts";
import { preferSpeakers } from "../../../src/search/intent/intentAnswers.ts";
import { smallIndex } from "../../support/small.ts";

const QUOTED = "“我們村的道路終於修好了。”王某說。";
const PLAIN = "王某是村民，他家門前有道路。";

async function order(
  intent: "said" | "other",
  probability: number,
  lead: number,
): Promise<string[]> {
  const { generation, encoder } = await smallIndex({ "a.txt": `${PLAIN}\n${QUOTED}\n` });
  const question = "王某";
  const ranking = prepareRanking(generation);
  const query = {
    isNative: true,
    encoding: await encoder.encode(question, "query"),
    terms: await matchTerms(generation.keywords, question, true),
  };
  const ranked = await ranking.score(query, await ranking.candidates(query));
  const texts = await generation.readTexts(ranked.map(({ passage }) => passage));
  // The plain passage leads by so much.
  const passages = ranked
    .map((it, i) => ({ ...it, score: texts[i] === PLAIN ? 0.5 + lead : 0.5 }))
    .sort((a, b) => b.score - a.score);
  const preferred = await preferSpeakers(generation, { intent, probability }, passages);
  return generation.readTexts(preferred.map(({ passage }) => passage));
}

describe("preferSpeakers", () => {
  it("puts a quotation first that matches about as well, where somebody's words are asked for", async () => {
    expect(await order("said", 1, 0.03)).toEqual([QUOTED, PLAIN]);
  });

  it.each([
    { why: "the other passage matches far better", kind: "said", share: 1, lead: 0.2 },
    { why: "it is uncertain what is asked for", kind: "said", share: 0.5, lead: 0.03 },
    { why: "something else is asked for", kind: "other", share: 1, lead: 0.03 },
  ] as const)("does not where $why", async ({ kind, share, lead }) => {
    expect(await order(kind, share, lead)).toEqual([PLAIN, QUOTED]);
  });
});
