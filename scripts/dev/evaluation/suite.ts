/** A suite: a folder of written reports, each in a folder of its own, with questions; each report is indexed and asked alone. */
import path from "node:path";
import * as v from "valibot";
import { MAX_EXCERPTS } from "../../../src/ask/answer.ts";
import { prepareAsk } from "../../../src/ask/ask.ts";
import type { TimedAnswer } from "../../../src/ask/ask.ts";
import { UsageError } from "../../../src/errors.ts";
import { parseReports } from "../../../src/parse/apart/parseFiles.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import type { Report } from "../../../src/report.ts";
import type { Ablation } from "../../../src/search/fusion.ts";
import { readJsonLines } from "../../../test/support/jsonLines.ts";
import { groupBy } from "../measurements.ts";
import { openCorpus } from "./corpus.ts";
import { askAll } from "./reportQuestions.ts";
import type { Outcome } from "./reportQuestions.ts";

/** A line of questions.jsonl. */
const Line = v.object({
  id: v.string(),
  /** The folder of the report that it is asked about. */
  report: v.string(),
  reportLanguage: v.string(),
  language: v.string(),
  question: v.string(),
  /** `near-miss` sounds like this report, which does not say it. */
  kind: v.picklist(["answer", "near-miss", "off-topic"]),
  style: v.string(),
  /** The sentence of the report that answers it, and the words in it that do. */
  sentence: v.optional(v.string()),
  answer: v.optional(v.string()),
});

/** What answers a question, in the form of the report's own questions. */
export function goldOf({
  sentence,
  answer,
}: Pick<v.InferOutput<typeof Line>, "sentence" | "answer">) {
  return {
    gold: sentence === undefined ? [] : [sentence],
    gold_spans: answer === undefined ? [] : [answer],
  };
}

const SuiteQuestion = v.pipe(
  Line,
  v.transform(({ sentence, answer, ...question }) => ({
    ...question,
    ...goldOf({ sentence, answer }),
  })),
);

/** A question about one report of a suite. */
export type SuiteQuestion = v.InferOutput<typeof SuiteQuestion>;

/** What is asked of a suite. */
export interface SuiteFiles {
  readonly folder: string;
  /** Only each so many-th question is asked. */
  readonly every: number;
  /** The reports that are asked about; all if none is named. */
  readonly only: readonly string[];
}

/** A report of a suite and the questions about it. */
export interface SuiteReport {
  /** One, or what else lies in its folder. */
  readonly reports: readonly Report[];
  readonly questions: readonly SuiteQuestion[];
}

/**
 * Reads the reports of a suite that are asked about, and the questions.
 *
 * @throws {UserError} that names what cannot be used.
 */
export async function readSuite({ folder, every, only }: SuiteFiles): Promise<SuiteReport[]> {
  const file = path.join(folder, "questions.jsonl");
  const all = await readJsonLines(file, SuiteQuestion);
  const unknown = only.find((id) => !all.some(({ report }) => report === id));
  if (unknown !== undefined) {
    throw new UsageError(`--report ${unknown}: no line of ${file} asks about it.`);
  }
  const chosen = all.filter(({ report }) => only.length === 0 || only.includes(report));
  const asked = chosen.filter((_, i) => i % every === 0);
  return Promise.all(
    groupBy(asked, ({ report }) => report).map(async ([id, questions]) => {
      const { files } = await readReportFiles(path.join(folder, id));
      const { reports } = await parseReports(files);
      return { reports, questions };
    }),
  );
}

/** How a question of a suite was answered. */
export interface SuiteOutcome extends Pick<Outcome<SuiteQuestion>, "question" | "rank"> {
  readonly state: TimedAnswer["state"];
  readonly confidence: number;
}

/** With what a suite is asked. */
export interface SuiteSearch {
  readonly modelDir: string;
  readonly encoder: Encoder;
  /** Where built indexes are kept, if not where those of corpora are. */
  readonly cache?: string | undefined;
  readonly without?: Ablation;
  /** Told of each report that was asked about. */
  readonly onAsked: (questions: number) => void;
}

/** Asks every question about its report, one after the other. */
export async function askSuite(
  suite: readonly SuiteReport[],
  { modelDir, encoder, cache, without, onAsked }: SuiteSearch,
): Promise<SuiteOutcome[]> {
  const outcomes: SuiteOutcome[] = [];
  for (const { reports, questions } of suite) {
    const generation = await openCorpus(reports, modelDir, encoder, cache);
    try {
      const ask = await prepareAsk(generation, encoder, { without });
      outcomes.push(...(await askAll(ask, questions, MAX_EXCERPTS)).map(withoutExcerpts));
    } finally {
      generation.close();
    }
    onAsked(questions.length);
  }
  return outcomes;
}

/** What is measured of an answer: thousands of them are kept. */
function withoutExcerpts({ question, rank, answer }: Outcome<SuiteQuestion>): SuiteOutcome {
  const { state, confidence } = answer;
  return { question, rank, state, confidence };
}
