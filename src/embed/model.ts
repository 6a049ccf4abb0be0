import { readFile } from "node:fs/promises";
import path from "node:path";
import { AutoModel, AutoTokenizer, env, Tensor } from "@xenova/transformers";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { assertModelFiles } from "./modelFiles.ts";

/** Weight of a piece that never occurs in training, −log p; the cap keeps one odd piece from deciding a search. */
const MAX_TOKEN_WEIGHT = 12;

/** A token of a text: its number in the vocabulary, its characters and its weight, min(−log p, 12). */
export interface Token {
  readonly id: number;
  readonly piece: string;
  readonly weight: number;
}

/** The sentence encoder, loaded: tokens of a text, and the model's last hidden state for a run of tokens. */
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
}

const Config = v.object({ hidden_size: v.pipe(v.number(), v.integer(), v.minValue(1)) });
const TokenizerConfig = v.object({
  model_max_length: v.pipe(v.number(), v.integer(), v.minValue(16)),
});
const Vocabulary = v.object({
  vocab: v.array(v.string()),
  scores: v.array(v.number()),
});
const HiddenState = v.object({
  last_hidden_state: v.object({
    dims: v.array(v.number()),
    data: v.instance(Float32Array),
  }),
});
const TokenIds = v.array(v.pipe(v.number(), v.integer()));

/**
 * Loads tokenizer and model from a folder of model files; nothing is looked up on a network.
 *
 * @throws {UserError} that names the file which is missing or cannot be used.
 */
export async function loadModel(modelDir: string): Promise<Model> {
  await assertModelFiles(modelDir);
  const { hidden_size: dimensions } = await readJson(modelDir, "config.json", Config);
  const { model_max_length: maxTokens } = await readJson(
    modelDir,
    "tokenizer_config.json",
    TokenizerConfig,
  );
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(path.resolve(modelDir));
  const name = path.basename(path.resolve(modelDir));
  // The model comes first: its file's buffer is free again before the tokenizer needs its 230 MB.
  const forward = await loadForward(modelDir, name);
  const tokenizer = await loadTokenizer(modelDir, name);
  return {
    dimensions,
    maxTokens,
    tokenize: tokenizer.tokenize,
    run: async (ids) => {
      const sequence = [tokenizer.start, ...ids, tokenizer.end];
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
    throw damaged(modelDir, file, error);
  }
}

function damaged(modelDir: string, file: string, cause: unknown): UserError {
  return new UserError(
    `The model file ${path.join(modelDir, file)} is damaged or of another kind: restore the model folder, or set MODEL_DIR to another one.`,
    { cause },
  );
}

type Forward = (ids: readonly number[]) => Promise<{ dims: number[]; data: Float32Array }>;

async function loadForward(modelDir: string, name: string): Promise<Forward> {
  let model: unknown;
  try {
    model = await AutoModel.from_pretrained(name, { quantized: true });
  } catch (error) {
    throw damaged(modelDir, "onnx/model_quantized.onnx", error);
  }
  const call = v.parse(v.function(), model);
  return async (ids) => {
    const shape = [1, ids.length];
    const output: unknown = await call({
      input_ids: new Tensor("int64", BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor("int64", new BigInt64Array(ids.length).fill(1n), shape),
    });
    return v.parse(HiddenState, output).last_hidden_state;
  };
}

interface Tokenizer {
  readonly start: number;
  readonly end: number;
  readonly tokenize: (text: string) => Token[];
}

async function loadTokenizer(modelDir: string, name: string): Promise<Tokenizer> {
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(name);
    // Copied: the library's tokenizer model is a function that has these as properties.
    const { vocab, scores } = v.parse(
      Vocabulary,
      Object.fromEntries(Object.entries(tokenizer.model)),
    );
    const encode = (text: string): number[] => v.parse(TokenIds, tokenizer.encode(text));
    const [start, ...rest] = encode("");
    const end = rest.at(-1);
    if (start === undefined || end === undefined) throw new Error("no special tokens");
    const toToken = (id: number): Token => ({
      id,
      piece: vocab[id] ?? "",
      weight: Math.min(-(scores[id] ?? -MAX_TOKEN_WEIGHT), MAX_TOKEN_WEIGHT),
    });
    return { start, end, tokenize: (text) => encode(text).slice(1, -1).map(toToken) };
  } catch (error) {
    throw damaged(modelDir, "tokenizer.json", error);
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
