/** A process that opens one index and answers questions; its first argument is a {@link Job}, what it prints a {@link Result}. */
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
import { measureNearest } from "./nearest.ts";
import { Job } from "./scaleJob.ts";
import type { Result } from "./scaleJob.ts";

const job = v.parse(Job, JSON.parse(process.argv[2] ?? ""));
const encoder = await startEncoder(job.modelDir, { cachedQuestions: 0 });
const modelBytes = residentBytes(process.pid);
const started = performance.now();
const generation = await open(job);
const opening = performance.now() - started;
try {
  console.log(JSON.stringify({ opening, modelBytes, ...(await measure(job)) } satisfies Result));
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

async function measure({
  modelDir,
  questions,
  rounds,
}: Job): Promise<Omit<Result, "opening" | "modelBytes">> {
  const { ask, times } = prepareTimedAsk();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const memory = {
    openedBytes: residentBytes(process.pid),
    heapBytes: heapUsed,
    arrayBytes: arrayBuffers,
  };
  if (rounds === 0) {
    for (const question of questions) await ask(question, { maxExcerpts: 3 });
    return { ...times, ...memory };
  }
  // Loaded only now: the memory is measured without it.
  const { measureSpeed } = await import("./answerSpeed.ts");
  const speed = await measureSpeed({ ask }, questions, { modelDir, rounds });
  const nearest = await measureNearest(generation, encoder, questions);
  return { ...times, ...memory, speed, nearest };
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
