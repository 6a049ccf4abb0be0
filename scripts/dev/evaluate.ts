/** npm run eval: is the right passage first, and is it said when it is not there? */
import path from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { Command } from "commander";
import { UsageError } from "../../src/errors.ts";
import { withProgress } from "../../src/terminal/progress.ts";
import { readSettings, runCommand } from "../command.ts";
import { evaluateAbstention } from "./evaluation/abstentionQuality.ts";
import { evaluateApprovals } from "./evaluation/approvalRecall.ts";
import { evaluateCorpus } from "./evaluation/corpusQuality.ts";
import { evaluateReport } from "./evaluation/reportQuality.ts";
import { evaluateFollowUps } from "./evaluation/followUpQuality.ts";
import { renderEvaluation } from "./evaluation/evaluation.ts";
import type { Evaluation } from "./evaluation/evaluation.ts";
import { DEVELOPMENT_QUESTIONS } from "./evaluation/reportQuestions.ts";
import { evaluateWords } from "./evaluation/wordByWordQuality.ts";
import { evaluateSuite } from "./evaluation/suiteQuality.ts";
import { exitCodeOf, toTable } from "./measurements.ts";
import { collect, wholeNumber } from "./options.ts";

interface EvaluateOptions {
  readonly questions: string;
  readonly approvals?: string;
  readonly words?: true;
  readonly suite?: string;
  readonly followups?: string;
  readonly report: readonly string[];
  readonly corpus?: string;
  readonly queries: readonly string[];
  readonly abstain: readonly string[];
  readonly every: string;
  readonly ablate?: true;
  readonly json?: true;
  readonly plot?: string;
}

const command = new Command("evaluate")
  .description(
    "Measures the whole search: which passages it finds, and what it says when there are none; fails if a floor is missed.",
  )
  .option("--questions <FILE>", "questions about the report", DEVELOPMENT_QUESTIONS)
  .option("--approvals <FILE>", "approved answers instead, a file of npm run ledger -- export")
  .option(
    "--words",
    "how Chinese words are cut and read instead, on sentences that were read by hand",
  )
  .option("--suite <DIR>", "reports with questions instead, each asked alone")
  .option(
    "--followups <DIR>",
    "questions behind others instead, of such a folder's followups.jsonl",
  )
  .option("--report <ID>", "only this report of the suite; may be repeated", collect, [])
  .option("--corpus <FILE>", "paragraphs to search instead, {id,title,text} a line")
  .option(
    "--queries <FILE>",
    "questions about them, {id,lang,text,gold} a line; may be repeated",
    collect,
    [],
  )
  .option("--abstain <FILE>", "which paragraphs to keep; may be repeated", collect, [])
  .option("--every <N>", "only each N-th of the suite's questions or of the queries", "1")
  .option("--ablate", "also without each part of the search")
  .option("--json", "print one JSON object instead of tables")
  .option("--plot <DIR>", "write charts there, as SVG")
  .action(async (options: EvaluateOptions) => {
    const { tables, floors = [], charts = {} } = await evaluate(options);
    const exitCode = exitCodeOf(floors);
    if (options.json) {
      console.log(JSON.stringify(tables));
      if (exitCode !== 0) console.error(toTable(floors));
    } else {
      const texts = tables.map(renderEvaluation);
      console.log([...texts, ...(floors.length > 0 ? [toTable(floors)] : [])].join("\n\n"));
    }
    if (options.plot !== undefined) await writeCharts(options.plot, charts);
    process.exitCode = exitCode;
  });

await runCommand(command);

async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  if (options.words) return evaluateWords();
  const config = readSettings({});
  const { suite, followups, report, corpus, queries, abstain, questions } = options;
  const every = wholeNumber("--every", options.every);
  const isAblated = options.ablate === true;
  if (options.approvals !== undefined) return evaluateApprovals(config, options.approvals);
  const progress = { stream: process.stderr, label: "Evaluating" };
  if (followups !== undefined) {
    return withProgress(progress, (onProgress) => evaluateFollowUps(config, followups, onProgress));
  }
  if (suite !== undefined) {
    return withProgress(progress, (onProgress) =>
      evaluateSuite(config, { folder: suite, every, only: report, isAblated }, onProgress),
    );
  }
  if (report.length > 0) throw new UsageError("--report needs --suite, where the report lies.");
  if (corpus === undefined) {
    if (queries.length > 0 || abstain.length > 0) {
      throw new UsageError("--queries and --abstain need --corpus, the paragraphs they are about.");
    }
    return evaluateReport(config, questions, isAblated);
  }
  if (queries.length === 0) throw new UsageError("--corpus needs --queries, questions about it.");
  const files = { corpus, queries, every };
  return abstain.length > 0
    ? evaluateAbstention(config, files, abstain)
    : evaluateCorpus(config, files, isAblated);
}

async function writeCharts(
  folder: string,
  charts: Readonly<Record<string, string>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, svg] of Object.entries(charts)) {
    await writeFile(path.join(folder, `${name}.svg`), svg);
  }
}
