/** How well an approved answer is found again when its question is asked in another language. */
import {
  findApproved,
  prepareResolver,
  prepareApproved,
} from "../../../src/ask/approvedAnswers.ts";
import type { ApprovedAnswer, ApprovedAnswers } from "../../../src/ask/approvedAnswers.ts";
import type { Generation } from "../../../src/index/generation.ts";
import { prepareQuestionVectors } from "../../../src/ask/similarQuestions.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import type { Found, Query } from "./corpus.ts";
import { share } from "../measurements.ts";

/**
 * Approves every question of one language with the passage that holds its answer, and asks every question of another: how many are
 * served, how many of these wrongly, and, with the question's own approval left out, how many are wrongly served another one.
 */
export function approvedRows(
  generation: Generation,
  found: readonly (readonly Found[])[],
): TableRow[] {
  const pools = found.map((ofLanguage) => approveAll(generation, ofLanguage));
  return pools.flatMap((pool, i) =>
    found.flatMap((asked, k) => (i === k ? [] : [rowOf(generation, pool, asked)])),
  );
}

interface Pool {
  readonly language: string;
  readonly answers: readonly ApprovedAnswer[];
  readonly approved: ApprovedAnswers;
}

/** The passages of the right paragraph that hold the answer's words. */
function passagesOf(generation: Generation, { gold, answer_zh: answer }: Query) {
  return generation.passages.filter(
    ({ report, span }) =>
      gold.includes(report.id) && generation.readText(report, span).includes(answer ?? ""),
  );
}

function approveAll(generation: Generation, found: readonly Found[]): Pool {
  const toVector = prepareQuestionVectors(generation);
  const answers = found.flatMap(({ query, result }) => {
    const passages = passagesOf(generation, query).slice(0, 1);
    if (passages.length === 0) return [];
    const vector = toVector(query.text, result.encoding);
    return [{ id: query.id, question: query.text, vector, passages, note: undefined }];
  });
  const language = found[0]?.query.lang ?? "";
  return { language, answers, approved: prepareApproved(answers) };
}

function rowOf(generation: Generation, pool: Pool, asked: readonly Found[]): TableRow {
  const toVector = prepareQuestionVectors(generation);
  const resolve = prepareResolver(generation);
  const known = new Set(pool.answers.map(({ id }) => id));
  const outcomes = asked
    .filter(({ query }) => known.has(query.id))
    .map(({ query, result }) => {
      const right = new Set(passagesOf(generation, query));
      const question = { question: query.text, vector: toVector(query.text, result.encoding) };
      const serve = (approved: ApprovedAnswers): "right" | "wrong" | "nothing" => {
        const served = findApproved(approved, question, result.passages, resolve);
        if (served === undefined) return "nothing";
        return served.passages.some((it) => right.has(it)) ? "right" : "wrong";
      };
      return { all: serve(pool.approved), others: serve(without(pool.approved, query.id)) };
    });
  return {
    name: `${pool.language} asked in ${asked[0]?.query.lang ?? ""}`,
    values: {
      questions: outcomes.length,
      served: share(outcomes, ({ all }) => all === "right"),
      wrong: share(outcomes, ({ all }) => all === "wrong"),
      "wrong of others": share(outcomes, ({ others }) => others === "wrong"),
    },
  };
}

function without({ same, nearest }: ApprovedAnswers, id: string): ApprovedAnswers {
  return {
    same: (key) => {
      const found = same(key);
      return found?.id === id ? undefined : found;
    },
    *nearest(vector) {
      for (const it of nearest(vector)) if (it.answer.id !== id) yield it;
    },
  };
}
