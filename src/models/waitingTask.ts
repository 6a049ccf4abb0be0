/** A task of the models' worker, and whoever waits for what comes of it. */
import { UnansweredError, UserError } from "../errors.ts";
import type { Result, Task } from "./messages.ts";
import type { WorkerKind } from "./workerChannel.ts";

/** A task that has not come to its end. */
export interface WaitingTask {
  readonly task: Task;
  /** Workers that have been given it. */
  readonly attempts: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  /** Ends the process that works at it, if that takes too long. */
  readonly timer?: NodeJS.Timeout | undefined;
}

/** Tells what came of it. */
export function settle({ resolve, reject }: WaitingTask, result: Result): void {
  if (result.kind !== "failed") {
    resolve(result);
    return;
  }
  const { message, isUserError, cause } = result;
  reject(isUserError ? new UserError(message, { cause }) : new Error(message, { cause }));
}

/** Tells that nothing will come of it, since its worker has ended; a model that was to be let go is gone with it. */
export function giveUp(
  { task, resolve, reject }: WaitingTask,
  kind: WorkerKind,
  cause: string,
): void {
  if (task.kind === "unload") {
    resolve({ kind: "unloaded" });
    return;
  }
  if (task.kind === "load") {
    reject(new UserError(`The model cannot be loaded, ${cause}: see that there is enough memory.`));
    return;
  }
  const remedy = kind === "thread" ? "start the program again" : "ask again in a moment";
  reject(new UnansweredError(`The model has stopped over this: ${remedy}.`, { cause }));
}
