/** From a question to ranked passages and what the reader makes of them: the order of the steps. */
import { DEFAULT_READ_WINDOWS } from "../config.ts";
import type { Generation } from "../index/generation.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import { inBackground } from "../promises.ts";
import { readAbbreviations } from "../terms/latinAbbreviations.ts";
import { termsOf } from "../terms/words.ts";
import { foldHan } from "../text/fold.ts";
import { findExactMatches, NO_MATCHES } from "./exactMatch.ts";
import type { ExactMatches } from "./exactMatch.ts";
import { NOTHING_LEFT_OUT } from "./fusion.ts";
import type { Ablation } from "./fusion.ts";
import { languagesOf } from "./language.ts";
import { MAX_QUESTION_WAIT_MS, describeQuestion, readQuestion } from "./question.ts";
import type { Question } from "./question.ts";
import { prepareRanking } from "./ranking.ts";
import type { Query, RankedPassage } from "./ranking.ts";
import { prepareReadBest } from "./reading/windowReadings.ts";
import type { WindowReading } from "./reading/windowReadings.ts";
import { matchTerms } from "./scorers/keywords.ts";
import { spellOut } from "./spellOut.ts";

/** How an index is searched. */
export interface SearchOptions {
  /** Parts of the search that are left out, to measure what they are worth. */
  readonly without?: Ablation | undefined;
  /** Most windows that are read for a question; 0 reads none. */
  readonly readWindows?: number | undefined;
}

/** What is found before it is put in its last order, and decided what to say of it. */
export interface Searched {
  readonly question: Question;
  readonly query: Query;
  readonly exact: ExactMatches;
  /** Best first. */
  readonly ranked: readonly RankedPassage[];
  /** What was read. */
  readonly windows: readonly WindowReading[];
  /** How long the encoder, the search and the reader took, in milliseconds. */
  readonly ms: { readonly encode: number; readonly search: number; readonly read: number };
}

/** Prepares all of a search but its last order and the decision. */
export async function prepareSearch(
  index: Generation,
  encoder: Encoder,
  { without = NOTHING_LEFT_OUT, readWindows = DEFAULT_READ_WINDOWS }: SearchOptions = {},
): Promise<(raw: string) => Promise<Searched>> {
  const languages = await languagesOf(index);
  const abbreviations = await readAbbreviations();
  const ranking = prepareRanking(index, without);
  const readBest = prepareReadBest(index, encoder.read, without.has("reading") ? 0 : readWindows);
  return async (raw) => {
    const asked = readQuestion(raw);
    const started = performance.now();
    const text = await spellOut(asked, index.keywords.words, abbreviations);
    const encoding = inBackground(encoder.encode(foldHan(text), "query", MAX_QUESTION_WAIT_MS)); // the models' worker works …
    const question = describeQuestion({ text: asked, spelledOut: text }, languages); // … while its language is told
    const { isNative } = question;
    const terms = await matchTerms(index.keywords, text, isNative); // and the keyword indexes are asked
    const exact = without.has("quotations")
      ? NO_MATCHES
      : await findExactMatches(index, text, terms.words);
    const query = {
      isNative,
      asked: new Set(termsOf(text)),
      terms,
      encoding: await encoding,
    };
    const encodedAt = performance.now();
    const candidates = await ranking.candidates(query);
    const quoted = exact.quotations.map(({ sentence }) => sentence);
    const ranked = await ranking.score(query, [...new Set([...candidates, ...quoted])]);
    const rankedAt = performance.now();
    const windows = await readBest(text, ranked);
    const read = performance.now() - rankedAt;
    const ms = { encode: encodedAt - started, search: rankedAt - encodedAt, read };
    return { question, query, exact, ranked, windows, ms };
  };
}
