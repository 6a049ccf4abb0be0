/** From a question to ranked passages and what the reader makes of them: the order of the steps. */
import { DEFAULT_READ_WINDOWS } from "../config.ts";
import { kindOf } from "../index/generation.ts";
import type { Generation } from "../index/generation.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import { inBackground } from "../promises.ts";
import { isCitable } from "../report.ts";
import { readAbbreviations } from "../terms/latinAbbreviations.ts";
import type { Abbreviations } from "../terms/latinAbbreviations.ts";
import { termsOf } from "../terms/words.ts";
import { foldHan } from "../text/fold.ts";
import { findExactMatches, NO_MATCHES } from "./exactMatch.ts";
import type { ExactMatches } from "./exactMatch.ts";
import { NOTHING_LEFT_OUT } from "./fusion.ts";
import type { Ablation } from "./fusion.ts";
import { joinQuestions, readTogether, weighEarlier } from "./followUp/joinedQuestion.ts";
import { languagesOf } from "./language.ts";
import { MAX_QUESTION_WAIT_MS, describeQuestion, readQuestion } from "./question.ts";
import type { Question } from "./question.ts";
import { prepareRanking } from "./ranking.ts";
import type { Query, RankedPassage, Ranking } from "./ranking.ts";
import { prepareReading } from "./reading/windowReadings.ts";
import type { WindowReader, WindowReading } from "./reading/windowReadings.ts";
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
  /** The sentences that were compared with it. */
  readonly sentences: readonly number[];
  /** Their passages, best first. */
  readonly ranked: readonly RankedPassage[];
  /** What was read. */
  readonly windows: readonly WindowReading[];
  /** How long the encoder, the search and the reader took, in milliseconds. */
  readonly ms: { readonly encode: number; readonly search: number; readonly read: number };
}

/** The search of one index. */
export interface Search extends Pick<WindowReader, "read"> {
  /**
   * Searches and reads.
   *
   * @param after The question before, with which this one is searched and read together; what is quoted and named counts in this one alone.
   */
  readonly find: (raw: string, after?: string) => Promise<Searched>;
  /** The passages of sentences as they stand for a question, best first. */
  readonly score: Ranking["score"];
}

/** What a search works with. */
interface Parts {
  readonly index: Generation;
  readonly encoder: Encoder;
  readonly without: Ablation;
  readonly languages: ReadonlySet<string>;
  readonly abbreviations: Abbreviations;
  readonly ranking: Ranking;
  readonly reader: WindowReader;
}

/** Prepares all of a search but its last order and the decision. */
export async function prepareSearch(
  index: Generation,
  encoder: Encoder,
  { without = NOTHING_LEFT_OUT, readWindows = DEFAULT_READ_WINDOWS }: SearchOptions = {},
): Promise<Search> {
  const languages = await languagesOf(index);
  const abbreviations = await readAbbreviations();
  const ranking = prepareRanking(index, without);
  const reader = prepareReading(index, encoder.read, without.has("reading") ? 0 : readWindows);
  const parts = { index, encoder, without, languages, abbreviations, ranking, reader };
  return {
    find: (raw, after) => find(parts, raw, after),
    score: ranking.score,
    read: reader.read,
  };
}

async function find(parts: Parts, raw: string, after: string | undefined): Promise<Searched> {
  const started = performance.now();
  const words = await readWords(parts, raw, after);
  const { question, query, exact } = await describe(parts, words);
  const encodedAt = performance.now();
  const { ranking, reader } = parts;
  const candidates = await ranking.candidates(query);
  const quoted = exact.quotations.map(({ sentence }) => sentence);
  const sentences = [...new Set([...candidates, ...quoted])];
  const ranked = await ranking.score(query, sentences);
  const rankedAt = performance.now();
  const readText = readTogether(words.text, words.earlierChars, query.encoding);
  // Who asks on asks of the text: headings alone are not read another time.
  const isRead = ({ passage }: RankedPassage): boolean =>
    after === undefined || isCitable(kindOf(passage));
  const windows = await reader.readBest(readText, ranked.filter(isRead));
  const read = performance.now() - rankedAt;
  const ms = { encode: encodedAt - started, search: rankedAt - encodedAt, read };
  return { question, query, exact, sentences, ranked, windows, ms };
}

/** The words of a question, behind those of the one before it where they are searched together. */
interface Words {
  readonly asked: string;
  /** With abbreviations spelled out. */
  readonly text: string;
  /** How much of the text is the question before, UTF-16 code units; 0 where there is none. */
  readonly earlierChars: number;
}

async function readWords(
  { index: { keywords }, abbreviations }: Parts,
  raw: string,
  after: string | undefined,
): Promise<Words> {
  const own = readQuestion(raw);
  const spelledOut = await spellOut(own, keywords.words, abbreviations);
  if (after === undefined) return { asked: own, text: spelledOut, earlierChars: 0 };
  const asked = joinQuestions(readQuestion(after), own);
  const text = await spellOut(asked, keywords.words, abbreviations);
  return { asked, text, earlierChars: text.length - spelledOut.length };
}

/** What the models, the keyword indexes and the reports' own words make of a question. */
async function describe(
  { index, encoder, without, languages }: Parts,
  { asked, text, earlierChars }: Words,
): Promise<Pick<Searched, "question" | "query" | "exact">> {
  const encoding = inBackground(encoder.encode(foldHan(text), "query", MAX_QUESTION_WAIT_MS)); // the models' worker works …
  const question = describeQuestion({ text: asked, spelledOut: text }, languages); // … while its language is told
  const { isNative } = question;
  const terms = await matchTerms(index.keywords, text, isNative); // and the keyword indexes are asked
  const exact = without.has("quotations")
    ? NO_MATCHES
    : await findExactMatches(index, text.slice(earlierChars), terms.words);
  const query = {
    isNative,
    asked: new Set(termsOf(text)),
    terms,
    encoding: weighEarlier(await encoding, earlierChars),
  };
  return { question, query, exact };
}
