/** Runs the models, in a process or a thread of its own: one task in, one result out. */
import { Console } from "node:console";
import { Writable } from "node:stream";
import { parentPort } from "node:worker_threads";
import { UserError } from "../errors.ts";
import { encodeText, tokenizeText } from "./encoder/encodeText.ts";
import type { Reply, Request, Result, Task } from "./messages.ts";
import { loadModel } from "./model.ts";
import type { Model } from "./model.ts";

const models = new Map<number, Promise<Model>>();

// The model's library warns on the console of what it then throws; the terminal belongs to the answers.
globalThis.console = new Console(
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  }),
);

if (parentPort === null) {
  // Ctrl-C reaches all processes of a terminal, and a service's end all of the service: what was taken is finished first.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
  process.once("disconnect", () => process.exit());
}

(parentPort ?? process).on("message", ({ id, task }: Request) => {
  void perform(task)
    .catch(failure)
    .then((result) => {
      reply({ id, result });
    });
});

/** Copied in either case: to move a few kilobytes of buffers takes longer. */
function reply(message: Reply): void {
  if (parentPort) parentPort.postMessage(message);
  // Where this program is gone, so is whoever waited; the end of the channel ends this process.
  else process.send?.(message, undefined, undefined, () => undefined);
}

async function perform(task: Task): Promise<Result> {
  switch (task.kind) {
    case "load": {
      const loading = loadModel(task.modelDir, task.use);
      models.set(task.model, loading);
      const { dimensions, reader } = await loading;
      const whyUnread = reader.kind === "none" ? reader.why : undefined;
      return { kind: "loaded", dimensions, whyUnread };
    }
    case "encode": {
      const model = await modelOf(task);
      return { kind: "encoded", encoding: await encodeText(model, task.text, task.role) };
    }
    case "tokenize": {
      const model = await modelOf(task);
      return { kind: "tokenized", texts: task.texts.map((text) => tokenizeText(model, text)) };
    }
    case "read": {
      const { reader } = await modelOf(task);
      if (reader.kind === "none") throw new Error(reader.why);
      return { kind: "read", readings: await reader.read(task.question, task.windows) };
    }
    case "unload": {
      const loading = models.get(task.model);
      models.delete(task.model);
      // One that could not be loaded has nothing open.
      const loaded = await loading?.catch(() => undefined);
      if (loaded?.reader.kind === "ready") loaded.reader.close();
      return { kind: "unloaded" };
    }
  }
}

async function modelOf({ model }: Task): Promise<Model> {
  const loaded = await models.get(model);
  if (loaded === undefined) throw new Error("the encoder is closed");
  return loaded;
}

function failure(error: unknown): Result {
  const { message, stack = "", cause } = error instanceof Error ? error : new Error(String(error));
  const isUserError = error instanceof UserError;
  const behind = cause instanceof Error ? cause.message : "";
  return { kind: "failed", message, isUserError, cause: isUserError ? behind : stack };
}
