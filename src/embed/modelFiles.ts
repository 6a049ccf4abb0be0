import { access } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../errors.ts";

/** The files that make a model folder, relative to it. */
export const MODEL_FILES = [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "onnx/model_quantized.onnx",
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
