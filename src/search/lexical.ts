import type { Lexical, LexicalLeg } from "../index/lexical.ts";
import type { Postings } from "../index/postings.ts";
import { joinedTerms, latinTerms } from "../lexicon/latin.ts";
import { termsOf } from "../lexicon/terms.ts";

/** How well sentences match a question in one of the lexical ways. */
export interface LexicalScores {
  /** One score a sentence: 0 where nothing is shared, about 1 where all that was asked is there. */
  readonly scores: Float32Array;
  /** The sentences with a score, in no particular order. */
  readonly sentences: Uint32Array;
}

/** BM25 at which a match in pinyin counts half: a little more than one name that stands in one sentence of 100. */
const HALF_PINYIN = 6;

const LETTER = /\p{L}/gu;
const LATIN_LETTER = /\p{Script=Latin}/gu;

/**
 * Scores every sentence against a question in each of the lexical ways.
 *
 * @param isNative Whether the question is in a language of the reports.
 */
export function scoreTerms(
  lexical: Lexical,
  question: string,
  isNative: boolean,
): Record<LexicalLeg, LexicalScores> {
  const latinShare = count(question, LATIN_LETTER) / Math.max(1, count(question, LETTER));
  const pinyin = score(lexical.pinyin, joinedTerms(question));
  return {
    words: share(lexical.words, termsOf(question), isNative ? "known" : "all"),
    glosses: scale(share(lexical.glosses, latinTerms(question), "all"), latinShare),
    pinyin: { ...pinyin, scores: pinyin.scores.map((it) => it / (it + HALF_PINYIN)) },
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
): LexicalScores {
  const distinct = [...new Set(terms)];
  const counted = asked === "all" ? distinct : distinct.filter((term) => postings.has(term));
  const total = counted.reduce((sum, term) => sum + postings.idf(term), 0);
  const found = score(postings, terms);
  return total > 0 ? scale(found, 1 / total) : found;
}

function scale({ scores, sentences }: LexicalScores, factor: number): LexicalScores {
  return { scores: scores.map((it) => factor * it), sentences };
}

/** A copy: the postings' own memory is used again by the next question, which may come before this one is answered. */
function score(postings: Postings, terms: readonly string[]): LexicalScores {
  const { scores, documents } = postings.score(terms);
  return { scores: scores.slice(), sentences: documents.slice() };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
