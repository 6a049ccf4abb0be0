import type { KeywordIndexes, KeywordIndexName } from "../../index/generation.ts";
import type { Postings } from "../../index/postings/postings.ts";
import { namesIn } from "../../terms/pinyinNames.ts";
import { contentChars, latinTerms } from "../../terms/stems.ts";
import { termsOf } from "../../terms/words.ts";

/** How well sentences match a question in one of the lexical ways. */
export interface KeywordScores {
  /** One score a sentence: 0 where nothing is shared, about 1 where all that was asked is there. */
  readonly scores: Float32Array;
  /** The sentences with a score, in no particular order. */
  readonly sentences: Uint32Array;
}

const LETTER = /\p{L}/gu;
const LATIN_LETTER = /\p{Script=Latin}/gu;

/**
 * Scores every sentence against a question in each of the lexical ways.
 *
 * @param isNative Whether the question is in a language of the reports.
 */
export function matchTerms(
  lexical: KeywordIndexes,
  question: string,
  isNative: boolean,
): Record<KeywordIndexName, KeywordScores> {
  const latinShare = count(question, LATIN_LETTER) / Math.max(1, count(question, LETTER));
  return {
    words: share(lexical.words, termsOf(question), isNative ? "known" : "all"),
    glosses: scale(share(lexical.glosses, latinTerms(question), "all"), latinShare),
    pinyin: scoreNames(lexical.pinyin, question),
  };
}

/**
 * BM25 over the sum of the idf of what was asked: the share of the question's telling terms that a sentence holds. Unlike a z-score
 * it means the same whether one sentence matches or all, and a leg with a chance hit does not outweigh the rest.
 *
 * @param asked In a language of the reports, only the `known` terms that they hold count: the others say how one asks. In
 *   another language most terms stand nowhere, and one that does is often chance: `all` count.
 */
function share(
  postings: Postings,
  terms: readonly string[],
  asked: "known" | "all",
): KeywordScores {
  const distinct = [...new Set(terms)];
  const counted = asked === "all" ? distinct : distinct.filter((term) => postings.has(term));
  const total = counted.reduce((sum, term) => sum + postings.idf(term), 0);
  const found = score(postings, terms);
  return total > 0 ? scale(found, 1 / total) : found;
}

/**
 * The share of the question's telling letters that are names in the sentence, the rarer ones in full: what stands in most sentences
 * is what the report is about, and says little.
 */
function scoreNames(postings: Postings, question: string): KeywordScores {
  const scores = new Float32Array(postings.count);
  const sentences = new Set<number>();
  const rarest = Math.log(1 + (postings.count - 0.5) / 1.5);
  for (const name of namesIn(question, (it) => postings.has(it))) {
    const share = (name.length * postings.idf(name)) / (rarest * contentChars(question));
    for (const sentence of postings.score([name]).documents) {
      scores[sentence] = (scores[sentence] ?? 0) + share;
      sentences.add(sentence);
    }
  }
  return { scores, sentences: Uint32Array.from(sentences) };
}

function scale({ scores, sentences }: KeywordScores, factor: number): KeywordScores {
  return { scores: scores.map((it) => factor * it), sentences };
}

/** A copy: the postings' own memory is used again by the next question, which may come before this one is answered. */
function score(postings: Postings, terms: readonly string[]): KeywordScores {
  const { scores, documents } = postings.score(terms);
  return { scores: scores.slice(), sentences: documents.slice() };
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
