/** Questions and answers as lines of JSON, in and out. */
import * as v from "valibot";
import type { TimedAnswer } from "../ask/ask.ts";
import type { Excerpt } from "../ask/excerpt.ts";
import type { Paragraph } from "../ask/lookup.ts";
import type { Mention } from "../ask/mentions.ts";
import { DICTIONARY_CREDIT } from "../ask/passageWords.ts";
import type { WordPiece } from "../ask/passageWords.ts";
import { UsageError } from "../errors.ts";

/** A question with the name its asker gave it. */
export interface NamedQuestion {
  readonly id: string | number | null;
  readonly question: string;
  /** The question before, on which this one may lean. */
  readonly after?: string | undefined;
}

const SCORE_DIGITS = 4;
const MS_DIGITS = 3;

/**
 * An answer as one line of JSON. `after` is there where the question was understood as leaning on the one before; `highlight` counts in `text`, `start` and `end` in the report's clean text.
 *
 * @param isExplained Whether to add what the decision and the order of the passages come from, and what was read.
 */
export function toJsonLine(
  { id, question }: NamedQuestion,
  answer: TimedAnswer,
  isExplained: boolean,
): string {
  const { state, language, after, excerpts, headings, comparedChars, ms } = answer;
  const { confidence, reasons, read } = answer;
  return JSON.stringify({
    id,
    question,
    after,
    state,
    language,
    excerpts: excerpts.map((excerpt) => ({
      ...toObject(excerpt),
      score: round(excerpt.score, SCORE_DIGITS),
      ...(isExplained && {
        contributions: excerpt.contributions,
        rank: excerpt.rank,
        reading: excerpt.reading ?? null,
      }),
    })),
    headings,
    comparedChars,
    ms: {
      encode: round(ms.encode, MS_DIGITS),
      search: round(ms.search, MS_DIGITS),
      read: round(ms.read, MS_DIGITS),
      total: round(ms.total, MS_DIGITS),
    },
    ...(isExplained && { explanation: { confidence, ...reasons, ...read } }),
  });
}

/** An excerpt without what only ranks it; what it does not have is left out. */
function toObject(excerpt: Excerpt) {
  const { passage, report, title, date, url, section, page, pageLabel, columns } = excerpt;
  const { paragraph, sentences, text, start, end, highlight } = excerpt;
  const place = { passage, report, title, date, url, section, page, pageLabel };
  return { ...place, paragraph, sentences, columns, text, start, end, highlight };
}

/** What is cited for some words, as one line of JSON; without excerpts where they name nothing. */
export function toCitedLine(cite: string, excerpts: readonly Excerpt[]): string {
  return JSON.stringify({ cite, excerpts: excerpts.map(toObject) });
}

/** A sentence that holds the words that were looked for, as one line of JSON; `highlights` count in `text`. */
export function toMentionLine(mention: Mention): string {
  const { highlights } = mention;
  return JSON.stringify({ ...toObject(mention), highlight: undefined, highlights });
}

/** The paragraph around a passage, as one line of JSON; without excerpts where there is no such passage. */
export function toContextLine(context: string, paragraph: Paragraph | undefined): string {
  const { excerpt, previous = null, next = null } = paragraph ?? {};
  return JSON.stringify({ context, excerpts: excerpt ? [toObject(excerpt)] : [], previous, next });
}

/** A passage in pieces, word by word, as one line of JSON; without any where there is no such passage, or where it is not Chinese. */
export function toWordsLine(passage: string, pieces: readonly WordPiece[] = []): string {
  return JSON.stringify({ passage, pieces, dictionary: DICTIONARY_CREDIT });
}

/** What is said, as one line of JSON, to a question that cannot be searched for. */
export function toErrorLine({ id, question }: NamedQuestion, message: string): string {
  return JSON.stringify({ id, question, error: message });
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

const QuestionLine = v.object({
  id: v.optional(v.nullable(v.union([v.string(), v.number()]))),
  question: v.string(),
  after: v.optional(v.string()),
});

/**
 * Reads one line of questions: a JSON object `{"id", "question", "after"}`, or the question as it is.
 *
 * @param number The line's number, from 1: the id of a question without one.
 * @throws {UsageError} if the line begins like an object and is none, or has no question.
 */
export function readQuestionLine(rawLine: string, number: number): NamedQuestion {
  // Some editors begin a file with a byte order mark.
  const line = number === 1 ? rawLine.replace(/^\uFEFF/u, "") : rawLine;
  if (!line.trimStart().startsWith("{")) return { id: number, question: line.trim() };
  const parsed = v.safeParse(QuestionLine, parseJson(line));
  if (!parsed.success) {
    throw new UsageError(
      'This is no JSON object with a question: write {"id": …, "question": "…"} or the question alone.',
    );
  }
  return { ...parsed.output, id: parsed.output.id ?? number };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // The schema then says what is wrong.
  }
}
