/** How well sentences match a question by the terms that they share with it. */
import type {
  KeywordIndex,
  KeywordIndexes,
  KeywordScores,
  KeywordIndexName,
} from "../../index/generation.ts";
import { namesIn, possibleNames } from "../../terms/pinyinNames.ts";
import { contentChars, latinTerms } from "../../terms/stems.ts";
import { termsOf } from "../../terms/words.ts";

/** Scores of 0 where nothing is shared, and about 1 where all that was asked is there. */
export type TermMatches = Readonly<Record<KeywordIndexName, KeywordScores>>;

const LETTER = /\p{L}/gu;
const LATIN_LETTER = /\p{Script=Latin}/gu;

/**
 * Scores every sentence against a question in each of the ways.
 *
 * @param isNative Whether the question is in a language of the reports.
 */
export async function matchTerms(
  { words, glosses, pinyin }: KeywordIndexes,
  question: string,
  isNative: boolean,
): Promise<TermMatches> {
  const latinShare = count(question, LATIN_LETTER) / Math.max(1, count(question, LETTER));
  return {
    words: await shareOf(words, termsOf(question), isNative ? "known" : "all"),
    glosses: scale(await shareOf(glosses, latinTerms(question), "all"), latinShare),
    pinyin: await scoreNames(pinyin, question),
  };
}

/**
 * BM25 over the sum of the idf of what was asked: the share of the question's telling terms that a sentence holds. Unlike a z-score
 * it means the same whether one sentence matches or all, and a scorer with a chance hit does not outweigh the rest.
 *
 * @param asked In a language of the reports, only the `known` terms that they hold count: the others say how one asks. In
 *   another language most terms stand nowhere, and one that does is often chance: `all` count.
 */
async function shareOf(
  index: KeywordIndex,
  terms: readonly string[],
  asked: "known" | "all",
): Promise<KeywordScores> {
  const weights = await index.weigh([...new Set(terms)]);
  const counted = asked === "all" ? weights : weights.filter(({ isKnown }) => isKnown);
  const total = counted.reduce((sum, { idf }) => sum + idf, 0);
  const found = await index.score(terms);
  return total > 0 ? scale(found, 1 / total) : found;
}

/**
 * The share of the question's telling letters that are names in the sentence, the rarer ones in full: what stands in most sentences
 * is what the report is about, and says little.
 */
async function scoreNames(index: KeywordIndex, question: string): Promise<KeywordScores> {
  const scores = new Float32Array(index.count);
  const sentences = new Set<number>();
  const rarest = Math.log(1 + (index.count - 0.5) / 1.5);
  const idfOf = await weighNames(index, question);
  for (const name of namesIn(question, (it) => idfOf.has(it))) {
    const share = (name.length * (idfOf.get(name) ?? 0)) / (rarest * contentChars(question));
    for (const sentence of (await index.score([name])).sentences) {
      scores[sentence] = (scores[sentence] ?? 0) + share;
      sentences.add(sentence);
    }
  }
  return { scores, sentences: Uint32Array.from(sentences) };
}

/** The inverse document frequency of each run of words that is a name in the index. */
async function weighNames(
  index: KeywordIndex,
  question: string,
): Promise<ReadonlyMap<string, number>> {
  const names = possibleNames(question);
  const weights = await index.weigh(names);
  return new Map(
    weights.flatMap(({ isKnown, idf }, i) => (isKnown ? [[names[i] ?? "", idf] as const] : [])),
  );
}

function scale({ scores, sentences }: KeywordScores, factor: number): KeywordScores {
  return { scores: scores.map((it) => factor * it), sentences };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** The sentences of the `limit` highest scores, best first; of equal ones, the one named first. */
export function highest({ scores, sentences }: KeywordScores, limit: number): number[] {
  const best: number[] = [];
  const scoreAt = (i: number): number => scores[best[i] ?? -1] ?? -Infinity;
  for (const sentence of sentences) {
    const score = scores[sentence] ?? 0;
    if (best.length === limit && score <= scoreAt(limit - 1)) continue;
    let at = best.length;
    while (at > 0 && scoreAt(at - 1) < score) at--;
    best.splice(at, 0, sentence);
    best.length = Math.min(best.length, limit);
  }
  return best;
}
