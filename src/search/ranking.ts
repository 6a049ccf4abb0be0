import type { Encoding } from "../embed/encoding.ts";
import type { Generation, IndexedPassage } from "../index/generation.ts";
import type { LexicalLeg } from "../index/lexical.ts";
import { findCandidates } from "./candidates.ts";
import { prepareCentring } from "./centring.ts";
import type { QuestionVectors } from "./centring.ts";
import { prepareDense } from "./dense.ts";
import { prepareInteraction } from "./interaction.ts";
import type { SentenceMatch } from "./interaction.ts";
import { fuse, LEG_WEIGHTS, weigh } from "./legs.ts";
import type { Leg, LegScores } from "./legs.ts";
import type { LexicalScores } from "./lexical.ts";
import type { Step } from "./steps.ts";

/** A passage with its rank's reasons. */
export interface RankedPassage {
  readonly passage: IndexedPassage;
  /** The weighted sum of its best sentence's scores. */
  readonly score: number;
  readonly legs: LegScores;
  /** What each leg adds to the score. */
  readonly contributions: LegScores;
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
  readonly lexical: Readonly<Record<LexicalLeg, LexicalScores>>;
}

/** Ranks passages of one index against a question, best first. */
export interface Ranking {
  /** The passages of the text that are worth a look. */
  readonly rank: (question: EncodedQuestion) => RankedPassage[];
  /** How a passage matches the question when that is centred, whatever its language: on a scale that all languages share. */
  readonly evidence: (question: EncodedQuestion, passage: RankedPassage) => SentenceMatch;
  /** The passages of the given sentences. */
  readonly rankSentences: (
    question: EncodedQuestion,
    sentences: readonly number[],
  ) => RankedPassage[];
}

/** Prepares the ranking of an index, all of its steps or `without` some. */
export function prepareRanking(
  generation: Generation,
  without: ReadonlySet<Step> = new Set(),
): Ranking {
  const interact = prepareInteraction(generation);
  const denseScore = prepareDense(generation, without);
  const { centre } = prepareCentring(generation.questions, generation.dimensions);
  const weights = {
    native: weightsWithout(LEG_WEIGHTS.native, without),
    foreign: weightsWithout(LEG_WEIGHTS.foreign, without),
  };
  const isCentred = ({ isNative }: EncodedQuestion): boolean =>
    !isNative && !without.has("centring");
  const vectorsOf = (question: EncodedQuestion): QuestionVectors =>
    isCentred(question) ? centre(question.encoding) : question.encoding;
  const score = (
    { encoding, isNative, lexical }: EncodedQuestion,
    { vector, tokens }: QuestionVectors,
    sentences: readonly number[],
  ): RankedPassage[] => {
    const dense = denseScore(vector);
    const scored = interact({ tokens, weights: encoding.weights }, sentences).map((match) => {
      const legs = {
        interaction: match.score,
        dense: dense(match.sentence),
        words: lexical.words.scores[match.sentence] ?? 0,
        glosses: lexical.glosses.scores[match.sentence] ?? 0,
        pinyin: lexical.pinyin.scores[match.sentence] ?? 0,
      };
      const contributions = weigh(legs, isNative ? weights.native : weights.foreign);
      const fused = fuse(contributions);
      return { match, legs, contributions, score: fused, weights: encoding.weights };
    });
    return rankPassages(generation, scored);
  };
  return {
    rank: (question) => {
      const vectors = vectorsOf(question);
      const candidates = findCandidates(generation, vectors.vector, question.lexical);
      return score(question, vectors, candidates);
    },
    evidence: (question, { match }) => {
      if (isCentred(question)) return match;
      const { tokens } = centre(question.encoding);
      const { weights } = question.encoding;
      return interact({ tokens, weights }, [match.sentence])[0] ?? match;
    },
    rankSentences: (question, sentences) =>
      sentences.length === 0 ? [] : score(question, vectorsOf(question), sentences),
  };
}

function weightsWithout(weights: LegScores, without: ReadonlySet<Step>): LegScores {
  const weight = (leg: Leg): number => (without.has(leg) ? 0 : weights[leg]);
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
