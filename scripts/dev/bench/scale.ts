/** Speed and memory with few and with many sentences. */
import * as v from "valibot";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { readPlainText } from "../../../src/parse/formats/plainText.ts";
import { readReport } from "../../../src/parse/parseReport.ts";
import type { Report } from "../../../src/report.ts";
import { runMeasured } from "../../../test/support/measuredProcess.ts";
import { buildCachedIndex, locateIndex, readCorpus, readQueries } from "../evaluation/corpus.ts";
import type { CachedIndex } from "../evaluation/corpus.ts";
import { measured, sum } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import type { Job } from "./scaleProcess.ts";
import { encodingCopies, prepareVariation } from "./variation.ts";
import type { Copy } from "./variation.ts";

/** What is measured. */
interface ScaleOptions {
  readonly modelDir: string;
  readonly corpus: string;
  readonly queries: readonly string[];
  /** Sentences of the large index, at least. */
  readonly sentences: number;
}

/** Questions of all files together, and how often each is asked. */
const QUESTIONS = 120;
const ROUNDS = 5;

/** How many times as long as the bare model's the whole answer's median may be, and the most memory, in MB. */
const GOALS = {
  few: { ratio: 2, memory: {} },
  many: { ratio: 4, memory: { atMost: 1_500 } },
} as const;

/** What a measuring process prints. */
const Rows = v.array(
  v.object({
    name: v.string(),
    value: v.number(),
    unit: v.string(),
    atLeast: v.exactOptional(v.number()),
    atMost: v.exactOptional(v.number()),
  }),
);

/** Measures the corpus as it is, and multiplied. */
export async function measureScales(options: ScaleOptions): Promise<Measurement[]> {
  const { modelDir, corpus, queries, sentences } = options;
  const originals = await readCorpus(corpus);
  const texts = (await Promise.all(queries.map(readQueries))).flat().map(({ text }) => text);
  const step = Math.max(1, Math.ceil(texts.length / QUESTIONS));
  const questions = texts.filter((_, i) => i % step === 0);
  const rows: Measurement[] = [];
  for (const [goal, wanted] of [
    [GOALS.few, 1],
    [GOALS.many, sentences],
  ] as const) {
    const copies = multiply(originals, wanted);
    const { indexDir, sourcesFile } = await prepareIndex(copies, modelDir);
    const job = { modelDir, indexDir, sourcesFile, questions, ratio: goal.ratio };
    const count = sentencesOf(copies).toLocaleString("en");
    for (const row of await measureIndex(job, goal.memory)) {
      rows.push({ ...row, name: `${count} sentences: ${row.name}` });
    }
  }
  return rows;
}

/** The reports again and again, each copy one of its own, until there are so many sentences; all of them at least once. */
function multiply(originals: readonly Report[], wanted: number): Copy[] {
  const vary = prepareVariation(originals.map(({ text }) => text));
  const copies = originals.map((report): Copy => ({ report, original: report }));
  let sentences = sentencesOf(copies);
  for (let i = 0; sentences < wanted; i++) {
    const original = originals[i % originals.length];
    if (!original) throw new RangeError("there are no paragraphs to multiply");
    const copy = 1 + Math.floor(i / originals.length);
    const text = vary(original.text, copy);
    const report = readReport(`${original.id}-${copy}`, readPlainText(text));
    copies.push({ report, original });
    sentences += report.sentences.length;
  }
  return copies;
}

function sentencesOf(copies: readonly Copy[]): number {
  return sum(copies.map(({ report }) => report.sentences.length));
}

/** The index of the copies; built where there is none yet. */
async function prepareIndex(copies: readonly Copy[], modelDir: string): Promise<CachedIndex> {
  const reports = copies.map(({ report }) => report);
  const index = await locateIndex(reports, modelDir);
  if (index.isBuilt) return index;
  const encoder = await startEncoder(modelDir);
  const started = performance.now();
  const say = (what: string): void => {
    console.error(`${((performance.now() - started) / 1e3).toFixed(0)} s: ${what}`);
  };
  let told = "";
  try {
    await buildCachedIndex(index, reports, encodingCopies(encoder, copies), (step, done, total) => {
      const tenth = `${step} ${Math.floor((10 * done) / total)}`;
      if (tenth === told) return;
      told = tenth;
      say(`${step}, ${done} of ${total}`);
    });
    say("the index is built");
  } finally {
    await encoder.close();
  }
  return index;
}

/** Speed beside the bare model in one process, memory without it in another. */
async function measureIndex(
  job: Omit<Job, "rounds">,
  memoryGoal: { readonly atMost?: number },
): Promise<Measurement[]> {
  const fast = await perform({ ...job, rounds: ROUNDS });
  const lean = await perform({ ...job, rounds: 0 });
  const [opening, memory] = [lean.rows.slice(0, 1), lean.rows.slice(1)];
  const peak = measured("peak memory", lean.peakMb, "MB", memoryGoal);
  return [...fast.rows, ...opening, peak, ...memory];
}

async function perform(job: Job): Promise<{ rows: Measurement[]; peakMb: number }> {
  const script = new URL("./scaleProcess.js", import.meta.url);
  const { output, peakMb } = await runMeasured(script, [JSON.stringify(job)]);
  return { rows: v.parse(Rows, JSON.parse(output)), peakMb };
}
