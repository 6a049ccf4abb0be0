/** Evaluates the search on the questions about the report. */
import { MAX_EXCERPTS } from "../../../src/ask/answer.ts";
import type { Config } from "../../../src/config.ts";
import { openProgram } from "../../../src/main.ts";
import type { Ablation } from "../../../src/search/fusion.ts";
import { groupBy, mean, share } from "../measurements.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import { accuracyByLanguageChart, accuracyByStepChart, scoreDistributionChart } from "./charts.ts";
import { ablate, timeTable, toSteps } from "./evaluation.ts";
import type { Evaluation, Table } from "./evaluation.ts";
import {
  DEVELOPMENT_QUESTIONS,
  askAll,
  floorRows,
  groupOf,
  readQuestions,
  recallAt,
  refusals,
} from "./reportQuestions.ts";
import type { Outcome, Question } from "./reportQuestions.ts";

/** Asks the questions of a file, with all steps and, if wished, without each. */
export async function evaluateReport(
  config: Config,
  file: string,
  isAblated: boolean,
): Promise<Evaluation> {
  const questions = await readQuestions(file);
  const outcomes = await ask(config, questions, new Set());
  const steps = isAblated
    ? await ablate(async (without) => firsts(await ask(config, questions, without)))
    : [];
  return {
    tables: [...tablesOf(outcomes), ...(isAblated ? [{ title: "ablation", rows: steps }] : [])],
    ...(file === DEVELOPMENT_QUESTIONS && { floors: floorRows(outcomes) }),
    charts: chartsOf(outcomes, steps),
  };
}

async function ask(
  config: Config,
  questions: readonly Question[],
  without: Ablation,
): Promise<Outcome[]> {
  const collection = await openProgram({ config, without });
  try {
    return await askAll(collection.ask, questions, MAX_EXCERPTS);
  } finally {
    await collection.close();
  }
}

function firsts(outcomes: readonly Outcome[]): TableRow["values"] {
  const groups = ["Chinese", "English", "other"] as const;
  return Object.fromEntries(groups.map((it) => [it, recallAt(1, it, outcomes)]));
}

function tablesOf(outcomes: readonly Outcome[]): Table[] {
  const answerable = outcomes.filter(({ question }) => question.answerable);
  const by = (title: string, keyOf: (question: Question) => string): Table => ({
    title,
    rows: groupBy(answerable, ({ question }) => keyOf(question)).map(([name, group]) => ({
      name,
      values: accuracyOf(group),
    })),
  });
  return [
    by("language group", groupOf),
    by("language", ({ lang }) => lang),
    by("difficulty", ({ difficulty }) => difficulty),
    by("type", ({ type }) => type),
    { title: "decision", rows: decisionRows(outcomes) },
    timeTable(outcomes.map(({ answer }) => answer.ms.total)),
  ];
}

function decisionRows(outcomes: readonly Outcome[]): TableRow[] {
  const { offTopicRefused, answerableKept, nearMissClaimed } = refusals(outcomes);
  const found = outcomes.filter(({ answer }) => answer.state === "found");
  const shares = {
    "off-topic questions refused": offTopicRefused,
    "answerable questions not refused": answerableKept,
    "near-miss questions claimed as found": nearMissClaimed,
    "found, and the first passage is right": share(found, ({ rank }) => rank === 1),
  };
  return Object.entries(shares).map(([name, value]) => ({ name, values: { share: value } }));
}

function accuracyOf(outcomes: readonly Outcome[]): TableRow["values"] {
  return {
    questions: outcomes.length,
    first: share(outcomes, ({ rank }) => rank === 1),
    "first 3": share(outcomes, ({ rank }) => rank !== undefined && rank <= 3),
    MRR: mean(outcomes.map(({ rank }) => (rank ? 1 / rank : 0))),
  };
}

function chartsOf(outcomes: readonly Outcome[], steps: readonly TableRow[]) {
  const answerable = outcomes.filter(({ question }) => question.answerable);
  const languages = groupBy(answerable, ({ question }) => chartGroupOf(question)).map(
    ([language, group]) => ({
      language: `${language} (${group.length})`,
      first: share(group, ({ rank }) => rank === 1),
      firstThree: share(group, ({ rank }) => rank !== undefined && rank <= 3),
    }),
  );
  const confidences = (isAnswerable: boolean): number[] =>
    outcomes
      .filter(({ question }) => question.answerable === isAnswerable)
      .map(({ answer }) => answer.confidence);
  return {
    "report-languages": accuracyByLanguageChart(
      languages,
      "Right passage, questions about the report",
    ),
    "report-confidence": scoreDistributionChart(confidences(true), confidences(false), {
      title: "Confidence of answers about the report",
      xLabel: "confidence",
    }),
    ...(steps.length > 0 && {
      "report-steps": accuracyByStepChart(
        toSteps(steps),
        "Right passage first, without each step (report)",
      ),
    }),
  };
}

/** Of most languages there is one question: alone it would say all or nothing. */
function chartGroupOf(question: Question): string {
  const group = groupOf(question);
  return group === "Chinese" ? question.lang : group;
}
