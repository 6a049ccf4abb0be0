/** Workers that run the same model: one at first, more where texts wait for them. */
import { tellOfModels } from "../../trace.ts";
import type { ModelUse } from "../messages.ts";
import { createModelWorker } from "../modelWorker.ts";
import type { ModelWorker } from "../modelWorker.ts";

/** A model that is loaded in a worker. */
export interface LoadedModel {
  readonly worker: ModelWorker;
  readonly model: number;
}

/** What is known of a model once it is loaded. */
interface ModelFacts {
  readonly dimensions: number;
  readonly whyUnread: string | undefined;
}

/** Workers that run the same model. */
export interface WorkerPool extends ModelFacts {
  /** Has a worker that is idle do something: as many at a time as there are workers. */
  use<Done>(work: (loaded: LoadedModel) => Promise<Done>): Promise<Done>;
  /** Starts another worker, if there may be more; whether it did. It is a process: ONNX Runtime 1.14 loads once in a process. */
  grow(): Promise<boolean>;
  /** Never fails. */
  close(): Promise<void>;
}

/** What is loaded, and by how many workers at most. */
interface PoolOptions {
  readonly modelDir: string;
  readonly use: ModelUse;
  readonly workers: number;
}

let lastModel = 0;

/**
 * Loads a model in a worker.
 *
 * @throws {UserError} if the model cannot be loaded; the message names the file.
 */
export async function openPool(first: ModelWorker, options: PoolOptions): Promise<WorkerPool> {
  const { dimensions, whyUnread, ...loaded } = await load(first, options);
  const all: LoadedModel[] = [loaded];
  const idle: LoadedModel[] = [loaded];
  let begun = 1;
  return {
    dimensions,
    whyUnread,
    use: async (work) => {
      const taken = idle.pop();
      if (taken === undefined) throw new Error("no worker of the models is idle");
      try {
        return await work(taken);
      } finally {
        idle.push(taken);
      }
    },
    grow: async () => {
      if (begun >= options.workers) return false;
      begun += 1;
      const { worker, model } = await load(createModelWorker("process"), options);
      all.push({ worker, model });
      idle.push({ worker, model });
      return true;
    },
    close: async () => {
      for (const [i, { worker, model }] of all.entries()) {
        try {
          await worker.perform({ kind: "unload", model });
        } catch (error) {
          // It is not needed any more: who closes is not to be troubled with it.
          tellOfModels(`a model was not let go: ${String(error)}`);
        }
        worker.release();
        // The first one serves others too.
        if (i > 0) await worker.retire();
      }
    },
  };
}

async function load(
  worker: ModelWorker,
  { modelDir, use }: PoolOptions,
): Promise<LoadedModel & ModelFacts> {
  const model = ++lastModel;
  worker.hold();
  try {
    const loaded = await worker.perform({ kind: "load", model, modelDir, use });
    if (loaded.kind !== "loaded") throw new Error(`unexpected answer: ${loaded.kind}`);
    return { worker, model, dimensions: loaded.dimensions, whyUnread: loaded.whyUnread };
  } catch (error) {
    worker.release();
    throw error;
  }
}
