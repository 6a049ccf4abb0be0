/** A process that opens one index and answers questions; its first argument is a {@link Job}, what it prints the rows. */
import path from "node:path";
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { openCurrent } from "../../../src/index/fileStore/current.ts";
import type { Generation } from "../../../src/index/generation.ts";
import { Sources } from "../../../src/index/manifest.ts";
import { prepareAsk } from "../../../src/ask/ask.ts";
import type { Ask } from "../../../src/ask/ask.ts";
import type { Ablation } from "../../../src/search/fusion.ts";
import { residentBytes } from "../../../test/support/processMemory.ts";
import { measured, measuredTimes } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { measureNearest } from "./nearest.ts";

/** What is measured in a process of its own. */
const Job = v.object({
  modelDir: v.string(),
  indexDir: v.string(),
  /** Holds what the index was made from. */
  sourcesFile: v.string(),
  questions: v.array(v.string()),
  /** How often each question is asked beside the bare model; 0: once, without the bare model in the process. */
  rounds: v.number(),
  /** How many times as long as the bare model's the whole answer's median may be. */
  ratio: v.number(),
});
export type Job = v.InferOutput<typeof Job>;

const job = v.parse(Job, JSON.parse(process.argv[2] ?? ""));
const encoder = await startEncoder(job.modelDir, { questionCacheBytes: 0 });
const modelBytes = residentBytes(process.pid);
const started = performance.now();
const generation = await open(job);
const openingMs = performance.now() - started;
try {
  console.log(JSON.stringify(await (job.rounds === 0 ? measureMemory(job) : measureTimes(job))));
} finally {
  generation.close();
  await encoder.close();
}

async function open({ indexDir, sourcesFile }: Job): Promise<Generation> {
  const sources = v.parse(Sources, JSON.parse(await readFile(sourcesFile, "utf8")));
  const opened = await openCurrent(indexDir, sources);
  if (opened.kind !== "ready") throw new Error(`the index cannot be used: ${indexDir}`);
  return opened.generation;
}

/** Memory before the first question; then each is asked once, for the peak. */
async function measureMemory({ questions }: Job): Promise<Measurement[]> {
  const ask = await prepareAsk(generation, encoder);
  const openedBytes = residentBytes(process.pid);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  for (const question of questions) await ask(question, { maxExcerpts: 3 });
  return [
    measured("opening", openingMs / 1e3, "s"),
    measured("  with the model alone", modelBytes / 1e6, "MB"),
    measured("  with the index, before a question", openedBytes / 1e6, "MB"),
    measured("  of it JavaScript objects", heapUsed / 1e6, "MB"),
    measured("  of it typed arrays", arrayBuffers / 1e6, "MB"),
  ];
}

async function measureTimes({
  modelDir,
  indexDir,
  questions,
  rounds,
  ratio,
}: Job): Promise<Measurement[]> {
  const folder = path.join(indexDir, generation.name);
  // Compared with one run of the model: without the reader, which runs a dozen times.
  const without: Ablation = new Set(["reading"]);
  const { ask, times } = timed(await prepareAsk(generation, encoder, { without }));
  // Loaded only now: the memory is measured without it.
  const { measureSpeed } = await import("./answerSpeed.ts");
  const speed = await measureSpeed({ ask }, questions, { modelDir, rounds, atMost: ratio });
  // Without the round that warms up.
  const part = (name: string, all: readonly number[]): Measurement[] =>
    measuredTimes(`  of it ${name}`, all.slice(questions.length));
  return [
    ...speed,
    ...part("encoding the question", times.encode),
    ...part("searching", times.search),
    ...part("composing", times.compose),
    ...(await measureNearest(folder, generation, encoder, questions)),
  ];
}

/** Asks, and keeps how long each part of an answer took, in milliseconds. */
function timed(ask: Ask) {
  const times = {
    encode: new Array<number>(),
    search: new Array<number>(),
    compose: new Array<number>(),
  };
  const timedAsk: Ask = async (question, options) => {
    const answer = await ask(question, options);
    const { encode, search, total } = answer.ms;
    times.encode.push(encode);
    times.search.push(search);
    times.compose.push(total - encode - search);
    return answer;
  };
  return { ask: timedAsk, times };
}
