/** Speed and memory with few and with many sentences. */
import * as v from "valibot";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { readReport } from "../../../src/parse/parseReport.ts";
import type { Report } from "../../../src/report.ts";
import { runMeasured } from "../../../test/support/measuredProcess.ts";
import { buildCachedIndex, locateIndex, readCorpus, readQueries } from "../evaluation/corpus.ts";
import type { CachedIndex } from "../evaluation/corpus.ts";
import { measured, measuredTimes, sum } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { speedRows } from "./answerSpeed.ts";
import { nearestRows } from "./nearest.ts";
import { Result } from "./scaleJob.ts";
import type { Job } from "./scaleJob.ts";
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
const GOALS = { few: { ratio: 2 }, many: { ratio: 4, peakMb: 1_500 } };

/** Least share of the 64 nearest vectors that the graph finds. */
const HNSW_RECALL = 0.98;

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
    const job = { modelDir, indexDir, sourcesFile, questions };
    const count = sentencesOf(copies).toLocaleString("en");
    for (const row of await measureIndex(job, goal)) {
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
    const report = readReport({ id: `${original.id}-${copy}`, format: "text", text });
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
  let told = 0;
  try {
    await buildCachedIndex(index, reports, encodingCopies(encoder, copies), (done, total) => {
      const tenth = Math.floor((10 * done) / total);
      if (tenth <= told) return;
      told = tenth;
      const seconds = Math.round((performance.now() - started) / 1e3);
      const next = done === total ? "; now the graph, in minutes" : "";
      console.error(`${seconds} s: ${done} of ${total} vectors${next}`);
    });
  } finally {
    await encoder.close();
  }
  return index;
}

/** Speed beside the bare model in one process, memory without it in another. */
async function measureIndex(
  job: Omit<Job, "rounds">,
  { ratio, peakMb }: { readonly ratio: number; readonly peakMb?: number },
): Promise<Measurement[]> {
  const fast = await perform({ ...job, rounds: ROUNDS });
  const lean = await perform({ ...job, rounds: 0 });
  // Without the round that warms up.
  const part = (name: string, all: readonly number[]): Measurement[] =>
    measuredTimes(`  of it ${name}`, all.slice(job.questions.length));
  const memory = (name: string, bytes: number): Measurement => measured(name, bytes / 1e6, "MB");
  return [
    ...(fast.speed ? speedRows(fast.speed, ratio) : []),
    ...part("encoding the question", fast.encode),
    ...part("searching", fast.search),
    ...part("composing", fast.compose),
    ...(fast.nearest ? nearestRows(fast.nearest, HNSW_RECALL) : []),
    measured("opening", lean.opening / 1e3, "s"),
    measured("peak memory", lean.peakMb, "MB", peakMb === undefined ? {} : { atMost: peakMb }),
    memory("  with the model alone", lean.modelBytes),
    memory("  with the index, before a question", lean.openedBytes),
    memory("  of it JavaScript objects", lean.heapBytes),
    memory("  of it typed arrays", lean.arrayBytes),
  ];
}

async function perform(job: Job): Promise<Result & { readonly peakMb: number }> {
  const script = new URL("./scaleProcess.js", import.meta.url);
  const { output, peakMb } = await runMeasured(script, [JSON.stringify(job)]);
  return { ...v.parse(Result, JSON.parse(output)), peakMb };
}
