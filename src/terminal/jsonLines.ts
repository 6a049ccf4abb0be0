import * as v from "valibot";
import { UsageError } from "../errors.ts";
import type { NamedQuestion } from "./json.ts";

const QuestionLine = v.object({
  id: v.optional(v.nullable(v.union([v.string(), v.number()]))),
  question: v.string(),
});

/**
 * Reads one line of questions: a JSON object `{"id", "question"}`, or the question as it is.
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
  return { id: parsed.output.id ?? number, question: parsed.output.question };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // The schema then says what is wrong.
  }
}
