import type { Encoding } from "../models/encoder/encoding.ts";
import type { Generation, IndexedPassage } from "../index/generation.ts";
import type { KeywordIndexName } from "../index/generation.ts";
import { findCandidates } from "./candidates.ts";
import { prepareCentring } from "./centring.ts";
import type { QuestionVectors } from "./centring.ts";
import { prepareDense } from "./scorers/dense.ts";
import { prepareInteraction } from "./scorers/lateInteraction.ts";
import type { SentenceMatch } from "./scorers/lateInteraction.ts";
import { FUSION_WEIGHTS, fuse, weigh } from "./fusion.ts";
import type { Scorer, ScorerScores, AblationPart } from "./fusion.ts";
import type { KeywordScores } from "./scorers/keywords.ts";

/** A passage with its rank's reasons. */
export interface RankedPassage {
  readonly passage: IndexedPassage;
  /** The weighted sum of its best sentence's scores. */
  readonly score: number;
  readonly scores: ScorerScores;
  /** What each scorer adds to the score. */
  readonly contributions: ScorerScores;
  /** Its best sentence, token by token. */
  readonly match: SentenceMatch;
  /** The weights of the question's tokens. */
  readonly weights: Float32Array;
}

/** A question, and what the model and the keyword indexes make of it. */
export interface EncodedQuestion {
  /** Whether it is in a language of the reports. */
  readonly isNative: boolean;
  readonly encoding: Encoding;
  readonly terms: Readonly<Record<KeywordIndexName, KeywordScores>>;
}

/** Ranks passages of one index against a question, best first. */
export interface Ranking {
  /** The passages of the text that are worth a look. */
  readonly rank: (question: EncodedQuestion) => RankedPassage[];
  /** How a passage matches the question when that is centred, whatever its language: on a scale that all languages share. */
  readonly centredMatch: (question: EncodedQuestion, passage: RankedPassage) => SentenceMatch;
  /** The passages of the given sentences. */
  readonly rankSentences: (
    question: EncodedQuestion,
    sentences: readonly number[],
  ) => RankedPassage[];
}

/** Prepares the ranking of an index, all of its steps or `without` some. */
export function prepareRanking(
  generation: Generation,
  without: ReadonlySet<AblationPart> = new Set(),
): Ranking {
  const interact = prepareInteraction(generation);
  const denseScore = prepareDense(generation, without);
  const { centre } = prepareCentring(generation.questionMeans, generation.dimensions);
  const weights = {
    native: weightsWithout(FUSION_WEIGHTS.native, without),
    foreign: weightsWithout(FUSION_WEIGHTS.foreign, without),
  };
  const isCentred = ({ isNative }: EncodedQuestion): boolean =>
    !isNative && !without.has("centring");
  const vectorsOf = (question: EncodedQuestion): QuestionVectors =>
    isCentred(question) ? centre(question.encoding) : question.encoding;
  const score = (
    { encoding, isNative, terms }: EncodedQuestion,
    { vector, tokens }: QuestionVectors,
    sentences: readonly number[],
  ): RankedPassage[] => {
    const dense = denseScore(vector);
    const scored = interact({ tokens, weights: encoding.weights }, sentences).map((match) => {
      const scores = {
        interaction: match.score,
        dense: dense(match.sentence),
        words: terms.words.scores[match.sentence] ?? 0,
        glosses: terms.glosses.scores[match.sentence] ?? 0,
        pinyin: terms.pinyin.scores[match.sentence] ?? 0,
      };
      const contributions = weigh(scores, isNative ? weights.native : weights.foreign);
      const fused = fuse(contributions);
      return { match, scores, contributions, score: fused, weights: encoding.weights };
    });
    return rankPassages(generation, scored);
  };
  return {
    rank: (question) => {
      const vectors = vectorsOf(question);
      const candidates = findCandidates(generation, vectors.vector, question.terms);
      return score(question, vectors, candidates);
    },
    centredMatch: (question, { match }) => {
      if (isCentred(question)) return match;
      const { tokens } = centre(question.encoding);
      const { weights } = question.encoding;
      return interact({ tokens, weights }, [match.sentence])[0] ?? match;
    },
    rankSentences: (question, sentences) =>
      sentences.length === 0 ? [] : score(question, vectorsOf(question), sentences),
  };
}

function weightsWithout(weights: ScorerScores, without: ReadonlySet<AblationPart>): ScorerScores {
  const weight = (scorer: Scorer): number => (without.has(scorer) ? 0 : weights[scorer]);
  return {
    interaction: weight("interaction"),
    dense: weight("dense"),
    words: weight("words"),
    glosses: weight("glosses"),
    pinyin: weight("pinyin"),
  };
}

/** A passage stands where its best sentence stands; of passages of the same words, the first. */
function rankPassages(
  { sentences, passages }: Generation,
  scored: readonly Omit<RankedPassage, "passage">[],
): RankedPassage[] {
  const ranked = new Map<string, RankedPassage>();
  for (const it of scored.toSorted((a, b) => b.score - a.score)) {
    const passage = passages[sentences[it.match.sentence]?.passage ?? -1];
    if (passage && !ranked.has(passage.words)) ranked.set(passage.words, { passage, ...it });
  }
  return [...ranked.values()];
}
