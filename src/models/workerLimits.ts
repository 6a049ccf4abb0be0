/** How long the models' worker is waited for. */
import type { Backoff } from "../backoff.ts";

/** How long is waited, in milliseconds: before another process is started, and for a task. */
export interface WorkerLimits extends Backoff {
  /** For a process over one task: then it hangs, and is ended. The longest text of a report takes seconds, a model a few more. */
  readonly taskMs: number;
}

/** As the program has them. */
export const WORKER_LIMITS: WorkerLimits = {
  freeLives: 1,
  firstMs: 1_000,
  longestMs: 60_000,
  steadyMs: 60_000,
  taskMs: 60_000,
};
