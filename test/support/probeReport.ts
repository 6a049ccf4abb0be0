/** What a measured process tells of itself; see probe.ts. */
import * as v from "valibot";

/** The beginning or the end of a step of the start. */
const Moment = v.object({
  kind: v.literal("moment"),
  step: v.string(),
  edge: v.picklist(["begin", "end"]),
  thread: v.picklist(["main", "model"]),
  /** Milliseconds since the epoch. */
  at: v.number(),
  /** The whole process's resident set. */
  bytes: v.number(),
});
export type Moment = v.InferOutput<typeof Moment>;

/** The resident set at its highest, told when the process ends. */
const Peak = v.object({ kind: v.literal("peak"), bytes: v.number() });

export const ProbeReport = v.variant("kind", [Moment, Peak]);
export type ProbeReport = v.InferOutput<typeof ProbeReport>;

/** What the process is asked over IPC, and its answer: the resident set now. */
export const MEMORY_REQUEST = "memory";
export const MemoryReply = v.object({ bytes: v.number() });
export type MemoryReply = v.InferOutput<typeof MemoryReply>;
