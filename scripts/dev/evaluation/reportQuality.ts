/** Evaluates the search on the questions about the report. */
import type { Config } from "../../../src/config.ts";
import { openProgram } from "../../../src/main.ts";
import type { AblationPart } from "../../../src/search/fusion.ts";
import { percentile } from "../measurements.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import { accuracyByLanguageChart, accuracyByStepChart, scoreDistributionChart } from "./charts.ts";
import { ABLATIONS } from "./evaluation.ts";
import type { Evaluation, Table } from "./evaluation.ts";
import { askAll, groupOf, readQuestions, recallAt, refusals, share } from "./reportQuestions.ts";
import type { Outcome, Question } from "./reportQuestions.ts";

/** As many passages as an answer may show, for the mean reciprocal rank. */
const MAX_EXCERPTS = 10;

/** Asks the questions of a file, with all steps and, if wished, without each. */
export async function evaluateReport(
  config: Config,
  file: string,
  isAblated: boolean,
): Promise<Evaluation> {
  const questions = await readQuestions(file);
  const outcomes = await ask(config, questions, new Set());
  const steps = isAblated ? await ablate(config, questions) : [];
  return {
    tables: [...tablesOf(outcomes), ...(isAblated ? [{ title: "ablation", rows: steps }] : [])],
    charts: chartsOf(outcomes, steps),
  };
}

async function ask(
  config: Config,
  questions: readonly Question[],
  without: ReadonlySet<AblationPart>,
): Promise<Outcome[]> {
  const verbatim = await openProgram({ config, without });
  try {
    return await askAll(verbatim, questions, MAX_EXCERPTS);
  } finally {
    await verbatim.close();
  }
}

async function ablate(config: Config, questions: readonly Question[]): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for (const { name, without } of ABLATIONS) {
    const outcomes = await ask(config, questions, without);
    const first = (group: "Chinese" | "English" | "other"): number => recallAt(1, group, outcomes);
    const values = { Chinese: first("Chinese"), English: first("English"), other: first("other") };
    rows.push({ name, values });
  }
  return rows;
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
  const times = outcomes.map(({ answer }) => answer.ms.total);
  const { offTopicRefused, answerableKept, nearMissClaimed } = refusals(outcomes);
  return [
    by("language group", groupOf),
    by("language", ({ lang }) => lang),
    by("difficulty", ({ difficulty }) => difficulty),
    by("type", ({ type }) => type),
    {
      title: "decision",
      rows: [
        { name: "off-topic questions refused", values: { share: offTopicRefused } },
        { name: "answerable questions not refused", values: { share: answerableKept } },
        { name: "near-miss questions claimed as found", values: { share: nearMissClaimed } },
        {
          name: "found, and the first passage is right",
          values: {
            share: share(
              outcomes.filter(({ answer }) => answer.state === "found"),
              ({ rank }) => rank === 1,
            ),
          },
        },
      ],
    },
    {
      title: "milliseconds",
      rows: [
        { name: "whole answer, p50", values: { ms: percentile(times, 0.5) } },
        { name: "whole answer, p95", values: { ms: percentile(times, 0.95) } },
      ],
    },
  ];
}

function accuracyOf(outcomes: readonly Outcome[]): TableRow["values"] {
  return {
    questions: outcomes.length,
    first: share(outcomes, ({ rank }) => rank === 1),
    "first 3": share(outcomes, ({ rank }) => rank !== undefined && rank <= 3),
    MRR: outcomes.reduce((sum, { rank }) => sum + (rank ? 1 / rank : 0), 0) / outcomes.length,
  };
}

function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): [key: string, group: Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

function chartsOf(outcomes: readonly Outcome[], steps: readonly TableRow[]): Evaluation["charts"] {
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
        steps.map(({ name, values }) => ({ step: name, byLanguage: numbersOf(values) })),
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

function numbersOf(values: TableRow["values"]): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
}
