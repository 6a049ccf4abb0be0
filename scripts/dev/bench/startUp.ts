/** What a start costs: each step's time and memory until the first answer, beside a bare script that embeds one question. */
import type { Config } from "../../../src/config.ts";
import { loadLibraryTokenizer } from "../../../src/models/tokenizer/libraryTokenizer.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import type { Moment } from "../../../test/support/probeReport.ts";
import { runMeasured, startPackageScript } from "../../../test/support/measuredProcess.ts";
import type { Place, Run } from "../../../test/support/measuredProcess.ts";
import { measured, median, sum } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";

const QUESTION = "143个无物业小区后来怎么处理的？";
const ANSWER = "143個無物業小區納入統一管理";

/** Both are run so often, in turn. */
const RUNS = 7;

/** The step in which the model's thread loads its tokenizer. */
const TOKENIZER_STEP = "tokenizer";

/** What a start costs. */
interface StartProfile {
  /** One line a step, of the run that took the median time. */
  readonly steps: readonly TableRow[];
  readonly rows: readonly Measurement[];
}

/** Starts `ask` and the bare script in turn. */
export async function measureStart({ modelDir }: Config): Promise<StartProfile> {
  const answers: Run[] = [];
  const bare: Run[] = [];
  const bareScript = new URL("./bareProcess.js", import.meta.url);
  // The first of each reads the files from the disk, or writes the index.
  for (let i = 0; i <= RUNS; i++) {
    const answer = await runFirstAnswer();
    const vector = await runMeasured(bareScript, [modelDir, QUESTION]);
    if (i > 0) answers.push(answer);
    if (i > 0) bare.push(vector);
  }
  const middle = answers.toSorted((a, b) => a.ms - b.ms)[Math.floor(RUNS / 2)];
  return {
    steps: middle ? stepsOf(middle).map(toTableRow) : [],
    rows: [...firstAnswerRows(answers, bare), ...(await tokenizerRows(answers, modelDir))],
  };
}

/**
 * Asks one question about the first report in a process of its own.
 *
 * @throws {Error} if the answer is wrong.
 */
export async function runFirstAnswer(place: Place = {}): Promise<Run> {
  const run = await startPackageScript("ask", ["--json", QUESTION], place).ended;
  if (!run.output.includes(ANSWER)) throw new Error(`a wrong answer: ${run.output}`);
  return run;
}

function firstAnswerRows(answers: readonly Run[], bare: readonly Run[]): Measurement[] {
  const times = (runs: readonly Run[]): number => median(runs.map(({ ms }) => ms));
  const peak = (runs: readonly Run[]): number => Math.max(...runs.map(({ peakMb }) => peakMb));
  return [
    measured("first answer from process start, p50", times(answers), "ms"),
    measured("bare script, p50", times(bare), "ms"),
    measured("first answer / bare script", times(answers) / times(bare), "×", { atMost: 0.8 }),
    measured("peak memory of ask", peak(answers), "MB", { atMost: 340 }),
    measured("peak memory of the bare script", peak(bare), "MB"),
  ];
}

async function tokenizerRows(answers: readonly Run[], modelDir: string): Promise<Measurement[]> {
  const steps = answers.flatMap(stepsOf).filter(({ name }) => name === TOKENIZER_STEP);
  const loads = steps.map(({ begin, end }) => end - begin);
  const started = performance.now();
  await loadLibraryTokenizer(modelDir);
  const library = performance.now() - started;
  return [
    measured("tokenizer load, p50", median(loads), "ms", { atMost: 200 }),
    measured("tokenizer load by the library", library, "ms"),
  ];
}

/** A step of the start; times in milliseconds since the process was started. */
interface Step {
  readonly name: string;
  readonly thread: Thread;
  readonly begin: number;
  readonly end: number;
  /** The memory of all processes at its end. */
  readonly bytes: number;
}

/** The program's own thread, or the one that runs the models, in this process or another. */
type Thread = "main" | "model";

/** The steps in the order in which they began. */
function stepsOf({ pid, startedAt, moments }: Run): Step[] {
  const threadOf = (it: Moment): Thread => (it.isMainThread && it.pid === pid ? "main" : "model");
  const threadStart = { main: startedAt, model: beginOf("encoder", moments) ?? startedAt };
  const steps = moments.flatMap((moment) => {
    const { step, edge, at } = moment;
    const thread = threadOf(moment);
    const ofThread = moments.filter((it) => threadOf(it) === thread);
    const place = { thread, end: at - startedAt, bytes: memoryAt(at, moments) };
    if (edge === "end") {
      const begin = beginOf(step, ofThread) ?? threadStart[thread];
      return { ...place, name: step, begin: begin - startedAt };
    }
    // What a thread does between Node's own start and its first step is to load modules.
    const before = ofThread[ofThread.indexOf(moment) - 1];
    if (before?.step !== "Node") return [];
    return { ...place, name: "first modules", begin: before.at - startedAt };
  });
  return steps.sort((a, b) => a.begin - b.begin);
}

function beginOf(step: string, moments: readonly Moment[]): number | undefined {
  return moments.find((it) => it.step === step && it.edge === "begin")?.at;
}

/** What each process told last until then, together. */
function memoryAt(at: number, moments: readonly Moment[]): number {
  const told = moments.filter((it) => it.at <= at).map(({ pid, bytes }) => [pid, bytes] as const);
  return sum([...new Map(told).values()]);
}

function toTableRow({ name, thread, begin, end, bytes }: Step): TableRow {
  return {
    name,
    values: {
      thread,
      "begins, ms": Math.round(begin),
      "takes, ms": Math.round(end - begin),
      "memory then, MB": Math.round(bytes / 1e6),
    },
  };
}
