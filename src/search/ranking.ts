/** Scores sentences against a question, and ranks the passages they belong to. */
import { passageOf } from "../index/generation.ts";
import type { Generation, IndexedPassage } from "../index/generation.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import { mapNames } from "../names.ts";
import { findCandidates } from "./candidates.ts";
import { prepareCopies } from "./copies.ts";
import type { Copies } from "./copies.ts";
import { prepareCentring } from "./centring.ts";
import type { Centring, QuestionVectors } from "./centring.ts";
import { fuse, fusionWeights, NOTHING_LEFT_OUT, weigh } from "./fusion.ts";
import type { Ablation, ScorerScores } from "./fusion.ts";
import { denseScores } from "./scorers/dense.ts";
import { matchSentences } from "./scorers/lateInteraction.ts";
import type { SentenceMatch } from "./scorers/lateInteraction.ts";
import type { TermMatches } from "./scorers/keywords.ts";
import { createMaxSim } from "./maxsim/maxsim.ts";
import type { MaxSim } from "./maxsim/maxsim.ts";

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
export interface Query {
  /** Its keyword terms. */
  readonly asked: ReadonlySet<string>;
  /** Whether it is in a language of the reports. */
  readonly isNative: boolean;
  readonly encoding: Encoding;
  readonly terms: TermMatches;
}

/** Ranks passages of one index against a question. */
export interface Ranking {
  /** The sentences of the text that are worth a look. */
  candidates(query: Query): Promise<number[]>;
  /** The passages of the given sentences, best first. */
  readonly score: (query: Query, sentences: readonly number[]) => Promise<RankedPassage[]>;
}

/** What ranking an index works with. */
interface Prepared {
  readonly index: Generation;
  readonly without: Ablation;
  readonly centring: Centring;
  readonly maxSim: MaxSim;
  readonly copies: Copies;
  readonly weights: Readonly<Record<"native" | "foreign", ScorerScores>>;
}

/** Prepares the ranking of an index, all of its parts or `without` some. */
export function prepareRanking(index: Generation, without = NOTHING_LEFT_OUT): Ranking {
  const { questionMeans, dimensions } = index;
  const prepared = {
    index,
    without,
    centring: prepareCentring(questionMeans, dimensions),
    maxSim: createMaxSim(dimensions),
    copies: prepareCopies(index),
    weights: mapNames(["native", "foreign"], (kind) => fusionWeights(kind, without)),
  };
  return {
    candidates: (query) => findCandidates(index, vectorsOf(prepared, query).vector, query.terms),
    score: (query, sentences) => scorePassages(prepared, query, sentences),
  };
}

function vectorsOf(prepared: Prepared, query: Query): QuestionVectors {
  const isCentred = !query.isNative && !prepared.without.has("centring");
  return isCentred ? prepared.centring.centre(query.encoding) : query.encoding;
}

async function scorePassages(
  prepared: Prepared,
  query: Query,
  sentences: readonly number[],
): Promise<RankedPassage[]> {
  if (sentences.length === 0) return [];
  const { index, maxSim, without, copies } = prepared;
  const { weights } = query.encoding;
  const { vector, tokens } = vectorsOf(prepared, query);
  const vectors = await index.readVectors(copies.withAll(sentences));
  const matches = matchSentences(maxSim, { tokens, weights }, vectors);
  const counted = query.isNative ? prepared.weights.native : prepared.weights.foreign;
  const dense = denseScores(vector, vectors, without);
  const scored = matches.map((match, i) => {
    const scores = scoresOf(query, match, dense[i] ?? 0);
    const contributions = weigh(scores, counted);
    return { match, scores, contributions, score: fuse(contributions), weights };
  });
  return rankPassages(index, scored, (passage) => copies.nearness(query.asked, passage));
}

function scoresOf({ terms }: Query, { sentence, score }: SentenceMatch, dense: number) {
  return {
    interaction: score,
    dense,
    words: terms.words.scores[sentence] ?? 0,
    glosses: terms.glosses.scores[sentence] ?? 0,
    pinyin: terms.pinyin.scores[sentence] ?? 0,
  };
}

/**
 * A passage stands where its best sentence stands. Passages of the same words stand together, and the one is shown whose title and
 * headings are nearest to the question; of equally near ones the first.
 */
function rankPassages(
  index: Generation,
  scored: readonly Omit<RankedPassage, "passage">[],
  nearness: (passage: IndexedPassage) => number,
): RankedPassage[] {
  const ranked = new Map<string, RankedPassage>();
  for (const it of scored.toSorted((a, b) => b.score - a.score)) {
    const passage = passageOf(index, it.match.sentence);
    if (passage === undefined) continue;
    const best = ranked.get(passage.foldedHash);
    if (best === undefined) ranked.set(passage.foldedHash, { passage, ...it });
    else if (best.passage !== passage && nearness(passage) > nearness(best.passage)) {
      ranked.set(passage.foldedHash, { ...best, passage, match: it.match });
    }
  }
  return [...ranked.values()];
}
