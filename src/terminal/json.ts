import type { Answer } from "../answer/answer.ts";

/** How long the parts of an answer took, in milliseconds. */
interface Timing {
  readonly encode: number;
  readonly search: number;
  readonly total: number;
}

/** A question with the name its asker gave it. */
export interface NamedQuestion {
  readonly id: string | number | null;
  readonly question: string;
}

const SCORE_DIGITS = 4;
const MS_DIGITS = 3;

/**
 * An answer as one line of JSON. `highlight` counts in `text`, `start` and `end` in the report's clean text.
 *
 * @param isExplained Whether to add what the decision and each passage's score come from.
 */
export function toJsonLine(
  { id, question }: NamedQuestion,
  answer: Answer & { readonly ms: Timing },
  isExplained: boolean,
): string {
  const { state, language, excerpts, headings, ms, kind, confidence, reasons } = answer;
  return JSON.stringify({
    id,
    question,
    state,
    language,
    excerpts: excerpts.map((excerpt) => ({
      passage: excerpt.passage,
      report: excerpt.report,
      title: excerpt.title,
      section: excerpt.section,
      paragraph: excerpt.paragraph,
      sentences: excerpt.sentences,
      text: excerpt.text,
      start: excerpt.start,
      end: excerpt.end,
      highlight: excerpt.highlight,
      score: round(excerpt.score, SCORE_DIGITS),
      ...(isExplained && { contributions: excerpt.contributions }),
    })),
    headings,
    ms: {
      encode: round(ms.encode, MS_DIGITS),
      search: round(ms.search, MS_DIGITS),
      total: round(ms.total, MS_DIGITS),
    },
    ...(isExplained && { explanation: { kind, confidence, ...reasons } }),
  });
}

/** What is said, as one line of JSON, to a question that cannot be searched for. */
export function toErrorLine({ id, question }: NamedQuestion, message: string): string {
  return JSON.stringify({ id, question, error: message });
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
