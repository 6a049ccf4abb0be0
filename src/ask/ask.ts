import type { Encoder } from "../models/encoder/encoder.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import type { Generation } from "../index/generation.ts";
import { foldHan } from "../text/fold.ts";
import { EXACT, decide, decideDocument } from "../search/decision/decision.ts";
import type { Decision } from "../search/decision/decision.ts";
import {
  documentIntent,
  documentSentences,
  preferSpeakers,
} from "../search/intent/intentAnswers.ts";
import { classifyIntent } from "../search/intent/intent.ts";
import type { IntentGuess } from "../search/intent/intent.ts";
import { detectLanguage, isIn, languagesOf } from "../search/language.ts";
import type { Language } from "../search/language.ts";
import { matchTerms } from "../search/scorers/keywords.ts";
import { findExactMatches } from "../search/exactMatch.ts";
import { readQuestion } from "../search/question.ts";
import { prepareRanking } from "../search/ranking.ts";
import type { EncodedQuestion, RankedPassage, Ranking } from "../search/ranking.ts";
import type { AblationPart } from "../search/fusion.ts";

/** Headings that are named beside an answer. */
const MAX_HEADINGS = 3;

/** Passages that are given to whoever asks: as many as an answer may show. */
const MAX_PASSAGES = 10;

/** What a search found. */
export interface SearchResult {
  readonly decision: Decision;
  readonly language: Language;
  readonly intent: IntentGuess;
  /** What the model makes of the question. */
  readonly encoding: Encoding;
  /** Best first. */
  readonly passages: readonly RankedPassage[];
  /** The headings nearest to the question, best first. */
  readonly headings: readonly string[];
  readonly ms: { readonly encode: number; readonly search: number };
}

/** Finds the passages that answer a question, in one index. */
export type Search = (rawQuestion: string) => Promise<SearchResult>;

export interface SearchOptions {
  /** The clock, in milliseconds. */
  readonly now?: () => number;
  /** Steps that are left out, to measure what they are worth. */
  readonly without?: ReadonlySet<AblationPart>;
}

/** Prepares the search of an index. */
export function prepareSearch(
  generation: Generation,
  encoder: Encoder,
  { now = () => performance.now(), without = new Set() }: SearchOptions = {},
): Search {
  const ranking = prepareRanking(generation, without);
  const nativeLanguages = languagesOf(generation);
  return async (rawQuestion) => {
    const question = readQuestion(rawQuestion);
    const started = now();
    const encoding = encoder.encode(foldHan(question), "query");
    // While the encoder's thread works.
    const language = detectLanguage(question);
    const isNative = isIn(nativeLanguages, question, language);
    const terms = matchTerms(generation.keywords, question, isNative);
    const quotedSentences = without.has("quotations")
      ? []
      : findExactMatches(generation, question, terms.words);
    const encoded = { isNative, terms, encoding: await encoding };
    const encodedAt = now();
    const intent = without.has("intents") ? ORDINARY : classifyIntent(encoded.encoding.vector);
    const ofText = preferSpeakers(generation, intent, ranking.rank(encoded));
    const ofDocument = rankDocument(generation, ranking, encoded, { intent, ofText });
    const quoted = ranking.rankSentences(encoded, quotedSentences);
    const passages = withoutRepeats([...quoted, ...ofDocument, ...ofText]).slice(0, MAX_PASSAGES);
    const context = { ranking, intent, background: generation.background };
    const decisionOf = (): Decision => {
      if (quoted.length > 0) return EXACT;
      if (ofDocument.length > 0) return decideDocument(intent);
      return decide(encoded, ofText, context);
    };
    return {
      decision: decisionOf(),
      language,
      intent,
      encoding: encoded.encoding,
      passages,
      headings: nearestHeadings(passages),
      ms: { encode: encodedAt - started, search: now() - encodedAt },
    };
  };
}

const ORDINARY: IntentGuess = { intent: "other", probability: 1 };

function withoutRepeats(passages: readonly RankedPassage[]): RankedPassage[] {
  return [...new Map(passages.map((it) => [it.passage, it])).values()];
}

/** Most headings that answer a question for a heading. */
const MAX_FOUND_HEADINGS = 3;

/** What answers a question about the document itself: of the report that the question is nearest to. */
function rankDocument(
  generation: Generation,
  { rankSentences }: Ranking,
  question: EncodedQuestion,
  { intent, ofText }: { readonly intent: IntentGuess; readonly ofText: readonly RankedPassage[] },
): RankedPassage[] {
  const kind = documentIntent(intent);
  const report = ofText[0]?.passage.report ?? generation.reports[0];
  if (kind === undefined || report === undefined) return [];
  const sentences = documentSentences(generation, kind, report);
  const ranked = rankSentences(question, sentences);
  if (kind === "heading") return ranked.slice(0, MAX_FOUND_HEADINGS);
  return ranked.sort((a, b) => a.match.sentence - b.match.sentence);
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
