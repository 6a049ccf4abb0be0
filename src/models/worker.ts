/** The thread that runs the models: one task in, one result out. */
import { Console } from "node:console";
import { Writable } from "node:stream";
import { parentPort } from "node:worker_threads";
import { UserError } from "../errors.ts";
import { encodeText } from "./encoder/encodeText.ts";
import { loadModel } from "./model.ts";
import type { Model } from "./model.ts";
import type { Reply, Request, Result, Task } from "./messages.ts";

if (parentPort === null) throw new Error("embed/worker.ts runs in a worker thread only");
const port = parentPort;
const models = new Map<number, Model>();

// The model's library warns on the console of what it then throws; the terminal belongs to the answers.
globalThis.console = new Console(
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  }),
);

port.on("message", ({ id, task }: Request) => {
  void perform(task)
    .catch(failure)
    .then((result) => {
      // Copied: to move a few kilobytes of buffers takes longer.
      port.postMessage({ id, result } satisfies Reply);
    });
});

async function perform(task: Task): Promise<Result> {
  switch (task.kind) {
    case "load": {
      const model = await loadModel(task.modelDir);
      models.set(task.model, model);
      return { kind: "loaded", dimensions: model.dimensions };
    }
    case "encode": {
      const model = models.get(task.model);
      if (model === undefined) throw new Error("the encoder is closed");
      return { kind: "encoded", encoding: await encodeText(model, task.text, task.role) };
    }
    case "unload":
      models.delete(task.model);
      return { kind: "unloaded" };
  }
}

function failure(error: unknown): Result {
  const { message, stack = "", cause } = error instanceof Error ? error : new Error(String(error));
  const isUserError = error instanceof UserError;
  const behind = cause instanceof Error ? cause.message : "";
  return { kind: "failed", message, isUserError, cause: isUserError ? behind : stack };
}
