import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { assertModelFiles, damagedModelFile } from "./modelFiles.ts";
import { loadSession } from "./session.ts";
import { loadTokenizer } from "./tokenizer.ts";
import type { Token } from "./tokenizer.ts";
import { traced } from "../trace.ts";

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
  // The graph first: what it needs while it loads is free again before a tokenizer of the library needs as much.
  const forward = await traced("graph", () => loadSession(modelDir));
  const tokenizer = await traced("tokenizer", () => loadTokenizer(modelDir));
  return {
    dimensions,
    maxTokens,
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
