/** What is said to a question. */
import { sectionOf } from "../index/generation.ts";
import type { Generation } from "../index/generation.ts";
import { MAX_QUESTION_TOKENS } from "../models/encoder/encodeText.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import type { Decision, Reasons, State } from "../search/decision/decision.ts";
import type { ScorerScores } from "../search/fusion.ts";
import type { Question } from "../search/question.ts";
import type { ReadPassage } from "../search/reading/reranking.ts";
import type { WindowReading } from "../search/reading/windowReadings.ts";
import type { Approved } from "./approvedAnswers.ts";
import { excerptsOf, highlightOf } from "./excerpt.ts";
import type { Excerpt } from "./excerpt.ts";
import { showWindows } from "./whatWasRead.ts";
import type { WhatWasRead } from "./whatWasRead.ts";

/** An excerpt that answers a question. */
export interface ScoredExcerpt extends Excerpt {
  /** The weighted sum of its best sentence's scores; comparable within one answer only. */
  readonly score: number;
  /** What each scorer adds to it. */
  readonly contributions: ScorerScores;
  /** How high it stands, by its score and by what was read; comparable within one answer only. */
  readonly rank: number;
  /** What the reader makes of it; undefined where it was not read. */
  readonly reading: ExcerptReading | undefined;
}

/** What the reader makes of an excerpt. */
interface ExcerptReading {
  /** How surely it answers, a logit. */
  readonly score: number;
  /** The words that answer, [from, to) in its text. */
  readonly span: readonly [from: number, to: number];
}

/** What is said to a question: the passage is there, may be there, or is not in these reports. */
export interface Answer {
  readonly state: State;
  /** How likely the first passage answers, by the decision's model; 0..1. */
  readonly confidence: number;
  /** The question's language, a tag. */
  readonly language: string;
  /** The question before, where this one was understood as leaning on it: then both were searched and read together. */
  readonly after?: string;
  /** The best passages, best first; for `maybe` and `none` the nearest ones. */
  readonly excerpts: readonly ScoredExcerpt[];
  /** The headings nearest to the question, best first. */
  readonly headings: readonly string[];
  /** What the confidence comes from; undefined for a question that quotes the reports. */
  readonly reasons: Reasons | undefined;
  /** Of a long question, abbreviations spelled out, how many UTF-16 code units the model saw; only where it saw not all of them. */
  readonly comparedChars?: number;
  /** What was read; only where it is asked for. */
  readonly read?: WhatWasRead;
  /** What moderators approved as the answer; the excerpts then begin after it. */
  readonly verified?: VerifiedAnswer;
}

/** An answer that moderators approved, in the report's own words. */
export interface VerifiedAnswer {
  /** The approval's id. */
  readonly id: string;
  /** The question that it was approved for. */
  readonly question: string;
  readonly note: string | undefined;
  /** Best first; one or more. */
  readonly excerpts: readonly Excerpt[];
}

/** What a search of an index finds. */
export interface Found {
  readonly question: Question;
  /** What the model makes of it. */
  readonly encoding: Encoding;
  /** The question before, where this one leans on it. */
  readonly after?: string | undefined;
  /** The words that were searched and read. */
  readonly searchedAs: string;
  readonly decision: Decision;
  /** Best first. */
  readonly passages: readonly ReadPassage[];
  /** What was read. */
  readonly windows: readonly WindowReading[];
  /** Why nothing is read, in one sentence; undefined where there is no reason. */
  readonly whyUnread: string | undefined;
  /** How long the encoder, the search and the reader took, in milliseconds. */
  readonly ms: { readonly encode: number; readonly search: number; readonly read: number };
}

/** Most excerpts that may be asked for. */
export const MAX_EXCERPTS = 10;

/** Excerpts of an answer where nothing else is asked. */
export const DEFAULT_EXCERPTS = 3;

/** What is shown of it. */
interface Shown {
  /** 1 to {@link MAX_EXCERPTS}. */
  readonly maxExcerpts: number;
  /** What moderators approved. */
  readonly verified?: Approved | undefined;
  /** Whether to tell what was read. */
  readonly isExplained?: boolean | undefined;
}

/** Headings that are named beside an answer. */
const MAX_HEADINGS = 3;

/**
 * Turns what was found into an answer, with what moderators approved first.
 *
 * @throws {Error} if a passage's words are not what the index promises: then nothing is shown.
 */
export async function composeAnswer(
  index: Generation,
  found: Found,
  { maxExcerpts, verified, isExplained }: Shown,
): Promise<Answer> {
  const { decision, question, passages, after } = found;
  const ranked = passages.filter(({ passage }) => !verified?.passages.includes(passage));
  return {
    state: decision.state,
    confidence: decision.confidence,
    language: question.language,
    ...(after !== undefined && { after }),
    excerpts: await scoredExcerpts(index, ranked.slice(0, maxExcerpts)),
    headings: nearestHeadings(passages),
    reasons: decision.reasons,
    ...comparedChars(found),
    ...(isExplained && { read: await whatWasRead(index, found) }),
    ...(verified && { verified: await toVerified(index, verified) }),
  };
}

/** How much of a question the model saw, where that is not all. */
function comparedChars({ question, encoding }: Found): Pick<Answer, "comparedChars"> {
  const end = encoding.spans.at(-1) ?? 0;
  const isCut = encoding.weights.length >= MAX_QUESTION_TOKENS && end < question.spelledOut.length;
  return isCut ? { comparedChars: end } : {};
}

async function toVerified(
  index: Generation,
  { answer: { id, question, note }, passages }: Approved,
): Promise<VerifiedAnswer> {
  return { id, question, note, excerpts: await excerptsOf(index, passages) };
}

async function scoredExcerpts(
  index: Generation,
  ranked: readonly ReadPassage[],
): Promise<ScoredExcerpt[]> {
  const excerpts = await excerptsOf(
    index,
    ranked.map(({ passage }) => passage),
  );
  return ranked.flatMap((it, i) => {
    const excerpt = excerpts[i];
    if (excerpt === undefined) return [];
    const highlight = highlightOf(index, it, excerpt.text);
    const { score, contributions, rank } = it;
    return [{ ...excerpt, highlight, score, contributions, rank, reading: readingOf(it) }];
  });
}

function readingOf({ passage, reading }: ReadPassage): ExcerptReading | undefined {
  if (reading === undefined) return undefined;
  const { start, end } = reading.span;
  const [from, length] = [passage.span.start, passage.span.end - passage.span.start];
  return { score: reading.score, span: [start - from, Math.min(end - from, length)] };
}

async function whatWasRead(
  index: Generation,
  { question: { text }, searchedAs, windows, whyUnread }: Found,
): Promise<WhatWasRead> {
  const as = searchedAs === text ? {} : { as: searchedAs };
  return { ...as, windows: await showWindows(index, windows), whyUnread };
}

/** The headings above the best passages. */
function nearestHeadings(passages: readonly ReadPassage[]): string[] {
  const headings = passages.flatMap(({ passage }) => sectionOf(passage)?.path.at(-1) ?? []);
  return [...new Set(headings)].slice(0, MAX_HEADINGS);
}
