import path from "node:path";
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import runtime from "onnxruntime-node";
import { UserError } from "../errors.ts";
import { traced } from "../trace.ts";
import { GRAPH_FILE, assertModelFiles, damagedModelFile } from "./modelFolder.ts";
import type { ModelUse } from "./messages.ts";
import { loadReader } from "./readWindows.ts";
import type { Reader } from "./readWindows.ts";
import { loadTokenizer } from "./tokenizer/loadTokenizer.ts";
import type { Token } from "./tokenizer/token.ts";

/** The models of a folder, loaded: tokens of a text, the sentence encoder's last hidden state for a run of tokens, and the reader. */
export interface Model {
  readonly dimensions: number;
  /** Most tokens of one run, the two special tokens included. */
  readonly maxTokens: number;
  /** Tokens of a text without the special tokens at its ends. */
  tokenize(text: string): Token[];
  /**
   * Runs the model once over `ids` between its special tokens.
   *
   * @returns `(ids.length + 2) × dimensions` values.
   * @throws {UserError} if the model gives another shape or a value that is not finite.
   */
  run(ids: readonly number[]): Promise<Float32Array>;
  readonly reader: Reader;
}

const Config = v.object({ hidden_size: v.pipe(v.number(), v.integer(), v.minValue(1)) });
const TokenizerConfig = v.object({
  model_max_length: v.pipe(v.number(), v.integer(), v.minValue(16)),
});

/**
 * Loads tokenizer and model from a folder of model files; nothing is looked up on a network.
 *
 * @throws {UserError} that names the file which is missing or cannot be used.
 */
export async function loadModel(modelDir: string, use: ModelUse): Promise<Model> {
  await assertModelFiles(modelDir);
  const { hidden_size: dimensions } = await readJson(modelDir, "config.json", Config);
  const { model_max_length: maxTokens } = await readJson(
    modelDir,
    "tokenizer_config.json",
    TokenizerConfig,
  );
  // The graph first: what it needs while it loads is free again before a tokenizer of the library needs as much.
  const forward = await traced("graph", () => loadSession(modelDir, use));
  const tokenizer = await traced("tokenizer", () => loadTokenizer(modelDir));
  const reader: Reader =
    use === "questions"
      ? await traced("reader", () => loadReader(modelDir, tokenizer, dimensions))
      : { kind: "none", why: "The reader is not loaded: it reads for questions alone." };
  return {
    dimensions,
    maxTokens,
    reader,
    tokenize: (text) => tokenizer.tokenize(text),
    run: async (ids) => {
      const sequence = [tokenizer.first, ...ids, tokenizer.last];
      const state = await forward(sequence);
      assertShape(state.dims, sequence.length, dimensions);
      assertFinite(state.data);
      return state.data;
    },
  };
}

async function readJson<Schema extends v.GenericSchema>(
  modelDir: string,
  file: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  try {
    return v.parse(schema, JSON.parse(await readFile(path.join(modelDir, file), "utf8")));
  } catch (error) {
    throw damagedModelFile(modelDir, file, error);
  }
}

function assertShape(dims: readonly number[], tokens: number, dimensions: number): void {
  const expected = [1, tokens, dimensions];
  if (dims.length === 3 && expected.every((size, i) => size === dims[i])) return;
  throw new UserError(
    `The model gives vectors of shape ${dims.join(" × ")} where config.json promises ${expected.join(" × ")}: restore the model folder, or set MODEL_DIR to another one.`,
  );
}

function assertFinite(values: Float32Array): void {
  if (values.every(Number.isFinite)) return;
  throw new UserError(
    "The model gives values that are not finite: restore the model folder, or set MODEL_DIR to another one.",
  );
}

/** The model's last hidden state for one run of tokens. */
interface HiddenState {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Runs the model once over the ids of one text's tokens. */
type Forward = (ids: readonly number[]) => Promise<HiddenState>;

const Output = v.object({
  last_hidden_state: v.object({
    dims: v.array(v.number()),
    data: v.instance(Float32Array),
  }),
});

/** What a graph may ask for, for one text without padding. */
const INPUTS = {
  input_ids: (ids: readonly number[]) => BigInt64Array.from(ids, BigInt),
  attention_mask: (ids: readonly number[]) => new BigInt64Array(ids.length).fill(1n),
  token_type_ids: (ids: readonly number[]) => new BigInt64Array(ids.length),
} as const;

const InputNames = v.array(v.picklist(["input_ids", "attention_mask", "token_type_ids"]));

/**
 * Loads the graph of a model folder.
 *
 * ONNX Runtime reads the file itself: the library would hand it a buffer of the whole file, which then is in memory twice.
 * Its arena is off, since it keeps what the longest text needed and saves no time. A question is answered sooner by all cores together;
 * of many passages each is better encoded by one core alone, since the cores of one run wait for each other half of the time.
 *
 * @throws {UserError} if the file cannot be used.
 */
async function loadSession(modelDir: string, use: ModelUse): Promise<Forward> {
  try {
    const session = await runtime.InferenceSession.create(path.join(modelDir, GRAPH_FILE), {
      enableCpuMemArena: false,
      ...(use === "passages" && { intraOpNumThreads: 1 }),
    });
    const names = v.parse(InputNames, session.inputNames);
    return async (ids) => {
      const tensors = names.map((name) => {
        const tensor = new runtime.Tensor("int64", INPUTS[name](ids), [1, ids.length]);
        return [name, tensor] as const;
      });
      const output: unknown = await session.run(Object.fromEntries(tensors));
      return v.parse(Output, output).last_hidden_state;
    };
  } catch (error) {
    throw damagedModelFile(modelDir, GRAPH_FILE, error);
  }
}
