import type { Encoder } from "../embed/encoder.ts";
import type { Encoding } from "../embed/encoding.ts";
import type { Generation, IndexedPassage } from "../index/generation.ts";
import { foldHan } from "../text/fold.ts";
import { findCandidates } from "./candidates.ts";
import { prepareCentring } from "./centring.ts";
import { decide } from "./decision.ts";
import type { State } from "./decision.ts";
import { centredDense, plainDense } from "./dense.ts";
import { fuse } from "./fusion.ts";
import { prepareInteraction } from "./interaction.ts";
import type { SentenceMatch } from "./interaction.ts";
import { detectLanguage, primaryTag } from "./language.ts";
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
  const interaction = prepareInteraction(generation);
  const centre = prepareCentring(generation.questions, generation.dimensions);
  const nativeLanguages = languagesOf(generation);
  return async (rawQuestion) => {
    const question = readQuestion(rawQuestion);
    const started = now();
    const encoding = encoder.encode(foldHan(question), "query");
    // While the encoder's thread works.
    const keywordHits = generation.keywords.search(question, MAX_KEYWORD_HITS);
    const language = detectLanguage(question);
    const encoded = await encoding;
    const encodedAt = now();
    const isNative = nativeLanguages.has(primaryTag(language));
    const { vector, weights } = encoded;
    const candidates = findCandidates(generation, vector, keywordHits);
    const centred = centre(encoded, language);
    // Centring takes out what says only "this is English": across languages it gains, within one it costs a little.
    const matches = isNative
      ? interaction.plain(encoded, candidates)
      : interaction.centred({ ...centred, weights }, candidates);
    const dense = isNative
      ? plainDense(generation, encoded.vector)
      : centredDense(generation, centred.vector);
    const keywordScores = new Map(keywordHits.map(({ sentence, score }) => [sentence, score]));
    const fused = fuse([
      { scores: matches.map(({ score }) => score), weight: WEIGHTS.interaction },
      { scores: candidates.map(dense), weight: WEIGHTS.dense },
      { scores: candidates.map((it) => keywordScores.get(it) ?? 0), weight: WEIGHTS.keywords },
    ]);
    const ranked = rankPassages(generation, matches, fused, encoded).slice(0, MAX_PASSAGES);
    const passages = isNative
      ? rescore(ranked, (sentences) => interaction.centred({ ...centred, weights }, sentences))
      : ranked;
    return {
      state: decide(passages, isNative),
      language,
      passages,
      headings: nearestHeadings(passages),
      ms: { encode: encodedAt - started, search: now() - encodedAt },
    };
  };
}

/** Passages that are given to whoever asks: as many as an answer may show. */
const MAX_PASSAGES = 10;

/** The same passages with centred scores, which mean the same in every language. */
function rescore(
  ranked: readonly RankedPassage[],
  interact: (sentences: number[]) => SentenceMatch[],
): RankedPassage[] {
  const matches = interact(ranked.map(({ match }) => match.sentence));
  return ranked.map((it, i) => ({ ...it, score: matches[i]?.score ?? it.score }));
}

/** The languages that the reports are written in, by their first passages. */
function languagesOf(generation: Generation): Set<string> {
  const { passages } = generation;
  const firsts = passages.filter(({ report }, i) => passages[i - 1]?.report !== report);
  return new Set(
    firsts.map(({ report, span }) => primaryTag(detectLanguage(generation.readText(report, span)))),
  );
}

/** A passage stands where its best sentence stands; of passages of the same words, the first. */
function rankPassages(
  { sentences, passages }: Generation,
  matches: readonly SentenceMatch[],
  fused: readonly number[],
  { weights }: Encoding,
): RankedPassage[] {
  const order = matches
    .map((match, i) => ({ match, fused: fused[i] ?? 0 }))
    .sort((a, b) => b.fused - a.fused);
  const ranked = new Map<string, RankedPassage>();
  for (const { match } of order) {
    const passage = passages[sentences[match.sentence]?.passage ?? -1];
    if (passage === undefined || ranked.has(passage.words)) continue;
    ranked.set(passage.words, { passage, score: match.score, match, weights });
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
