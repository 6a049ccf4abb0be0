/** A process that opens one index and answers questions; its first argument is a {@link Job}, what it prints the rows. */
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { composeAnswer } from "../../../src/ask/answer.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { openCurrent } from "../../../src/index/fileStore/current.ts";
import type { Generation } from "../../../src/index/generation.ts";
import { Sources } from "../../../src/index/manifest.ts";
import type { Collection } from "../../../src/collections/collection.ts";
import { prepareSearch } from "../../../src/ask/ask.ts";
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
const encoder = await startEncoder(job.modelDir, { cachedQuestions: 0 });
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
  const { ask } = prepareTimedAsk();
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

async function measureTimes({ modelDir, questions, rounds, ratio }: Job): Promise<Measurement[]> {
  const { ask, times } = prepareTimedAsk();
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
    ...(await measureNearest(generation, encoder, questions)),
  ];
}

/** Asks, and keeps how long each part of an answer took, in milliseconds. */
function prepareTimedAsk() {
  const search = prepareSearch(generation, encoder);
  const times = {
    encode: new Array<number>(),
    search: new Array<number>(),
    compose: new Array<number>(),
  };
  const ask: Collection["ask"] = async (question, options) => {
    const asked = performance.now();
    const result = await search(question);
    const answer = composeAnswer(generation, result, options);
    const total = performance.now() - asked;
    times.encode.push(result.ms.encode);
    times.search.push(result.ms.search);
    times.compose.push(total - result.ms.encode - result.ms.search);
    return { ...answer, ms: { ...result.ms, total } };
  };
  return { ask, times };
}
