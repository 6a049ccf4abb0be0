import { access } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../errors.ts";

/** The model's graph with its weights. */
export const GRAPH_FILE = "onnx/model_quantized.onnx";

/** What a folder may hold beside {@link MODEL_FILES}: tokenizer.json made ready, see unigram/file.ts. */
export const TOKENIZER_FILE = "tokenizer.unigram";

/** The files that make a model folder, relative to it. */
export const MODEL_FILES = [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  GRAPH_FILE,
] as const;

/** @throws {UserError} that names the first file of a model folder which cannot be read. */
export async function assertModelFiles(modelDir: string): Promise<void> {
  for (const name of MODEL_FILES) {
    const file = path.join(modelDir, name);
    try {
      await access(file);
    } catch (error) {
      throw new UserError(
        `The model file ${file} cannot be read: restore the model folder, or set MODEL_DIR to another one.`,
        { cause: error },
      );
    }
  }
}

/** What is said of a model file that is there and cannot be used. */
export function damagedModelFile(modelDir: string, file: string, cause: unknown): UserError {
  return new UserError(
    `The model file ${path.join(modelDir, file)} is damaged or of another kind: restore the model folder, or set MODEL_DIR to another one.`,
    { cause },
  );
}
