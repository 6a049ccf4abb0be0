/** npm run bench: what an answer costs beside the bare model, what the whole program needs, and whether it is right. */
import path from "node:path";
import { Command, Option } from "commander";
import type { Config } from "../../src/config.ts";
import { UsageError } from "../../src/errors.ts";
import { renderTable } from "../../src/terminal/table.ts";
import type { TableRow } from "../../src/terminal/table.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { inTemporaryFolder } from "../../test/support/temporaryFolder.ts";
import { readSettings, runCommand } from "../command.ts";
import type { Chaos } from "./bench/chaos/chaos.ts";
import { measureSpeed } from "./bench/answerSpeed.ts";
import { kernelRows } from "./bench/kernelSpeed.ts";
import { askReading, openUnread, readingRows } from "./bench/readingSpeed.ts";
import { DEVELOPMENT_QUESTIONS, floorRows, readQuestions } from "./evaluation/reportQuestions.ts";
import type { Question } from "./evaluation/reportQuestions.ts";
import { exitCodeOf, measured, toObject, toTable } from "./measurements.ts";
import type { Measurement } from "./measurements.ts";
import { collect, wholeNumber } from "./options.ts";

/** Each question of the report is asked this often, by both, in turn. */
const ROUNDS = 10;

/** An answer from the report may take so many times as long as the bare model, where nothing is read. */
const MOST_BARE_MODELS = 1.5;

interface BenchOptions {
  readonly json?: true;
  readonly start?: true;
  readonly memory?: true;
  readonly discord?: true;
  readonly ledger?: true;
  readonly kill?: true;
  readonly chaos?: string;
  readonly events: string;
  readonly database: Chaos["database"];
  readonly locked?: true;
  readonly endings?: true;
  readonly hostile?: true;
  readonly find?: true;
  readonly site?: true;
  readonly followups?: true;
  readonly build?: string | true;
  readonly against?: string;
  readonly scale?: string;
  readonly corpus?: string;
  readonly queries: readonly string[];
}

/** What was measured, and of a start each step. */
interface Bench {
  readonly rows: readonly Measurement[];
  readonly steps?: readonly TableRow[];
}

const command = new Command("bench")
  .description("Measures speed, memory and quality on the report; fails if a goal is missed.")
  .option("--json", "print one JSON object instead of a table")
  .option("--start", "instead: what each step costs until the first answer, beside a bare script")
  .option("--memory", "instead: what memory the bot uses after 1,000 and after 10,000 questions")
  .option(
    "--discord",
    "instead: how soon and how long the bot answers, beside a Discord of its own",
  )
  .option("--kill", "instead: how soon the bot answers when its models' process is killed")
  .option("--chaos <SEED>", "instead: what the bot loses while everything around it fails")
  .option("--events <N>", "what is asked and pressed in --chaos", "200")
  .addOption(
    new Option("--database <KIND>", "the ledger of --chaos: of one process, or of three")
      .choices(["sqlite", "postgres"])
      .default("sqlite"),
  )
  .option("--locked", "instead: how soon the bot acknowledges while its ledger is held")
  .option("--endings", "instead: how soon the bot ends after a signal, in every state")
  .option("--followups", "instead: what a question behind another one takes, beside a question")
  .option("--find", "instead: how long looking for every mention takes, also in long reports")
  .option("--hostile", "instead: how time grows with texts that are made to be slow to read")
  .option("--site", "instead: the size of the reports' pages, and what stays of their addresses")
  .option(
    "--build [FILE]",
    "instead: what building an index costs, of this text or of one that is made up",
  )
  .option(
    "--ledger",
    "instead: the ledger under kills, among processes, and what it costs an answer",
  )
  .option(
    "--against <DIR>",
    "instead: start, memory and answers beside another checkout that is built; with --build, building",
  )
  .option(
    "--scale <SENTENCES>",
    "instead: speed and memory with --corpus and with so many sentences",
  )
  .option("--corpus <FILE>", "paragraphs that are multiplied, {id,title,text} a line")
  .option(
    "--queries <FILE>",
    "questions about them, {id,lang,text,gold} a line; may be repeated",
    collect,
    [],
  )
  .action(async (options: BenchOptions) => {
    const { rows, steps } = await measure(options, readSettings({}));
    if (options.json) console.log(JSON.stringify({ ...toObject(rows), ...(steps && { steps }) }));
    else console.log((steps ? `${renderTable("step", steps)}\n\n` : "") + toTable(rows));
    process.exitCode = exitCodeOf(rows);
  });

await runCommand(command);

/** Each way of measuring is loaded when it is asked for. */
async function measure(options: BenchOptions, config: Config): Promise<Bench> {
  if (options.start) return (await import("./bench/startUp.ts")).measureStart(config);
  if (options.hostile) {
    return { rows: await (await import("./bench/hostile.ts")).measureHostile(config.modelDir) };
  }
  if (options.site) {
    return { rows: await (await import("./bench/siteSize.ts")).measureSite(config.reportsDir) };
  }
  if (options.build !== undefined) {
    const { build: file, against } = options;
    return {
      rows: await (await import("./bench/buildCost.ts")).measureBuilding({ file, against }),
    };
  }
  if (options.scale !== undefined) return { rows: await measureScale(options, config) };
  const asked = await readQuestions(DEVELOPMENT_QUESTIONS);
  const questions = asked.map(({ question }) => question);
  const rows = async (): Promise<Measurement[]> => {
    const bad = await measureBadDay(options, config, questions);
    if (bad) return bad;
    if (options.discord) {
      return (await import("./bench/discordLoad.ts")).measureDiscord(config, questions);
    }
    if (options.find) {
      return (await import("./bench/mentionSpeed.ts")).measureMentions(config.reportsDir);
    }
    if (options.followups) {
      return (await import("./bench/followUpSpeed.ts")).measureFollowUps(config, questions);
    }
    if (options.memory) return (await import("./bench/botMemory.ts")).measureMemory(questions);
    if (options.against !== undefined) {
      return (await import("./bench/against.ts")).measureAgainst(options.against, questions);
    }
    if (options.ledger) {
      return (await import("./bench/durability.ts")).measureLedger(config, questions);
    }
    return measureReport(config, asked);
  };
  return { rows: await rows() };
}

/** What becomes of the bot where something fails; undefined where nothing of the kind is asked for. */
async function measureBadDay(
  { kill, endings, locked, chaos, events, database }: BenchOptions,
  config: Config,
  questions: readonly string[],
): Promise<Measurement[] | undefined> {
  if (kill) return (await import("./bench/modelKill.ts")).measureModelKill(questions);
  if (endings) return (await import("./bench/endings.ts")).measureEndings(config);
  if (locked) {
    return (await import("./bench/lockedLedger.ts")).measureLockedLedger(config, questions);
  }
  if (chaos === undefined) return undefined;
  const drawn = { seed: wholeNumber("--chaos", chaos), events: wholeNumber("--events", events) };
  const { measureChaos } = await import("./bench/chaos/chaos.ts");
  return measureChaos(config, questions, { ...drawn, database });
}

async function measureScale(
  { scale = "", corpus, queries }: BenchOptions,
  { modelDir }: Config,
): Promise<Measurement[]> {
  const sentences = wholeNumber("--scale", scale);
  if (corpus === undefined || queries.length === 0) {
    throw new UsageError("--scale needs --corpus and --queries, paragraphs and questions.");
  }
  const { measureScales } = await import("./bench/scale.ts");
  return measureScales({ modelDir, corpus, queries, sentences });
}

async function measureReport(
  config: Config,
  questions: readonly Question[],
): Promise<Measurement[]> {
  const build = await measureBuild(config);
  const { outcomes, reads } = await askReading(config, questions);
  const collection = await openUnread(config);
  try {
    const texts = questions.map(({ question }) => question);
    const speed = { modelDir: config.modelDir, rounds: ROUNDS, atMost: MOST_BARE_MODELS };
    return [
      ...floorRows(outcomes),
      ...readingRows(outcomes, reads),
      ...(await measureSpeed(collection, texts, speed)),
      ...kernelRows(),
      ...build,
    ];
  } finally {
    await collection.close();
  }
}

function measureBuild(config: Config): Promise<Measurement[]> {
  return inTemporaryFolder(async (folder) => {
    let firstVectorAt: number | undefined;
    const started = performance.now();
    const { manifest } = await ingest({
      config: { ...config, indexDir: path.join(folder, "index") },
      onProgress: (step) => {
        if (step === "encoding") firstVectorAt ??= performance.now();
      },
    });
    const ended = performance.now();
    const seconds = (ended - (firstVectorAt ?? started)) / 1e3;
    return [
      measured("index build, model loading included", (ended - started) / 1e3, "s", { atMost: 10 }),
      measured("index build, sentences a second", manifest.counts.sentences / seconds, "/s"),
    ];
  });
}
