/** Evaluates the product on a suite of written reports. */
import type { Config } from "../../../src/config.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { mapNames } from "../../../src/names.ts";
import { ABLATION_PARTS, NOTHING_LEFT_OUT } from "../../../src/search/fusion.ts";
import type { Ablation } from "../../../src/search/fusion.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import { groupBy, share, sum } from "../measurements.ts";
import { estimate } from "./bootstrap.ts";
import { accuracyByLanguageChart, accuracyByStepChart } from "./charts.ts";
import { ablate, mapValues } from "./evaluation.ts";
import type { Evaluation, Table } from "./evaluation.ts";
import { keepReadings } from "./keptReadings.ts";
import { askSuite, readSuite } from "./suite.ts";
import type { SuiteFiles, SuiteOutcome, SuiteQuestion } from "./suite.ts";
import {
  ANSWERABLE,
  SUITE_GROUPS,
  ofGroup,
  ofKind,
  saidOf,
  suiteFloors,
  unanswerable,
} from "./suiteMetrics.ts";
import type { Metric } from "./suiteMetrics.ts";

/** What may be said to a question. */
const STATES = ["found", "maybe", "none"] as const satisfies SuiteOutcome["state"][];

const KIND_NAMES = {
  answer: "answerable",
  "near-miss": "near miss",
  "off-topic": "off-topic",
} as const satisfies Record<SuiteQuestion["kind"], string>;

/** A language with fewer questions has no bars of its own. */
const MIN_QUESTIONS_IN_CHART = 15;

/** How a suite is asked. */
export interface SuiteOptions extends SuiteFiles {
  readonly isAblated: boolean;
  /** Where built indexes are kept, if not where those of corpora are. */
  readonly cache?: string;
}

/** Asks the questions of a suite, with all parts of the search and, if wished, without each. The floors are those of a whole suite. */
export async function evaluateSuite(
  { modelDir }: Pick<Config, "modelDir">,
  { isAblated, cache, ...files }: SuiteOptions,
  onProgress: (step: string, done: number, total: number) => void = () => undefined,
): Promise<Evaluation> {
  const suite = await readSuite(files);
  const questions = sum(suite.map((it) => it.questions.length));
  // All are encoded once, however many ablations there are, and the question bank, however many indexes are built.
  const started = await startEncoder(modelDir, { questionCacheBytes: Infinity });
  const encoder = await keepReadings(started, modelDir);
  const total = questions * (isAblated ? 1 + ABLATION_PARTS.length : 1);
  let asked = 0;
  const onAsked = (more: number): void => {
    asked += more;
    onProgress("asking", asked, total);
  };
  const ask = (without: Ablation): Promise<SuiteOutcome[]> =>
    askSuite(suite, { modelDir, encoder, cache, without, onAsked });
  try {
    const outcomes = await ask(NOTHING_LEFT_OUT);
    const measure = async (without: Ablation): Promise<TableRow["values"]> =>
      stepOf(without.size === 0 ? outcomes : await ask(without));
    const ablation = isAblated ? [{ title: "ablation", rows: await ablate(measure) }] : [];
    const isWhole = files.every === 1 && files.only.length === 0;
    return {
      tables: [...suiteTables(outcomes), ...ablation],
      ...(isWhole && { floors: suiteFloors(outcomes) }),
      charts: chartsOf(outcomes),
    };
  } finally {
    await encoder.close();
  }
}

function stepOf(outcomes: readonly SuiteOutcome[]): TableRow["values"] {
  return {
    "first, own language": ANSWERABLE.first(ofGroup("own language", outcomes)),
    "first, all other": ANSWERABLE.first(ofGroup("all other", outcomes)),
    found: ANSWERABLE.found(outcomes),
    "near misses claimed": saidOf("near-miss", "found")(outcomes),
  };
}

/** All tables of a suite's outcomes. */
export function suiteTables(outcomes: readonly SuiteOutcome[]): Table[] {
  const answerable = ofKind("answer", outcomes);
  const by = (title: string, keyOf: (question: SuiteQuestion) => string): Table => ({
    title: `answerable, by ${title}`,
    rows: groupBy(answerable, ({ question }) => keyOf(question)).map(([name, group]) => ({
      name,
      values: { n: group.length, ...mapValues(ANSWERABLE, (metric: Metric) => metric(group)) },
    })),
  });
  return [
    groupTable("answer", ANSWERABLE, outcomes),
    groupTable("near-miss", unanswerable("near-miss"), outcomes),
    groupTable("off-topic", unanswerable("off-topic"), outcomes),
    by("style", ({ style }) => style),
    by("language of the report", ({ reportLanguage }) => reportLanguage),
    by("report", ({ report, reportLanguage }) => `${report} (${reportLanguage})`),
  ];
}

/** A kind's metrics for each group of languages, each with its interval over the reports. */
function groupTable(
  kind: SuiteQuestion["kind"],
  metrics: Readonly<Record<string, Metric>>,
  outcomes: readonly SuiteOutcome[],
): Table {
  const rows = Object.entries(SUITE_GROUPS).map(([name, isIn]) => {
    const group = outcomes.filter(({ question }) => isIn(question));
    const byReport = groupBy(group, ({ question }) => question.report).map(([, them]) => them);
    const values = mapValues(metrics, (metric) => estimate(byReport, metric));
    return { name, values: { n: ofKind(kind, group).length, ...values } };
  });
  return { title: KIND_NAMES[kind], rows };
}

function chartsOf(outcomes: readonly SuiteOutcome[]): Record<string, string> {
  const languages = languagesOfChart(ofKind("answer", outcomes)).map(([language, group]) => ({
    language: `${language} (${group.length})`,
    first: ANSWERABLE.first(group),
    firstThree: ANSWERABLE["first 3"](group),
  }));
  const kinds = groupBy(outcomes, ({ question: { kind } }) => kind).map(([kind, group]) => ({
    step: `${KIND_NAMES[kind]} (${group.length})`,
    byLanguage: mapNames(STATES, (state) => share(group, (it) => it.state === state)),
  }));
  return {
    "suite-languages": accuracyByLanguageChart(
      languages,
      "Right passage, questions about unseen reports",
    ),
    "suite-states": accuracyByStepChart(kinds, "What is said, questions about unseen reports"),
  };
}

/** The outcomes by language, the most asked first, and those of all rare ones together. */
function languagesOfChart(outcomes: readonly SuiteOutcome[]): [string, SuiteOutcome[]][] {
  const languages = groupBy(outcomes, ({ question }) => question.language);
  const isRare = ({ length }: readonly SuiteOutcome[]): boolean => length < MIN_QUESTIONS_IN_CHART;
  const rare = languages.flatMap(([, group]) => (isRare(group) ? [group] : []));
  const usual = languages.filter(([, group]) => !isRare(group));
  const others: [string, SuiteOutcome[]] = [`${rare.length} others`, rare.flat()];
  const mostAskedFirst = usual.toSorted(([, a], [, b]) => b.length - a.length);
  return rare.length > 0 ? [...mostAskedFirst, others] : mostAskedFirst;
}
