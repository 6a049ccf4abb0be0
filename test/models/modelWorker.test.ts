/** The models' process, killed: what it was asked is answered all the same. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { cp, rename } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { UnansweredError, UserError } from "../../src/errors.ts";
import { openPool } from "../../src/models/encoder/workerPool.ts";
import type { Result } from "../../src/models/messages.ts";
import { createModelWorker } from "../../src/models/modelWorker.ts";
import type { ModelWorker } from "../../src/models/modelWorker.ts";
import { MODELS_CHANNEL } from "../../src/trace.ts";
import { eventually } from "../support/eventually.ts";
import { SMALL_MODEL, temporaryFolder } from "../support/folders.ts";

const MODEL = 1;

/** Deaths in a row are waited out so long, in milliseconds. */
const WAITS = { firstMs: 1, longestMs: 4, steadyMs: 60_000 };

/** A process that holds the small model; it ends with the test. */
async function startSmall(modelDir = SMALL_MODEL, limits = {}): Promise<ModelWorker> {
  const worker = createModelWorker("process", { ...WAITS, ...limits });
  onTestFinished(() => {
    worker.release();
    kill(worker);
  });
  await worker.perform({ kind: "load", model: MODEL, modelDir, use: "questions" });
  return worker;
}

/** Kills the process that runs, as soon as one does; its id. */
async function killRunning(worker: ModelWorker): Promise<number> {
  const { pid } = worker;
  if (pid === undefined) return sleep(1).then(() => killRunning(worker));
  process.kill(pid, "SIGKILL");
  await eventually(() => {
    expect(worker.pid).not.toBe(pid);
  });
  return pid;
}

function encode(worker: ModelWorker, text: string): Promise<Result> {
  return worker.perform({ kind: "encode", model: MODEL, role: "query", text });
}

function kill({ pid }: ModelWorker, signal: NodeJS.Signals = "SIGKILL"): void {
  if (pid !== undefined) process.kill(pid, signal);
}

function heard(): string[] {
  const told: string[] = [];
  const listener = (what: unknown) => told.push(String(what));
  subscribe(MODELS_CHANNEL, listener);
  onTestFinished(() => {
    unsubscribe(MODELS_CHANNEL, listener);
  });
  return told;
}

describe("a process that is killed", () => {
  it("amid 50 tasks is followed by another one, which does them all", async () => {
    const worker = await startSmall();
    const first = worker.pid;
    const texts = Array.from({ length: 50 }, (_, i) => `公園${i}`);
    const calm = await Promise.all(texts.map((text) => encode(worker, text)));
    const told = heard();
    const results = texts.map((text) => encode(worker, text));
    kill(worker);
    expect(await Promise.all(results)).toEqual(calm);
    expect(worker.pid).not.toBe(first);
    expect(told).toEqual(["the models' process has ended (SIGKILL)"]);
  });

  it("while nothing is asked of it is followed by another one with the next task", async () => {
    const worker = await startSmall();
    const before = await encode(worker, "公園");
    kill(worker);
    while (worker.pid !== undefined) await sleep(5);
    expect(await encode(worker, "公園")).toEqual(before);
  });

  it("twice over the same task is not started a third time for it", async () => {
    const worker = await startSmall();
    // The next one, which gets the task again, is killed in the moment that it is started.
    const killNext = () => {
      unsubscribe(MODELS_CHANNEL, killNext);
      queueMicrotask(() => {
        kill(worker);
      });
    };
    subscribe(MODELS_CHANNEL, killNext);
    const failing = encode(worker, "公園");
    kill(worker);
    const end = await failing.catch((error: unknown) => error);
    expect(end).toBeInstanceOf(UnansweredError);
    expect(end).toMatchObject({ cause: "the models' process has ended (SIGKILL)" });
    expect((await encode(worker, "公園")).kind).toBe("encoded");
  });

  it("while it is held is followed by another one without a question, later after each death", async () => {
    const worker = await startSmall();
    worker.hold();
    const told = heard();
    const killed = new Set<number>();
    for (let i = 0; i < 5; i++) killed.add(await killRunning(worker));
    expect(killed.size).toBe(5);
    expect(told.map((it) => it.replace("the models' process has ended (SIGKILL)", ""))).toEqual([
      "",
      "; it is started again in 0.001 s",
      "; it is started again in 0.002 s",
      "; it is started again in 0.004 s",
      "; it is started again in 0.004 s",
    ]);
    expect((await encode(worker, "公園")).kind).toBe("encoded");
  });

  it("twice while it loads its first model says what may have killed it", async () => {
    const worker = createModelWorker("process", WAITS);
    const load = { kind: "load", model: MODEL, modelDir: SMALL_MODEL, use: "questions" } as const;
    const end = worker.perform(load).catch((error: unknown) => error);
    await killRunning(worker);
    await killRunning(worker);
    expect(await end).toBeInstanceOf(UserError);
    expect(String(await end)).toContain(
      "The model cannot be loaded, the models' process has ended (SIGKILL): see that there is enough memory.",
    );
  });

  it("over its model's end lets it go all the same", async () => {
    const worker = await startSmall();
    const pool = await openPool(worker, { modelDir: SMALL_MODEL, use: "questions", workers: 1 });
    const closing = pool.close();
    kill(worker);
    await expect(closing).resolves.toBeUndefined();
  });

  it("is not needed any more to let its models go", async () => {
    const worker = await startSmall();
    kill(worker);
    while (worker.pid !== undefined) await sleep(5);
    expect(await worker.perform({ kind: "unload", model: MODEL })).toEqual({ kind: "unloaded" });
    expect(worker.pid).toBeUndefined();
    await expect(encode(worker, "公園")).rejects.toThrow("the encoder is closed");
  });
});

describe("a process that is followed by another one", () => {
  it("comes back when its model is there again", async () => {
    const folder = await temporaryFolder();
    const [modelDir, away] = [path.join(folder, "model"), path.join(folder, "away")];
    await cp(SMALL_MODEL, modelDir, { recursive: true });
    const worker = await startSmall(modelDir);
    const before = await encode(worker, "公園");
    await rename(modelDir, away);
    const told = heard();
    kill(worker);
    await expect(encode(worker, "公園")).rejects.toThrow(UnansweredError);
    expect(told.join()).toContain(`has ended (The model file ${modelDir}`);
    await rename(away, modelDir);
    expect(await encode(worker, "公園")).toEqual(before);
  });
});

describe("a process", () => {
  it("that hangs is ended, and another one does its work", async () => {
    const worker = await startSmall(SMALL_MODEL, { taskMs: 8_000 });
    const before = await encode(worker, "公園");
    kill(worker, "SIGSTOP");
    const { pid } = worker;
    expect(await encode(worker, "公園")).toEqual(before);
    expect(worker.pid).not.toBe(pid);
  });

  it("goes on where a terminal or a service sends its end to all processes", async () => {
    const worker = await startSmall();
    const { pid } = worker;
    kill(worker, "SIGINT");
    kill(worker, "SIGTERM");
    expect((await encode(worker, "公園")).kind).toBe("encoded");
    expect(worker.pid).toBe(pid);
  });

  it("says what may be shown of a model that is not there", async () => {
    const worker = await startSmall();
    const modelDir = await temporaryFolder();
    const loading = worker.perform({ kind: "load", model: 2, modelDir, use: "questions" });
    await expect(loading).rejects.toThrow(UserError);
    await expect(loading).rejects.toThrow(modelDir);
  });
});
