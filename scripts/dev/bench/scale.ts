/** Speed and memory with few and with many sentences. */
import path from "node:path";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import * as v from "valibot";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { buildIndex } from "../../../src/ingest/ingest.ts";
import { sha256 } from "../../../src/bytes.ts";
import { currentSources } from "../../../src/ingest/sources.ts";
import type { Sources } from "../../../src/index/manifest.ts";
import { measureBackground } from "../../../src/ingest/background.ts";
import { readPlainText } from "../../../src/parse/formats/plainText.ts";
import { readReport } from "../../../src/parse/parseReport.ts";
import { readCorpus, readQueries } from "../evaluation/corpus.ts";
import type { Paragraph } from "../evaluation/corpus.ts";
import type { Measurement } from "../measurements.ts";
import { runScript } from "../../../test/support/measuredProcess.ts";
import { median, percentile } from "../measurements.ts";
import { nearestRows } from "./nearest.ts";
import { Result, SOURCES_FILE } from "./scaleJob.ts";
import type { Job } from "./scaleJob.ts";
import { speedRows } from "./answerSpeed.ts";
import { encodingCopies, prepareVariation } from "./variation.ts";
import type { Copy } from "./variation.ts";

/** What is measured. */
export interface ScaleOptions {
  readonly modelDir: string;
  readonly corpus: string;
  readonly queries: readonly string[];
  /** Sentences of the large index, at least. */
  readonly sentences: number;
}

/** Built indexes are kept here: a large one takes some ten minutes. */
const CACHE = "node_modules/.cache/verbatim-bench";

/** Questions of all files together, and how often each is asked. */
const QUESTIONS = 120;
const ROUNDS = 5;

/** How many times as long as the bare model's the whole answer's median may be, and the most memory, in MB. */
const GOALS = { few: { ratio: 2, peakMb: Infinity }, many: { ratio: 4, peakMb: 1_500 } };

/** Least share of the 64 nearest vectors that the graph finds. */
const HNSW_RECALL = 0.98;

/** Measures the corpus as it is, and multiplied. */
export async function measureScales(options: ScaleOptions): Promise<Measurement[]> {
  const { modelDir, corpus, queries, sentences } = options;
  const paragraphs = await readCorpus(corpus);
  const texts = (await Promise.all(queries.map(readQueries))).flat().map(({ text }) => text);
  const step = Math.max(1, Math.ceil(texts.length / QUESTIONS));
  const questions = texts.filter((_, i) => i % step === 0);
  const rows: Measurement[] = [];
  for (const [goal, wanted] of [
    [GOALS.few, 1],
    [GOALS.many, sentences],
  ] as const) {
    const copies = multiply(paragraphs, wanted);
    const indexDir = await prepareIndex(copies, modelDir);
    const job = { modelDir, indexDir, questions };
    const count = sentencesOf(copies).toLocaleString("en");
    for (const row of await measureIndex(job, goal)) {
      rows.push({ ...row, name: `${count} sentences: ${row.name}` });
    }
  }
  return rows;
}

/** The paragraphs again and again, each a report of its own, until there are so many sentences; all of them at least once. */
function multiply(paragraphs: readonly Paragraph[], wanted: number): Copy[] {
  const originals = paragraphs.map(({ id, text }) => readReport(id, readPlainText(text)));
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
  return copies.reduce((sum, { report }) => sum + report.sentences.length, 0);
}

/** The folder of an index of the copies; built where there is none yet. */
async function prepareIndex(copies: readonly Copy[], modelDir: string): Promise<string> {
  const sources = {
    ...(await currentSources(modelDir, [])),
    reports: copies.map(({ report: { id, text } }) => ({ id, hash: sha256(text) })),
  };
  const contents = JSON.stringify(sources);
  const indexDir = path.join(CACHE, sha256(contents).slice(0, 16));
  const sourcesFile = path.join(indexDir, SOURCES_FILE);
  if (!existsSync(sourcesFile)) {
    await mkdir(indexDir, { recursive: true });
    await build(indexDir, copies, sources, modelDir);
    await writeFile(sourcesFile, contents);
  }
  return indexDir;
}

async function build(
  indexDir: string,
  copies: readonly Copy[],
  sources: Sources,
  modelDir: string,
): Promise<void> {
  const encoder = await startEncoder(modelDir);
  const started = performance.now();
  const say = (what: string): void => {
    console.error(`${((performance.now() - started) / 1e3).toFixed(0)} s: ${what}`);
  };
  let told = 0;
  try {
    await buildIndex({
      indexDir,
      reports: copies.map(({ report }) => report),
      sources,
      encoder: encodingCopies(encoder, copies),
      measureBackground,
      onProgress: (done, total) => {
        const tenth = Math.floor((10 * done) / total);
        if (tenth <= told) return;
        told = tenth;
        say(`${done} of ${total} vectors${done === total ? "; now the graph, in minutes" : ""}`);
      },
    });
    say("the index is built");
  } finally {
    await encoder.close();
  }
}

/** Speed beside the bare model in one process, memory without it in another. */
async function measureIndex(
  job: Omit<Job, "rounds">,
  { ratio, peakMb }: { readonly ratio: number; readonly peakMb: number },
): Promise<Measurement[]> {
  const fast = await perform({ ...job, rounds: ROUNDS });
  const lean = await perform({ ...job, rounds: 0 });
  const part = (name: string, all: readonly number[]): Measurement[] => {
    // Without the round that warms up.
    const times = all.slice(job.questions.length);
    return [
      { name: `  of it ${name}, p50`, value: median(times), unit: "ms" },
      { name: `  of it ${name}, p95`, value: percentile(times, 0.95), unit: "ms" },
    ];
  };
  const memory = (name: string, bytes: number): Measurement => ({
    name,
    value: bytes / 1e6,
    unit: "MB",
  });
  return [
    ...(fast.speed ? speedRows(fast.speed, ratio) : []),
    ...part("encoding the question", fast.encode),
    ...part("searching", fast.search),
    ...part("composing", fast.compose),
    ...(fast.nearest ? nearestRows(fast.nearest, HNSW_RECALL) : []),
    { name: "opening", value: lean.opening / 1e3, unit: "s" },
    {
      name: "peak memory",
      value: lean.peakMb,
      unit: "MB",
      ...(peakMb < Infinity && { atMost: peakMb }),
    },
    memory("  with the model alone", lean.modelBytes),
    memory("  with the index, before a question", lean.openedBytes),
    memory("  of it JavaScript objects", lean.heapBytes),
    memory("  of it typed arrays", lean.arrayBytes),
  ];
}

async function perform(job: Job): Promise<Result & { readonly peakMb: number }> {
  const script = new URL("./scaleProcess.js", import.meta.url);
  const { output, peakMb } = await runScript(script, [JSON.stringify(job)]);
  return { ...v.parse(Result, JSON.parse(output)), peakMb };
}
