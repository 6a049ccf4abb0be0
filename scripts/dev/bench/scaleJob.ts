/** What the measuring process is told, and what it says. */
import * as v from "valibot";

const Times = v.pipe(v.array(v.number()), v.readonly());

/** What is measured in a process of its own. */
export const Job = v.object({
  modelDir: v.string(),
  indexDir: v.string(),
  /** Holds what the index was made from. */
  sourcesFile: v.string(),
  questions: v.array(v.string()),
  /** How often each question is asked beside the bare model; 0: once, without the bare model in the process. */
  rounds: v.number(),
});

/** The graph against exact search; times in milliseconds. */
const NearestTimes = v.object({
  vectors: v.number(),
  recall: v.number(),
  graph: Times,
  exact: Times,
});

/** Times in milliseconds, memory in bytes. */
export const Result = v.object({
  opening: v.number(),
  /** Of every answer. */
  encode: Times,
  search: Times,
  compose: Times,
  nearest: v.optional(NearestTimes),
  speed: v.optional(v.object({ loading: v.number(), bare: Times, whole: Times })),
  /** Resident in all processes with the model, before the index is opened. */
  modelBytes: v.number(),
  /** Resident in all processes with the index, before it is asked. */
  openedBytes: v.number(),
  /** JavaScript objects of it. */
  heapBytes: v.number(),
  /** Typed arrays of it. */
  arrayBytes: v.number(),
});

export type NearestTimes = v.InferOutput<typeof NearestTimes>;
export type Job = v.InferOutput<typeof Job>;
export type Result = v.InferOutput<typeof Result>;
