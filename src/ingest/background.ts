import type { Background, Distribution } from "../index/generation.ts";
import type { Generation } from "../index/generation.ts";
import { languagesOf, primaryTag } from "../search/language.ts";
import { matchTerms } from "../search/scorers/keywords.ts";
import { prepareRanking } from "../search/ranking.ts";
import type { BankQuestion } from "./questionBank.ts";

/**
 * How high an index scores questions that have nothing to do with it. Another report, or more of them, moves these scores: what is
 * high can be told only against them.
 */
export function measureBackground(
  generation: Generation,
  bank: readonly BankQuestion[],
): Background {
  const { rank, centredMatch } = prepareRanking(generation);
  const native = languagesOf(generation);
  const scores = { native: new Array<number>(), foreign: new Array<number>() };
  for (const { language, question, encoding } of bank) {
    const isNative = native.has(primaryTag(language));
    const terms = matchTerms(generation.keywords, question, isNative);
    const asked = { isNative, encoding, terms };
    const [best] = rank(asked);
    const match = best && centredMatch(asked, best);
    if (match) scores[isNative ? "native" : "foreign"].push(match.score);
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
