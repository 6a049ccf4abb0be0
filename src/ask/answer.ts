import type { Generation, IndexedPassage } from "../index/generation.ts";
import { sha256 } from "../bytes.ts";
import type { Reasons } from "../search/decision/decision.ts";
import type { IntentGuess } from "../search/intent/intent.ts";
import type { ScorerScores } from "../search/fusion.ts";
import type { RankedPassage } from "../search/ranking.ts";
import type { SearchResult } from "./ask.ts";
import type { Approved, ApprovedAnswers } from "./approvedAnswers.ts";
import { highlightOf } from "./excerpt.ts";

/** Where a passage stands in its report. */
export interface Place {
  /** The report's id. */
  readonly report: string;
  /** The report's title. */
  readonly title: string;
  /** The headings above, the highest first. */
  readonly section: readonly string[];
  /** Counted from 1 through all lines of the report, its title and headings included. */
  readonly paragraph: number;
  /** First and last sentence in the paragraph, counted from 1, both included. */
  readonly sentences: readonly [from: number, to: number];
  /** [start, end) in the report's clean text, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** A passage in the report's own words, read again from the stored text and proved by its hash. */
export interface Excerpt extends Place {
  /** The passage's id. */
  readonly passage: string;
  readonly text: string;
  /** The part that matches the question best, [from, to) in `text`; empty where nothing was asked. */
  readonly highlight: readonly [from: number, to: number];
  /** Where else the same words stand. */
  readonly alsoAt: readonly Place[];
}

/** An excerpt that answers a question. */
export interface ScoredExcerpt extends Excerpt {
  /** The weighted sum of its best sentence's scores; comparable within one answer only. */
  readonly score: number;
  /** What each leg of the search adds to it. */
  readonly contributions: ScorerScores;
}

/** What is said to a question: the passage is there, may be there, or is not in these reports. */
export interface Answer {
  readonly state: "found" | "maybe" | "none";
  /** How likely the first passage answers, by the decision's model; 0..1. */
  readonly confidence: number;
  /** The question's language, a tag. */
  readonly language: string;
  /** The best passages, best first; for `maybe` and `none` the nearest ones. */
  readonly excerpts: readonly ScoredExcerpt[];
  /** The headings nearest to the question, best first. */
  readonly headings: readonly string[];
  /** What the question was taken for. */
  readonly intent: IntentGuess;
  /** What the confidence comes from; undefined for a question about the document itself. */
  readonly reasons: Reasons | undefined;
  /** What moderators approved as the answer; the excerpts then begin after it. */
  readonly verified?: VerifiedAnswer;
}

/** An answer, and how long its parts took, in milliseconds. */
export interface TimedAnswer extends Answer {
  readonly ms: { readonly encode: number; readonly search: number; readonly total: number };
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

export interface AnswerOptions {
  /** Most excerpts, 1 to 10. */
  readonly maxExcerpts: number;
}

/** How a question is answered. */
export interface AskOptions extends AnswerOptions {
  /** What moderators approved; asked for while the model works. */
  readonly approved?: () => Promise<ApprovedAnswers | undefined>;
}

/** Most excerpts that may be asked for. */
export const MAX_EXCERPTS = 10;

/** Excerpts of an answer where nothing else is asked. */
export const DEFAULT_EXCERPTS = 3;

/**
 * Turns a search's result into an answer, with what moderators approved first.
 *
 * @throws {Error} if a passage's words are not what the index promises: then nothing is shown.
 */
export function composeAnswer(
  generation: Generation,
  result: SearchResult,
  { maxExcerpts }: AnswerOptions,
  approved?: Approved,
): Answer {
  const ranked = result.passages.filter(({ passage }) => !approved?.passages.includes(passage));
  return {
    state: result.decision.state,
    confidence: result.decision.confidence,
    language: result.language,
    excerpts: ranked.slice(0, maxExcerpts).map((it) => toExcerpt(generation, it)),
    headings: result.headings,
    intent: result.intent,
    reasons: result.decision.reasons,
    ...(approved && { verified: toVerified(generation, approved) }),
  };
}

function toVerified(generation: Generation, { answer, passages }: Approved): VerifiedAnswer {
  const { id, question, note } = answer;
  return { id, question, note, excerpts: passages.map((it) => excerptOf(generation, it)) };
}

function toExcerpt(generation: Generation, ranked: RankedPassage): ScoredExcerpt {
  const excerpt = excerptOf(generation, ranked.passage);
  return {
    ...excerpt,
    highlight: highlightOf(generation, ranked, excerpt.text),
    score: ranked.score,
    contributions: ranked.contributions,
  };
}

/**
 * A passage in the report's own words, for no question.
 *
 * @throws {Error} if its words are not what the index promises: then nothing is shown.
 */
export function excerptOf(generation: Generation, passage: IndexedPassage): Excerpt {
  const copies = generation.copies.get(passage.words) ?? [];
  return {
    ...placeOf(passage),
    passage: passage.id,
    text: proveText(generation, passage),
    highlight: [0, 0],
    alsoAt: copies.filter((it) => it !== passage).map(placeOf),
  };
}

/** Reads a passage from the stored text and compares it with the hash that was taken when the index was built. */
function proveText(generation: Generation, { report, span, proof, id }: IndexedPassage): string {
  const text = generation.readText(report, span);
  if (sha256(text) !== proof) {
    throw new Error(
      `passage ${id} of ${report.id} is not what the index promises: its text has changed`,
    );
  }
  return text;
}

function placeOf({ report, span, block, sentences }: IndexedPassage): Place {
  const section = report.blocks[block]?.section;
  return {
    report: report.id,
    title: report.title,
    section: section === undefined ? [] : (report.sections[section]?.path ?? []),
    paragraph: block + 1,
    sentences,
    start: span.start,
    end: span.end,
  };
}
