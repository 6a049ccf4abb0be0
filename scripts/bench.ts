/** npm run bench: what an answer costs beside the bare model, what the whole program needs, and whether it is right. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { env, pipeline } from "@xenova/transformers";
import { Command } from "commander";
import type { Config } from "../src/config.ts";
import { openCurrent } from "../src/index/current.ts";
import { currentSources } from "../src/index/manifest.ts";
import { readReportFiles } from "../src/index/reportFiles.ts";
import { openVerbatim, rebuildIndex } from "../src/main.ts";
import type { Verbatim } from "../src/main.ts";
import { runAsk } from "./bench/firstAnswer.ts";
import type { Run } from "./bench/firstAnswer.ts";
import { measureKernel } from "./bench/kernel.ts";
import { median, percentile } from "./bench/statistics.ts";
import { readSettings, runCommand } from "./command.ts";
import { askAll, readQuestions, recallAt, share } from "./evaluation.ts";
import type { Outcome, Question } from "./evaluation.ts";

const QUESTIONS_FILE = "test/quality/report-dev.jsonl";
const FIRST_QUESTION = "143个无物业小区后来怎么处理的？";
const FIRST_ANSWER = "143個無物業小區納入統一管理";

/** Each question is asked this often, by both, in turn. */
const ROUNDS = 10;
const FIRST_ANSWER_RUNS = 5;

/** One row of the table: what was measured, and what it must reach. */
interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** A floor where `atLeast`, a ceiling where `atMost`. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

const command = new Command("bench")
  .description("Measures speed, memory and quality on the report; fails if an answer is wrong.")
  .option("--json", "print one JSON object instead of a table")
  .action(async ({ json }: { json?: true }) => {
    const config = readSettings({});
    const questions = await readQuestions(QUESTIONS_FILE);
    const build = await measureBuild(config);
    const verbatim = await openVerbatim({ config, encoderOptions: { cachedQuestions: 0 } });
    try {
      const first = await measureFirstAnswer(config);
      const outcomes = await askAll(verbatim, questions, 3);
      const speed = await measureSpeed(verbatim, questions, config);
      const rows = [...qualityRows(outcomes), ...speed, ...kernelRows(), ...first, ...build];
      console.log(json ? JSON.stringify(toObject(rows)) : toTable(rows));
    } finally {
      await verbatim.close();
    }
  });

await runCommand(command);

function qualityRows(outcomes: readonly Outcome[]): Row[] {
  const answerable = outcomes.filter(({ question }) => question.answerable);
  const kind = (it: string): Outcome[] => outcomes.filter(({ question }) => question.kind === it);
  const percent = (name: string, value: number, atLeast?: number): Row => ({
    name,
    value,
    unit: "",
    ...(atLeast !== undefined && { atLeast }),
  });
  return [
    percent("right passage first, Chinese", recallAt(1, "Chinese", outcomes), 0.93),
    percent("right passage first, other languages", recallAt(1, "other", outcomes), 0.55),
    percent("right passage in first three, Chinese", recallAt(3, "Chinese", outcomes), 0.95),
    percent("right passage in first three, other languages", recallAt(3, "other", outcomes), 0.8),
    percent(
      "off-topic questions refused",
      share(kind("off-topic"), ({ answer }) => answer.state === "none"),
    ),
    percent(
      "answerable questions not refused",
      share(answerable, ({ answer }) => answer.state !== "none"),
    ),
    percent(
      "unanswerable questions near the topic claimed as found",
      share(kind("on-topic"), ({ answer }) => answer.state === "found"),
    ),
  ];
}

/** The library's own pipeline (tokenise, forward, pool) against the whole answer, each in turn first. */
async function measureSpeed(
  verbatim: Verbatim,
  questions: readonly Question[],
  { modelDir }: Config,
): Promise<Row[]> {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(path.resolve(modelDir));
  const loading = performance.now();
  const extract = await pipeline("feature-extraction", path.basename(modelDir), {
    quantized: true,
  });
  const loadingMs = performance.now() - loading;
  const bare = async (question: string): Promise<void> => {
    await extract(`query: ${question}`, { pooling: "mean", normalize: true });
  };
  const known = new Map<string, string>();
  const whole = async (question: string): Promise<void> => {
    const { ms, ...answer } = await verbatim.ask(question, { maxExcerpts: 3 });
    const text = JSON.stringify(answer);
    if ((known.get(question) ?? text) !== text || ms.total <= 0) {
      throw new Error(`two answers to one question: ${question}`);
    }
    known.set(question, text);
  };
  const times = { bare: new Array<number>(), whole: new Array<number>() };
  const ways = [
    { run: bare, times: times.bare },
    { run: whole, times: times.whole },
  ];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, { question }] of questions.entries()) {
      const inOrder = (i + round) % 2 === 0 ? ways : ways.toReversed();
      for (const way of inOrder) {
        const started = performance.now();
        await way.run(question);
        // The first round warms both up.
        if (round > 0) way.times.push(performance.now() - started);
      }
    }
  }
  return [
    { name: "bare model, loading by the library", value: loadingMs / 1e3, unit: "s" },
    { name: "bare model, p50", value: median(times.bare), unit: "ms" },
    { name: "bare model, p95", value: percentile(times.bare, 0.95), unit: "ms" },
    { name: "whole answer, p50", value: median(times.whole), unit: "ms" },
    { name: "whole answer, p95", value: percentile(times.whole, 0.95), unit: "ms" },
    {
      name: "whole answer / bare model, p50",
      value: median(times.whole) / median(times.bare),
      unit: "×",
      atMost: 1.5,
    },
  ];
}

function kernelRows(): Row[] {
  const { kernelMs, loopsMs } = measureKernel();
  return [
    { name: "late interaction, 15 tokens with 32 sentences of 50", value: kernelMs, unit: "ms" },
    { name: "  the same loops in TypeScript", value: loopsMs, unit: "ms" },
  ];
}

async function measureBuild(config: Config): Promise<Row[]> {
  const indexDir = await mkdtemp(path.join(tmpdir(), "verbatim-bench-"));
  let firstVectorAt: number | undefined;
  try {
    const started = performance.now();
    const { counts } = await rebuildIndex({
      config: { ...config, indexDir },
      onProgress: () => (firstVectorAt ??= performance.now()),
    });
    const ended = performance.now();
    const seconds = (ended - (firstVectorAt ?? started)) / 1e3;
    return [
      {
        name: "index build, model loading included",
        value: (ended - started) / 1e3,
        unit: "s",
        atMost: 10,
      },
      { name: "index build, sentences a second", value: counts.sentences / seconds, unit: "/s" },
    ];
  } finally {
    await rm(indexDir, { recursive: true, force: true });
  }
}

async function measureFirstAnswer(config: Config): Promise<Row[]> {
  const answers: Run[] = [];
  const helps: Run[] = [];
  for (let i = 0; i < FIRST_ANSWER_RUNS; i++) {
    const answer = await runAsk(["--json", FIRST_QUESTION]);
    if (!answer.output.includes(FIRST_ANSWER)) throw new Error(`a wrong answer: ${answer.output}`);
    answers.push(answer);
    helps.push(await runAsk(["--help"]));
  }
  const seconds = (runs: readonly Run[]): number => median(runs.map(({ ms }) => ms)) / 1e3;
  const peak = (runs: readonly Run[]): number => Math.max(...runs.map(({ peakMb }) => peakMb));
  return [
    {
      name: "first answer from process start, median",
      value: seconds(answers),
      unit: "s",
      atMost: 2.5,
    },
    { name: "  of it Node and the program's modules (--help)", value: seconds(helps), unit: "s" },
    {
      name: "  of it checking and opening the index, beside the model",
      value: await timeOpening(config),
      unit: "s",
    },
    { name: "peak memory of ask", value: peak(answers), unit: "MB", atMost: 600 },
    { name: "  of it Node and the program's modules (--help)", value: peak(helps), unit: "MB" },
  ];
}

/** Hashing the model and the reports, reading and checking the index; in seconds. */
async function timeOpening({ modelDir, reportsDir, indexDir }: Config): Promise<number> {
  const started = performance.now();
  const sources = await currentSources(modelDir, await readReportFiles(reportsDir));
  const opened = await openCurrent(indexDir, sources);
  if (opened.kind === "ready") opened.generation.close();
  return (performance.now() - started) / 1e3;
}

function isReached({ value, atLeast = -Infinity, atMost = Infinity }: Row): boolean {
  return value >= atLeast && value <= atMost;
}

function toTable(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map((row) => {
      const value = `${row.value.toFixed(row.value < 10 ? 3 : 0)} ${row.unit}`.trim().padEnd(10);
      return `${row.name.padEnd(width)}  ${value}  ${goal(row)}`.trimEnd();
    })
    .join("\n");
}

function goal(row: Row): string {
  const { atLeast, atMost } = row;
  if (atLeast === undefined && atMost === undefined) return "";
  const bound = atLeast === undefined ? `at most ${atMost ?? ""}` : `at least ${atLeast}`;
  return `${bound}: ${isReached(row) ? "reached" : "MISSED"}`;
}

function toObject(rows: readonly Row[]): Record<string, unknown> {
  return Object.fromEntries(
    rows.map(({ name, ...row }) => [name, { ...row, reached: isReached({ name, ...row }) }]),
  );
}
