/** What reading adds to an answer. */
import type { TimedAnswer } from "../../../src/ask/ask.ts";
import { openCollection } from "../../../src/collections/collection.ts";
import type { Collection } from "../../../src/collections/collection.ts";
import type { Config } from "../../../src/config.ts";
import { openProgram } from "../../../src/main.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { askAll } from "../evaluation/reportQuestions.ts";
import type { Outcome, Question } from "../evaluation/reportQuestions.ts";
import { measured, measuredTimes, median, sum } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { distinctQuestions } from "./variation.ts";

/** Other questions that are asked before, until all code has run. */
const WARM_UP = 10;

/** What a whole answer may take, in milliseconds. */
const MOST_MS = { p50: 250, p95: 500 };

/** Windows that were read together, and how long that took. */
interface Read {
  readonly windows: number;
  readonly ms: number;
}

/** Opens the program without its reader, which takes many times as long as all else of an answer. */
export function openUnread(config: Config): Promise<Collection> {
  const encoderOptions = { questionCacheBytes: 0 };
  return openProgram({ config, encoderOptions, without: new Set(["reading"]) });
}

/** Asks each question once, since what was read is kept, and tells what was read for all of them. */
export async function askReading(
  config: Config,
  questions: readonly Question[],
): Promise<{ readonly outcomes: Outcome[]; readonly reads: readonly Read[] }> {
  const reads: Read[] = [];
  const encoder = await startEncoder(config.modelDir, { questionCacheBytes: 0 });
  const collection = await openCollection(Promise.resolve(timed(encoder, reads)), { config });
  try {
    const other = distinctQuestions(questions.map(({ question }) => question));
    for (let i = 0; i < WARM_UP; i++) await collection.ask(other(i), { maxExcerpts: 3 });
    const warm = reads.length;
    const outcomes = await askAll(collection.ask, questions, 3);
    return { outcomes, reads: reads.slice(warm) };
  } finally {
    await collection.close();
  }
}

function timed(encoder: Encoder, reads: Read[]): Encoder {
  const { read } = encoder;
  if (read === undefined) return encoder;
  return {
    ...encoder,
    read: async (question, windows) => {
      const started = performance.now();
      const readings = await read(question, windows);
      reads.push({ windows: windows.length, ms: performance.now() - started });
      return readings;
    },
  };
}

/** How much was read, how long that took, and the whole answers. */
export function readingRows(
  outcomes: readonly { readonly answer: Pick<TimedAnswer, "ms"> }[],
  reads: readonly Read[],
): Measurement[] {
  const windows = sum(reads.map((it) => it.windows));
  const times = outcomes.map(({ answer: { ms } }) => ms);
  return [
    measured("windows read a question, mean", windows / outcomes.length),
    measured("reading a window, p50", median(reads.map((it) => it.ms / it.windows)), "ms"),
    ...measuredTimes(
      "reading",
      times.map(({ read }) => read),
    ),
    ...measuredTimes(
      "whole answer with reading",
      times.map(({ total }) => total),
      MOST_MS,
    ),
  ];
}
