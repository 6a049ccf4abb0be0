/** What runs the models, apart from this program's own thread: a process or a thread, behind the same messages. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { IS_COMPILED, moduleBeside, startChild } from "../childProcess.ts";
import type { Request } from "./messages.ts";

/**
 * A `process` can be started again, and takes nothing along when native code aborts; a `thread` needs some 10 MB less (30 where
 * the pages that processes share count twice), and cannot be started again, since ONNX Runtime 1.14 loads once in a process.
 */
export type WorkerKind = "process" | "thread";

/** The way to a worker. */
export interface WorkerChannel {
  /** Its process id; undefined for a thread. */
  readonly pid: number | undefined;
  send(request: Request): void;
  /** Whether the worker keeps this process alive. */
  hold(isHeld: boolean): void;
  /** Has it end by itself, within a second, and waits for that. */
  end(): Promise<void>;
  /** Ends it at once; {@link WorkerListeners} are told. */
  kill(): void;
}

/** Told what comes from a worker. */
interface WorkerListeners {
  readonly onMessage: (message: unknown) => void;
  /** Told once, with the exit code, the signal or the reason. */
  readonly onEnd: (how: string) => void;
}

/** A process that is to end by itself has so long, in milliseconds. */
const END_TIMEOUT_MS = 1_000;

/** What is made for a question is soon garbage: a larger young generation holds more of it and saves no time. */
const YOUNG_GENERATION_MB = 4;

/** One task at a time needs neither V8's threads, nor libuv's, nor a heap of malloc's for each: some 15 MB. */
const FEW_MEGABYTES = {
  flags: ["--max-semi-space-size=1", "--optimize-for-size", "--v8-pool-size=1"],
  env: { MALLOC_ARENA_MAX: "2", UV_THREADPOOL_SIZE: "1" },
};

/**
 * Starts a worker.
 *
 * @throws {Error} if the system has no room for it.
 */
export function startWorker(kind: WorkerKind, listeners: WorkerListeners): WorkerChannel {
  return kind === "process" ? startProcess(listeners) : startThread(listeners);
}

const SCRIPT = moduleBeside(import.meta.url, "worker");

function startProcess({ onMessage, onEnd }: WorkerListeners): WorkerChannel {
  const { flags, env } = FEW_MEGABYTES;
  const child = startChild(SCRIPT, { flags: IS_COMPILED ? flags : [], env, stderr: "inherit" });
  child.on("message", onMessage);
  child.once("error", (error) => {
    onEnd(error.message);
  });
  child.once("exit", (code, signal) => {
    onEnd(String(signal ?? code));
  });
  return {
    pid: child.pid,
    send: (request) => {
      // Where it has just died, or could not be started, the end is told, and what was sent is sent again: nothing is to be done here.
      if (child.connected) child.send(request, () => undefined);
    },
    hold: (isHeld) => {
      for (const it of [child, child.channel])
        if (isHeld) it?.ref();
        else it?.unref();
    },
    end: async () => {
      if (!child.connected) return;
      // Without that this process would end before.
      child.ref();
      const ended = once(child, "exit");
      const timer = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS);
      child.disconnect();
      await ended;
      clearTimeout(timer);
    },
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

function startThread({ onMessage, onEnd }: WorkerListeners): WorkerChannel {
  const limits = { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } };
  const worker = IS_COMPILED
    ? new Worker(SCRIPT, limits)
    : new Worker(loadedByTsx(), { ...limits, eval: true });
  worker.on("message", onMessage);
  worker.once("error", (error) => {
    onEnd(error instanceof Error ? error.message : String(error));
  });
  worker.once("exit", (code) => {
    onEnd(String(code));
  });
  return {
    pid: undefined,
    send: (request) => {
      worker.postMessage(request);
    },
    hold: (isHeld) => {
      if (isHeld) worker.ref();
      else worker.unref();
    },
    end: async () => {
      await worker.terminate();
    },
    kill: () => {
      void worker.terminate();
    },
  };
}

/** The loader that runs this file is not handed down to threads, so that the thread registers it first. */
function loadedByTsx(): string {
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  return `import(${loader}).then(({ register }) => { register(); return import("${SCRIPT.href}"); })`;
}
