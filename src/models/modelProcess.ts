import { Worker } from "node:worker_threads";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { Reply } from "./messages.ts";
import type { Request, Result, Task } from "./messages.ts";

/** The thread that runs the models of this process. */
export interface ModelThread {
  /**
   * Hands a task to the thread.
   *
   * @throws {UserError} if the task fails for a reason that may be shown.
   */
  perform(task: Task): Promise<Result>;
  /** While it is held, the thread keeps the process alive. */
  hold(): void;
  release(): void;
}

/** What the thread makes for a question is soon garbage: a larger young generation holds more of it and saves no time. */
const YOUNG_GENERATION_MB = 4;

let running: ModelThread | undefined;

/**
 * The process's one thread for models, started when it is first asked for. It is never ended: ONNX Runtime 1.14 can be loaded
 * once in a process, so that a second thread would fail ("Module did not self-register") or corrupt memory.
 */
export function modelThread(): ModelThread {
  running ??= startThread();
  return running;
}

function startThread(): ModelThread {
  const worker = startWorker();
  const waiting = new Map<number, PromiseWithResolvers>();
  let lastId = 0;
  let held = 0;
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.unref();
  worker.on("error", end);
  worker.on("exit", (code) => {
    end(new Error(`the models' thread has ended (code ${code})`));
  });
  worker.on("message", (message: unknown) => {
    const { id, result } = v.parse(Reply, message);
    const task = waiting.get(id);
    waiting.delete(id);
    if (result.kind === "failed") task?.reject(toError(result));
    else task?.resolve(result);
  });
  return {
    perform: (task) => {
      if (ended) return Promise.reject(ended);
      const id = ++lastId;
      worker.postMessage({ id, task } satisfies Request);
      return new Promise<Result>((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    hold: () => {
      held += 1;
      worker.ref();
    },
    release: () => {
      held -= 1;
      if (held === 0) worker.unref();
    },
  };
}

interface PromiseWithResolvers {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts worker.ts beside this file, or worker.js once compiled. Node 20 runs no TypeScript, and the loader that runs
 * this file is not handed down to threads, so the thread registers it first.
 */
function startWorker(): Worker {
  const options = { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } };
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./worker.js", import.meta.url), options);
  }
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const entry = JSON.stringify(new URL("./worker.ts", import.meta.url).href);
  const source = `import(${loader}).then(({ register }) => { register(); return import(${entry}); })`;
  return new Worker(source, { ...options, eval: true });
}

function toError({ message, isUserError, cause }: Extract<Result, { kind: "failed" }>): Error {
  return isUserError ? new UserError(message, { cause }) : new Error(message, { cause });
}
