/** npm run eval: is the right passage first, and is it said when it is not there? */
import path from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { Command } from "commander";
import { UsageError } from "../../src/errors.ts";
import { renderTable } from "../../src/terminal/table.ts";
import { readSettings, runCommand } from "../command.ts";
import { evaluateAbstention } from "./evaluation/abstentionQuality.ts";
import { evaluateApprovals } from "./evaluation/approvalRecall.ts";
import { evaluateCorpus } from "./evaluation/corpusQuality.ts";
import { evaluateReport } from "./evaluation/reportQuality.ts";
import type { Evaluation } from "./evaluation/evaluation.ts";

interface EvaluateOptions {
  readonly questions: string;
  readonly approvals?: string;
  readonly corpus?: string;
  readonly queries: readonly string[];
  readonly abstain: readonly string[];
  readonly every: string;
  readonly ablate?: true;
  readonly json?: true;
  readonly plot?: string;
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value];

const command = new Command("evaluate")
  .description(
    "Measures the whole search: which passages it finds, and what it says when there are none.",
  )
  .option("--questions <FILE>", "questions about the report", "test/quality/report-dev.jsonl")
  .option("--approvals <FILE>", "approved answers instead, a file of npm run ledger -- export")
  .option("--corpus <FILE>", "paragraphs to search instead, {id,title,text} a line")
  .option(
    "--queries <FILE>",
    "questions about them, {id,lang,text,gold} a line; may be repeated",
    collect,
    [],
  )
  .option("--abstain <FILE>", "which paragraphs to keep; may be repeated", collect, [])
  .option("--every <N>", "only each N-th of the queries", "1")
  .option("--ablate", "also without each leg and step")
  .option("--json", "print one JSON object instead of tables")
  .option("--plot <DIR>", "write charts there, as SVG")
  .action(async (options: EvaluateOptions) => {
    const evaluation = await evaluate(options);
    if (options.json) console.log(JSON.stringify(evaluation.tables));
    else
      console.log(
        evaluation.tables.map(({ title, rows }) => renderTable(title, rows)).join("\n\n"),
      );
    if (options.plot !== undefined) await writeCharts(options.plot, evaluation.charts);
  });

await runCommand(command);

async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const config = readSettings({});
  const { corpus, queries, abstain, questions } = options;
  const isAblated = options.ablate === true;
  if (options.approvals !== undefined) return evaluateApprovals(config, options.approvals);
  if (corpus === undefined) {
    if (queries.length > 0 || abstain.length > 0) {
      throw new UsageError("--queries and --abstain need --corpus, the paragraphs they are about.");
    }
    return evaluateReport(config, questions, isAblated);
  }
  if (queries.length === 0) throw new UsageError("--corpus needs --queries, questions about it.");
  const every = Number(options.every);
  if (!(Number.isInteger(every) && every > 0)) {
    throw new UsageError(`--every needs a whole number from 1, not ${options.every}.`);
  }
  const files = { corpus, queries, every };
  return abstain.length > 0
    ? evaluateAbstention(config, files, abstain)
    : evaluateCorpus(config, files, isAblated);
}

async function writeCharts(folder: string, charts: Evaluation["charts"]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, svg] of Object.entries(charts)) {
    await writeFile(path.join(folder, `${name}.svg`), svg);
  }
}
