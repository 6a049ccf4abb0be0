/** npm run bench: what an answer costs beside the bare model, what the whole program needs, and whether it is right. */
import path from "node:path";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { Command } from "commander";
import type { Config } from "../../src/config.ts";
import { UsageError } from "../../src/errors.ts";
import { openProgram } from "../../src/main.ts";
import { renderTable } from "../../src/terminal/table.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { readSettings, runCommand } from "../command.ts";
import { measureKernel } from "./bench/kernelSpeed.ts";
import { toObject, toTable } from "./measurements.ts";
import type { Measurement } from "./measurements.ts";
import { measureStart } from "./bench/startUp.ts";
import { measureScales } from "./bench/scale.ts";
import { measureSpeed, speedRows } from "./bench/answerSpeed.ts";
import {
  RECALL_FLOORS,
  REFUSAL_FLOORS,
  askAll,
  readQuestions,
  recallAt,
  refusals,
} from "./evaluation/reportQuestions.ts";
import type { Outcome } from "./evaluation/reportQuestions.ts";

const QUESTIONS_FILE = "test/quality/report-dev.jsonl";

/** Each question of the report is asked this often, by both, in turn. */
const ROUNDS = 10;

/** A whole answer from the report may take so many times as long as the bare model. */
const MOST_BARE_MODELS = 1.5;

interface BenchOptions {
  readonly json?: true;
  readonly start?: true;
  readonly memory?: true;
  readonly discord?: true;
  readonly ledger?: true;
  readonly against?: string;
  readonly scale?: string;
  readonly corpus?: string;
  readonly queries: readonly string[];
}

const command = new Command("bench")
  .description("Measures speed, memory and quality on the report; fails if an answer is wrong.")
  .option("--json", "print one JSON object instead of a table")
  .option("--start", "instead: what each step costs until the first answer, beside a bare script")
  .option("--memory", "instead: what memory the bot uses after 1,000 and after 10,000 questions")
  .option(
    "--discord",
    "instead: how soon and how long the bot answers, beside a Discord of its own",
  )
  .option(
    "--ledger",
    "instead: the ledger under kills, among processes, and what it costs an answer",
  )
  .option(
    "--against <DIR>",
    "instead: start, memory and answers beside another checkout that is built",
  )
  .option(
    "--scale <SENTENCES>",
    "instead: speed and memory with --corpus and with so many sentences",
  )
  .option("--corpus <FILE>", "paragraphs that are multiplied, {id,title,text} a line")
  .option(
    "--queries <FILE>",
    "questions about them, {id,lang,text,gold} a line; may be repeated",
    (value: string, all: readonly string[]) => [...all, value],
    [],
  )
  .action(async (options: BenchOptions) => {
    if (options.start) {
      const { steps, rows } = await measureStart(readSettings({}));
      if (options.json) console.log(JSON.stringify({ ...toObject(rows), steps }));
      else console.log(`${renderTable("step", steps)}\n\n${toTable(rows)}`);
      return;
    }
    const rows = await measure(options);
    console.log(options.json ? JSON.stringify(toObject(rows)) : toTable(rows));
  });

await runCommand(command);

async function measure(options: BenchOptions): Promise<Measurement[]> {
  if (options.scale !== undefined) return measureScale(options);
  const asked = await readQuestions(QUESTIONS_FILE);
  const questions = asked.map(({ question }) => question);
  if (options.discord) {
    const { measureDiscord } = await import("./bench/discordLoad.ts");
    return measureDiscord(readSettings({}), questions);
  }
  if (options.memory) {
    const { measureMemory } = await import("./bench/botMemory.ts");
    return measureMemory(questions);
  }
  if (options.against !== undefined) {
    const { measureAgainst } = await import("./bench/against.ts");
    return measureAgainst(options.against, questions);
  }
  if (options.ledger) {
    const { measureLedger } = await import("./bench/durability.ts");
    return measureLedger(readSettings({}), questions);
  }
  return measureReport();
}

async function measureReport(): Promise<Measurement[]> {
  const config = readSettings({});
  const questions = await readQuestions(QUESTIONS_FILE);
  const build = await measureBuild(config);
  const verbatim = await openProgram({ config, encoderOptions: { cachedQuestions: 0 } });
  try {
    const outcomes = await askAll(verbatim, questions, 3);
    const texts = questions.map(({ question }) => question);
    const times = await measureSpeed(verbatim, texts, { ...config, rounds: ROUNDS });
    return [
      ...qualityRows(outcomes),
      ...speedRows(times, MOST_BARE_MODELS),
      ...kernelRows(),
      ...build,
    ];
  } finally {
    await verbatim.close();
  }
}

function measureScale({ scale, corpus, queries }: BenchOptions): Promise<Measurement[]> {
  const sentences = Number(scale);
  if (!(Number.isInteger(sentences) && sentences > 0)) {
    throw new UsageError(`--scale needs a whole number from 1, not ${scale ?? ""}.`);
  }
  if (corpus === undefined || queries.length === 0) {
    throw new UsageError("--scale needs --corpus and --queries, paragraphs and questions.");
  }
  return measureScales({ modelDir: readSettings({}).modelDir, corpus, queries, sentences });
}

function qualityRows(outcomes: readonly Outcome[]): Measurement[] {
  const { offTopicRefused, answerableKept, nearMissClaimed } = refusals(outcomes);
  return [
    ...RECALL_FLOORS.map(({ k, group, atLeast }) => ({
      name: `right passage ${k === 1 ? "first" : `in first ${k}`}, ${group}`,
      value: recallAt(k, group, outcomes),
      unit: "",
      atLeast,
    })),
    {
      name: "off-topic questions refused",
      value: offTopicRefused,
      unit: "",
      atLeast: REFUSAL_FLOORS.offTopicRefused,
    },
    {
      name: "answerable questions not refused",
      value: answerableKept,
      unit: "",
      atLeast: REFUSAL_FLOORS.answerableKept,
    },
    {
      name: "near-miss questions claimed as found",
      value: nearMissClaimed,
      unit: "",
      atMost: REFUSAL_FLOORS.nearMissClaimedAtMost,
    },
  ];
}

function kernelRows(): Measurement[] {
  const { kernelMs, loopsMs } = measureKernel();
  return [
    { name: "late interaction, 15 tokens with 32 sentences of 50", value: kernelMs, unit: "ms" },
    { name: "  the same loops in TypeScript", value: loopsMs, unit: "ms" },
  ];
}

async function measureBuild(config: Config): Promise<Measurement[]> {
  const indexDir = await mkdtemp(path.join(tmpdir(), "verbatim-bench-"));
  let firstVectorAt: number | undefined;
  try {
    const started = performance.now();
    const { counts } = await ingest({
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
