/** What measured processes tell of themselves; see probe.ts. */
import * as v from "valibot";

/** The beginning or the end of a step of the start. */
const Moment = v.object({
  kind: v.literal("moment"),
  pid: v.number(),
  /** Whether it is of the process's main thread. */
  isMainThread: v.boolean(),
  step: v.string(),
  edge: v.picklist(["begin", "end"]),
  /** Milliseconds since the epoch. */
  at: v.number(),
  /** The whole process's resident set. */
  bytes: v.number(),
});
export type Moment = v.InferOutput<typeof Moment>;

/** Told when a process ends. */
const End = v.object({
  kind: v.literal("end"),
  pid: v.number(),
  /** Its resident set at its highest. */
  bytes: v.number(),
  /** The processor's time that its threads took, in milliseconds. */
  cpuMs: v.number(),
});

export const ProbeReport = v.variant("kind", [Moment, End]);
export type ProbeReport = v.InferOutput<typeof ProbeReport>;
