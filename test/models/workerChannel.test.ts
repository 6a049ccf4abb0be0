/** How a worker ends, as it is told. */
import { EventEmitter, once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { startWorker } from "../../src/models/workerChannel.ts";
import type { WorkerChannel } from "../../src/models/workerChannel.ts";

/** A process that listens: it has answered something that it cannot do. */
async function started(): Promise<{ readonly worker: WorkerChannel; readonly told: unknown[] }> {
  const events = new EventEmitter();
  const told: unknown[] = [];
  const worker = startWorker("process", {
    onMessage: (message) => events.emit("message", message),
    onEnd: (how) => {
      told.push(how);
    },
  });
  onTestFinished(() => {
    worker.kill();
  });
  const answered = once(events, "message");
  worker.send({ id: 1, task: { kind: "tokenize", model: 1, texts: [] } });
  await answered;
  return { worker, told };
}

it("a process that is to end does so by itself, with its exit code", async () => {
  const { worker, told } = await started();
  await worker.end();
  expect(told).toEqual(["0"]);
  // What has ended is not waited for.
  await worker.end();
});

it("one that is killed tells by what", async () => {
  const { worker, told } = await started();
  worker.kill();
  await worker.end();
  expect(told).toEqual(["SIGKILL"]);
});
