import PQueue from "p-queue";
import { LRUCache } from "lru-cache";
import { BusyError } from "../../errors.ts";
import { modelWorker } from "../modelWorker.ts";
import type { ModelWorker } from "../modelWorker.ts";
import type { WorkerKind } from "../workerChannel.ts";
import type { Encoding, Role } from "./encoding.ts";

/** Turns texts into vectors, off the main thread. */
export interface Encoder {
  /** Length of a vector. */
  readonly dimensions: number;
  /**
   * Encodes one text. Questions are taken before passages that wait.
   *
   * @throws {BusyError} if too many texts wait already.
   * @throws {UserError} if the model's output cannot be used.
   */
  encode(text: string, role: Role): Promise<Encoding>;
  /** Finishes what was taken, then lets the model go; what comes after is refused. */
  close(): Promise<void>;
}

export interface EncoderOptions {
  /** Most texts that may wait; one more is refused. 1 or more. */
  readonly maxWaiting?: number;
  /** Most questions whose vectors are kept, for the next asker or a button; each has tokens × dimensions floats. 0 keeps none. */
  readonly cachedQuestions?: number;
  /** What the models run in; the first encoder of a program decides it for all. */
  readonly worker?: WorkerKind;
}

const defaults = {
  maxWaiting: 64,
  cachedQuestions: 64,
  worker: "thread",
} as const satisfies Required<EncoderOptions>;

/** Questions come before index work: someone is waiting for them. */
const PRIORITY: Record<Role, number> = { query: 1, passage: 0 };

let lastModel = 0;

/**
 * Loads the model of a folder in the models' worker.
 *
 * @throws {UserError} if the model cannot be loaded; the message names the file.
 */
export async function startEncoder(
  modelDir: string,
  options: EncoderOptions = {},
): Promise<Encoder> {
  const { worker: kind, ...limits } = { ...defaults, ...options };
  const model = ++lastModel;
  const worker = modelWorker(kind);
  worker.hold();
  try {
    const loaded = await worker.perform({ kind: "load", model, modelDir });
    if (loaded.kind !== "loaded") throw new Error(`unexpected answer: ${loaded.kind}`);
    return queueFor({ worker, model, dimensions: loaded.dimensions }, limits);
  } catch (error) {
    worker.release();
    throw error;
  }
}

/** A model that is loaded in the worker. */
interface LoadedModel {
  readonly worker: ModelWorker;
  readonly model: number;
  readonly dimensions: number;
}

function queueFor(
  { worker, model, dimensions }: LoadedModel,
  { maxWaiting, cachedQuestions }: Omit<Required<EncoderOptions>, "worker">,
): Encoder {
  const queue = new PQueue({ concurrency: 1 });
  const cache = new LRUCache<string, Encoding>({ max: Math.max(1, cachedQuestions) });
  let isClosed = false;
  const run = async (text: string, role: Role): Promise<Encoding> => {
    const result = await worker.perform({ kind: "encode", model, role, text });
    if (result.kind !== "encoded") throw new Error(`unexpected answer: ${result.kind}`);
    if (role === "query" && cachedQuestions > 0) cache.set(text, result.encoding);
    return result.encoding;
  };
  return {
    dimensions,
    encode: async (text, role) => {
      if (isClosed) throw new Error("the encoder is closed");
      const known = role === "query" ? cache.get(text) : undefined;
      if (known) return known;
      if (queue.size >= maxWaiting) {
        throw new BusyError("Too many questions are waiting: ask again in a moment.");
      }
      return queue.add(() => run(text, role), { priority: PRIORITY[role] });
    },
    close: async () => {
      isClosed = true;
      await queue.onIdle();
      await worker.perform({ kind: "unload", model });
      worker.release();
    },
  };
}
