/** A process that opens one index and answers questions; its first argument is a {@link Job}, what it prints a {@link Result}. */
import path from "node:path";
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { composeAnswer } from "../../../src/ask/answer.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { openCurrent } from "../../../src/index/fileStore/current.ts";
import type { Generation } from "../../../src/index/generation.ts";
import { Sources } from "../../../src/index/manifest.ts";
import type { Collection } from "../../../src/collections/collection.ts";
import { prepareSearch } from "../../../src/ask/ask.ts";
import { measureNearest } from "./nearest.ts";
import { Job, SOURCES_FILE } from "./scaleJob.ts";
import type { Result } from "./scaleJob.ts";

const job = v.parse(Job, JSON.parse(process.argv[2] ?? ""));
console.log(JSON.stringify(await perform(job)));

async function perform({ modelDir, indexDir, questions, rounds }: Job): Promise<Result> {
  const encoder = await startEncoder(modelDir, { cachedQuestions: 0 });
  const modelBytes = process.memoryUsage.rss();
  const started = performance.now();
  const generation = await open(indexDir);
  const opening = performance.now() - started;
  const times = { encode: new Array<number>(), search: new Array<number>() };
  const compose: number[] = [];
  try {
    const search = prepareSearch(generation, encoder);
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
    const ask: Collection["ask"] = async (question, options) => {
      const asked = performance.now();
      const result = await search(question);
      const answer = composeAnswer(generation, result, options);
      const total = performance.now() - asked;
      times.encode.push(result.ms.encode);
      times.search.push(result.ms.search);
      compose.push(total - result.ms.encode - result.ms.search);
      return { ...answer, ms: { ...result.ms, total } };
    };
    const memory = {
      modelBytes,
      openedBytes: rss,
      heapBytes: heapUsed,
      arrayBytes: arrayBuffers,
    };
    if (rounds === 0) {
      for (const question of questions) await ask(question, { maxExcerpts: 3 });
      return { opening, ...times, compose, ...memory };
    }
    // Loaded only now: the memory is measured without it.
    const { measureSpeed } = await import("./answerSpeed.ts");
    const speed = await measureSpeed({ ask }, questions, { modelDir, rounds });
    const nearest = await measureNearest(generation, encoder, questions);
    return { opening, ...times, compose, speed, nearest, ...memory };
  } finally {
    generation.close();
    await encoder.close();
  }
}

async function open(indexDir: string): Promise<Generation> {
  const sources = await readFile(path.join(indexDir, SOURCES_FILE), "utf8");
  const opened = await openCurrent(indexDir, v.parse(Sources, JSON.parse(sources)));
  if (opened.kind !== "ready") throw new Error(`the index cannot be used: ${indexDir}`);
  return opened.generation;
}
