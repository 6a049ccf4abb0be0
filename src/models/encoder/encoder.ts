import { availableParallelism } from "node:os";
import PQueue from "p-queue";
import { LRUCache } from "lru-cache";
import { BusyError } from "../../errors.ts";
import { modelWorker } from "../modelWorker.ts";
import type { ModelUse } from "../messages.ts";
import type { WorkerKind } from "../workerChannel.ts";
import type { ReadWindows, Reading } from "../readWindows.ts";
import type { Encoding, Role, TokenizedText } from "./encoding.ts";
import { openPool } from "./workerPool.ts";
import type { LoadedModel, WorkerPool } from "./workerPool.ts";

/** Turns texts into vectors and reads windows of reports, off the main thread. */
export interface Encoder {
  /** Length of a vector. */
  readonly dimensions: number;
  /**
   * Encodes one text, of a question its beginning (see `encodeText.ts`). Questions are taken before passages that wait.
   *
   * @param maxWaitMs How long it may wait for its turn, in milliseconds; for as long as it takes where not given.
   * @throws {BusyError} if too many texts wait already, or it has waited too long.
   * @throws {UserError} if the model's output cannot be used.
   */
  encode(text: string, role: Role, maxWaitMs?: number): Promise<Encoding>;
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
  /** How much memory the vectors of questions may take that are kept for the next asker or a button, in bytes. 0 keeps none. */
  readonly questionCacheBytes?: number;
  /** What the models run in; the first encoder of a program decides it for all. */
  readonly worker?: WorkerKind;
  /** `passages` loads no reader, and takes a worker a core where many texts wait. */
  readonly use?: ModelUse;
  /** Most workers of passages, 1 or more; as many as there are cores, up to four, where not given. */
  readonly workers?: number;
  /** From then on what waits is refused with its reason, and all that comes after. */
  readonly signal?: AbortSignal | undefined;
}

/** Each has the model in memory, some 200 MB. */
const MAX_WORKERS = 4;

const defaults = {
  maxWaiting: 64,
  // 150 questions of one sentence, or 20 of the longest.
  questionCacheBytes: 4 * 1_048_576,
  worker: "thread",
  use: "questions",
  workers: Math.min(availableParallelism(), MAX_WORKERS),
  signal: undefined,
} as const satisfies Required<EncoderOptions>;

/** Questions come before index work: someone is waiting for them; one that was begun is finished first. */
const PRIORITY: Record<Role | "reading", number> = { reading: 2, query: 1, passage: 0 };

/** Texts are tokenized in slices of so many UTF-16 code units, some 50 ms of Chinese each. */
const TOKENIZED_AT_ONCE_CHARS = 16_384;

/** Where so many texts wait, another worker is soon worth the second that it takes to load its model. */
const MANY_WAITING = 8;

/**
 * Loads the model of a folder in the models' worker.
 *
 * @throws {UserError} if the model cannot be loaded; the message names the file.
 */
export async function startEncoder(
  modelDir: string,
  options: EncoderOptions = {},
): Promise<Encoder> {
  const { worker: kind, use, workers: most, ...limits } = { ...defaults, ...options };
  const workers = use === "passages" ? most : 1;
  return queueFor(await openPool(modelWorker(kind), { modelDir, use, workers }), limits);
}

function queueFor(
  pool: WorkerPool,
  {
    maxWaiting,
    questionCacheBytes,
    signal,
  }: Omit<Required<EncoderOptions>, "worker" | "use" | "workers">,
): Encoder {
  const queue = prepareQueue(pool, maxWaiting, signal);
  const cache = prepareCache(questionCacheBytes);
  return {
    dimensions: pool.dimensions,
    encode: async (text, role, maxWaitMs) => {
      const known = role === "query" && !queue.isClosed() ? cache.get(text) : undefined;
      if (known) return known;
      const encoding = await queue.add(role, (loaded) => encode(loaded, text, role), maxWaitMs);
      if (role === "query") cache.set(text, encoding);
      return encoding;
    },
    tokenize: async (texts) => {
      const slices: TokenizedText[][] = [];
      for (const slice of slicesOf(texts)) {
        slices.push(await queue.add("passage", (loaded) => tokenize(loaded, slice)));
      }
      return slices.flat();
    },
    read:
      pool.whyUnread === undefined
        ? (question, windows) => queue.add("reading", (it) => read(it, question, windows))
        : undefined,
    whyUnread: pool.whyUnread,
    close: async () => {
      await queue.close();
      await pool.close();
    },
  };
}

/** One task at a time of each worker, the most urgent first. */
function prepareQueue(pool: WorkerPool, maxWaiting: number, signal: AbortSignal | undefined) {
  const queue = new PQueue({ concurrency: 1 });
  let growing: Promise<void> | undefined;
  let isClosed = false;
  const grow = async (): Promise<void> => {
    if (await pool.grow()) queue.concurrency += 1;
    growing = undefined;
  };
  const add = async <Done>(
    kind: keyof typeof PRIORITY,
    work: (loaded: LoadedModel) => Promise<Done>,
    maxWaitMs?: number,
  ): Promise<Done> => {
    if (isClosed) throw new Error("the encoder is closed");
    if (kind !== "reading" && queue.size >= maxWaiting) {
      throw busy();
    }
    // One that cannot be started is done without: the others work on.
    if (queue.size >= MANY_WAITING) growing ??= grow().catch(() => undefined);
    const turn = waitForTurn(maxWaitMs);
    const begin = (): Promise<Done> => {
      turn.begin();
      signal?.throwIfAborted();
      return pool.use(work);
    };
    return queue.add(begin, { priority: PRIORITY[kind], ...turn.options });
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    await queue.onIdle();
    await growing;
  };
  return { add, close, isClosed: () => isClosed };
}

function busy(): BusyError {
  return new BusyError("Too many questions are waiting: ask again in a moment.");
}

/** What takes a text out of the queue that has waited too long, until its turn begins. */
function waitForTurn(maxWaitMs: number | undefined) {
  if (maxWaitMs === undefined) return { begin: () => undefined, options: {} };
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(busy());
  }, maxWaitMs);
  const begin = (): void => {
    clearTimeout(timer);
  };
  return { begin, options: { signal: controller.signal } };
}

/** What is larger than the whole cache is not kept. */
function prepareCache(maxBytes: number): LRUCache<string, Encoding> {
  const maxSize = Math.min(Math.max(1, maxBytes), Number.MAX_SAFE_INTEGER);
  return new LRUCache({ maxSize, sizeCalculation: bytesOf });
}

/** How much memory a question's vectors take, with its text, in bytes. */
function bytesOf({ vector, tokens, weights, spans }: Encoding, text: string): number {
  const arrays = [vector, tokens, weights, spans];
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 2 * text.length);
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
