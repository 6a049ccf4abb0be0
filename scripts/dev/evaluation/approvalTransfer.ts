/** How well an approved answer is found again when its question is asked in another language. */
import { prepareApproved, prepareApprovedSearch } from "../../../src/ask/approvedAnswers.ts";
import type { ApprovedAnswer, ApprovedAnswers } from "../../../src/ask/approvedAnswers.ts";
import type { Generation, IndexedPassage } from "../../../src/index/generation.ts";
import { prepareQuestionVectors } from "../../../src/ask/similarQuestions.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import { share } from "../measurements.ts";
import type { Query, QueryResult } from "./corpus.ts";

/**
 * Approves every question of one language with the passage that holds its answer, and asks every question of another: how many are
 * served, how many of these wrongly, and, with the question's own approval left out, how many are wrongly served another one.
 */
export async function approvedRows(
  generation: Generation,
  found: readonly (readonly QueryResult[])[],
): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for (const approved of found) {
    const pool = await approveAll(generation, approved);
    for (const asked of found)
      if (asked !== approved) rows.push(await rowOf(generation, pool, asked));
  }
  return rows;
}

interface Pool {
  readonly language: string;
  readonly answers: readonly ApprovedAnswer[];
  readonly approved: ApprovedAnswers;
}

/** The passages of the right paragraph that hold the answer's words. */
async function passagesOf(
  generation: Generation,
  { gold, answer_zh: answer = "" }: Query,
): Promise<IndexedPassage[]> {
  const ofGold = generation.passages.filter(({ report }) => gold.includes(report.id));
  const texts = await generation.readTexts(ofGold);
  return ofGold.filter((_, i) => texts[i]?.includes(answer));
}

async function approveAll(generation: Generation, found: readonly QueryResult[]): Promise<Pool> {
  const toVector = prepareQuestionVectors(generation);
  const answers: ApprovedAnswer[] = [];
  for (const { query, result } of found) {
    const [passage] = await passagesOf(generation, query);
    if (passage === undefined) continue;
    const vector = toVector(result.question, result.encoding);
    const passages = [{ id: passage.id, words: passage.foldedHash }];
    answers.push({ id: query.id, question: query.text, vector, passages, note: undefined });
  }
  const language = found[0]?.query.lang ?? "";
  return { language, answers, approved: prepareApproved(answers) };
}

async function rowOf(
  generation: Generation,
  { language, answers, approved }: Pool,
  asked: readonly QueryResult[],
): Promise<TableRow> {
  const findApproved = prepareApprovedSearch(generation);
  const known = new Set(answers.map(({ id }) => id));
  const outcomes: Record<"all" | "others", "right" | "wrong" | "nothing">[] = [];
  for (const { query, result } of asked.filter((it) => known.has(it.query.id))) {
    const right = await passagesOf(generation, query);
    const serve = (some: ApprovedAnswers): "right" | "wrong" | "nothing" => {
      const served = findApproved(some, result);
      if (served === undefined) return "nothing";
      return served.passages.some((it) => right.includes(it)) ? "right" : "wrong";
    };
    outcomes.push({ all: serve(approved), others: serve(without(approved, query.id)) });
  }
  return {
    name: `${language} asked in ${asked[0]?.query.lang ?? ""}`,
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
