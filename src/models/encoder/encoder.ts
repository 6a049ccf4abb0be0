import PQueue from "p-queue";
import { LRUCache } from "lru-cache";
import { BusyError } from "../../errors.ts";
import { modelWorker } from "../modelWorker.ts";
import type { ModelWorker } from "../modelWorker.ts";
import type { WorkerKind } from "../workerChannel.ts";
import type { ReadWindows, Reading } from "../readWindows.ts";
import type { Encoding, Role, TokenizedText } from "./encoding.ts";

/** Turns texts into vectors and reads windows of reports, off the main thread. */
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
  /**
   * Cuts texts into tokens, as they are given. Questions are taken before, and between the slices of a long list.
   *
   * @throws {BusyError} if too many texts wait already.
   */
  tokenize(texts: readonly string[]): Promise<TokenizedText[]>;
  /** Reads windows with a question in mind; undefined where {@link whyUnread} says why. Never refused for others that wait. */
  readonly read: ReadWindows | undefined;
  /** Why nothing is read: the model folder's reader is missing or damaged. One sentence that may be shown. */
  readonly whyUnread?: string | undefined;
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

/** Questions come before index work: someone is waiting for them; one that was begun is finished first. */
const PRIORITY: Record<Role | "reading", number> = { reading: 2, query: 1, passage: 0 };

/** Texts are tokenized in slices of so many UTF-16 code units, some 50 ms of Chinese each. */
const TOKENIZED_AT_ONCE_CHARS = 16_384;

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
    const { dimensions, whyUnread } = loaded;
    return queueFor({ worker, model, dimensions, whyUnread }, limits);
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
  readonly whyUnread: string | undefined;
}

function queueFor(
  loaded: LoadedModel,
  { maxWaiting, cachedQuestions }: Omit<Required<EncoderOptions>, "worker">,
): Encoder {
  const queue = prepareQueue(maxWaiting);
  const cache = new LRUCache<string, Encoding>({ max: Math.max(1, cachedQuestions) });
  return {
    dimensions: loaded.dimensions,
    encode: async (text, role) => {
      const known = role === "query" && !queue.isClosed() ? cache.get(text) : undefined;
      if (known) return known;
      const encoding = await queue.add(role, () => encode(loaded, text, role));
      if (role === "query" && cachedQuestions > 0) cache.set(text, encoding);
      return encoding;
    },
    tokenize: async (texts) => {
      const slices: TokenizedText[][] = [];
      for (const slice of slicesOf(texts)) {
        slices.push(await queue.add("passage", () => tokenize(loaded, slice)));
      }
      return slices.flat();
    },
    read:
      loaded.whyUnread === undefined
        ? (question, windows) => queue.add("reading", () => read(loaded, question, windows))
        : undefined,
    whyUnread: loaded.whyUnread,
    close: async () => {
      await queue.close();
      await loaded.worker.perform({ kind: "unload", model: loaded.model });
      loaded.worker.release();
    },
  };
}

/** One task at a time, the most urgent first. */
function prepareQueue(maxWaiting: number) {
  const queue = new PQueue({ concurrency: 1 });
  let isClosed = false;
  const add = async <Done>(
    kind: keyof typeof PRIORITY,
    work: () => Promise<Done>,
  ): Promise<Done> => {
    if (isClosed) throw new Error("the encoder is closed");
    if (kind !== "reading" && queue.size >= maxWaiting) {
      throw new BusyError("Too many questions are waiting: ask again in a moment.");
    }
    return queue.add(work, { priority: PRIORITY[kind] });
  };
  const close = (): Promise<void> => {
    isClosed = true;
    return queue.onIdle();
  };
  return { add, close, isClosed: () => isClosed };
}

async function encode({ worker, model }: LoadedModel, text: string, role: Role): Promise<Encoding> {
  const result = await worker.perform({ kind: "encode", model, role, text });
  if (result.kind !== "encoded") throw new Error(`unexpected answer: ${result.kind}`);
  return result.encoding;
}

async function tokenize(
  { worker, model }: LoadedModel,
  texts: readonly string[],
): Promise<TokenizedText[]> {
  const result = await worker.perform({ kind: "tokenize", model, texts });
  if (result.kind !== "tokenized") throw new Error(`unexpected answer: ${result.kind}`);
  return result.texts;
}

async function read(
  { worker, model }: LoadedModel,
  question: string,
  windows: readonly Uint32Array[],
): Promise<Reading[]> {
  const result = await worker.perform({ kind: "read", model, question, windows });
  if (result.kind !== "read") throw new Error(`unexpected answer: ${result.kind}`);
  return result.readings;
}

/** Cuts a list into slices of about {@link TOKENIZED_AT_ONCE_CHARS}. */
function slicesOf(texts: readonly string[]): string[][] {
  const slices: string[][] = [];
  let room = 0;
  for (const text of texts) {
    if (room <= 0) {
      slices.push([]);
      room = TOKENIZED_AT_ONCE_CHARS;
    }
    slices.at(-1)?.push(text);
    room -= text.length;
  }
  return slices;
}
