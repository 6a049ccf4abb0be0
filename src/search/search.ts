import type { Encoder } from "../embed/encoder.ts";
import type { Encoding } from "../embed/encoding.ts";
import type { Generation, IndexedPassage } from "../index/generation.ts";
import { foldHan } from "../text/fold.ts";
import { findCandidates } from "./candidates.ts";
import { decide } from "./decision.ts";
import type { State } from "./decision.ts";
import { denseScore } from "./dense.ts";
import { fuse } from "./fusion.ts";
import { prepareInteraction } from "./interaction.ts";
import type { SentenceMatch } from "./interaction.ts";
import { detectLanguage } from "./language.ts";
import type { Language } from "./language.ts";
import { readQuestion } from "./question.ts";

/** How much each leg counts in a sentence's rank, in units of its z-score; chosen on the development questions. */
const WEIGHTS = { interaction: 1, dense: 0.4, keywords: 0.4 };

/** Sentences that the keyword search returns: every one whose score may count in the fusion. */
const MAX_KEYWORD_HITS = 200;

/** Headings that are named beside an answer. */
const MAX_HEADINGS = 3;

/** A passage with its rank's reasons. */
export interface RankedPassage {
  readonly passage: IndexedPassage;
  /** The late-interaction score of its best sentence, in −1..1. */
  readonly score: number;
  /** Its best sentence, token by token. */
  readonly match: SentenceMatch;
  /** The weights of the question's tokens. */
  readonly weights: Float32Array;
}

/** What a search found. */
export interface SearchResult {
  readonly state: State;
  readonly language: Language;
  /** Best first. */
  readonly passages: readonly RankedPassage[];
  /** The headings nearest to the question, best first. */
  readonly headings: readonly string[];
  readonly ms: { readonly encode: number; readonly search: number };
}

/** Finds the passages that answer a question, in one index. */
export type Search = (rawQuestion: string) => Promise<SearchResult>;

/**
 * Prepares the search of an index.
 *
 * @param now The clock, in milliseconds.
 */
export function prepareSearch(
  generation: Generation,
  encoder: Encoder,
  now: () => number = () => performance.now(),
): Search {
  const interact = prepareInteraction(generation);
  return async (rawQuestion) => {
    const question = readQuestion(rawQuestion);
    const started = now();
    const encoding = encoder.encode(foldHan(question), "query");
    // While the encoder's thread works.
    const keywordHits = generation.keywords.search(question, MAX_KEYWORD_HITS);
    const language = detectLanguage(question);
    const encoded = await encoding;
    const encodedAt = now();
    const candidates = findCandidates(generation, encoded.vector, keywordHits);
    const matches = interact(encoded, candidates);
    const keywordScores = new Map(keywordHits.map(({ sentence, score }) => [sentence, score]));
    const fused = fuse([
      { scores: matches.map(({ score }) => score), weight: WEIGHTS.interaction },
      {
        scores: candidates.map((it) => denseScore(generation, encoded.vector, it)),
        weight: WEIGHTS.dense,
      },
      { scores: candidates.map((it) => keywordScores.get(it) ?? 0), weight: WEIGHTS.keywords },
    ]);
    const passages = rankPassages(generation, matches, fused, encoded);
    return {
      state: decide(passages, language),
      language,
      passages,
      headings: nearestHeadings(passages),
      ms: { encode: encodedAt - started, search: now() - encodedAt },
    };
  };
}

/** A passage stands where its best sentence stands. */
function rankPassages(
  { sentences, passages }: Generation,
  matches: readonly SentenceMatch[],
  fused: readonly number[],
  { weights }: Encoding,
): RankedPassage[] {
  const order = matches
    .map((match, i) => ({ match, fused: fused[i] ?? 0 }))
    .sort((a, b) => b.fused - a.fused);
  const ranked = new Map<number, RankedPassage>();
  for (const { match } of order) {
    const number = sentences[match.sentence]?.passage;
    const passage = passages[number ?? -1];
    if (number === undefined || passage === undefined || ranked.has(number)) continue;
    ranked.set(number, { passage, score: match.score, match, weights });
  }
  return [...ranked.values()];
}

/** The headings above the best passages. */
function nearestHeadings(passages: readonly RankedPassage[]): string[] {
  const headings = passages.flatMap(({ passage: { report, block } }) => {
    const section = report.blocks[block]?.section;
    const heading = section === undefined ? undefined : report.sections[section]?.path.at(-1);
    return heading === undefined ? [] : [heading];
  });
  return [...new Set(headings)].slice(0, MAX_HEADINGS);
}
