import type { Background, Distribution, Generation } from "../index/generation.ts";
import { languagesOf, primaryTag } from "../search/language.ts";
import { prepareRanking } from "../search/ranking.ts";
import { matchTerms } from "../search/scorers/keywords.ts";
import type { BankQuestion } from "./questionBank.ts";

/**
 * How high an index scores questions that have nothing to do with it. Another report, or more of them, moves these scores: what is
 * high can be told only against them.
 */
export async function measureBackground(
  index: Generation,
  bank: readonly BankQuestion[],
): Promise<Background> {
  const ranking = prepareRanking(index);
  const native = await languagesOf(index);
  const scores = { native: new Array<number>(), foreign: new Array<number>() };
  for (const { language, question, encoding } of bank) {
    const isNative = native.has(primaryTag(language));
    const terms = await matchTerms(index.keywords, question, isNative);
    const query = { isNative, encoding, terms };
    const [best] = await ranking.score(query, await ranking.candidates(query));
    if (best === undefined) continue;
    const { score } = await ranking.centredMatch(query, best);
    scores[isNative ? "native" : "foreign"].push(score);
  }
  return {
    ...(scores.native.length > 0 && { native: distributionOf(scores.native) }),
    ...(scores.foreign.length > 0 && { foreign: distributionOf(scores.foreign) }),
  };
}

function distributionOf(values: readonly number[]): Distribution {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}
