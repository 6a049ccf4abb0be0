/** The models' process, killed: what it was asked is answered all the same. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Result } from "../../src/models/messages.ts";
import { createModelWorker } from "../../src/models/modelWorker.ts";
import type { ModelWorker } from "../../src/models/modelWorker.ts";
import { MODELS_CHANNEL } from "../../src/trace.ts";
import { SMALL_MODEL, temporaryFolder } from "../support/folders.ts";

const MODEL = 1;

/** A process that holds the small model; it ends with the test. */
async function startSmall(): Promise<ModelWorker> {
  const worker = createModelWorker("process");
  onTestFinished(() => {
    kill(worker);
  });
  await worker.perform({ kind: "load", model: MODEL, modelDir: SMALL_MODEL, use: "questions" });
  return worker;
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
    await expect(failing).rejects.toThrow("the models' process has ended (SIGKILL)");
    expect((await encode(worker, "公園")).kind).toBe("encoded");
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

describe("a process", () => {
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
