import path from "node:path";
import { access, open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { sha256, sha256OfFile } from "../bytes.ts";
import { isCode, UserError } from "../errors.ts";
import { decodeHeader, HEADER_MAX_BYTES } from "./tokenizer/unigramFile.ts";

/** The model's graph with its weights. */
export const GRAPH_FILE = "onnx/model_quantized.onnx";

/** The graph of the reader, which a folder may have: without it nothing is read. */
export const READER_FILE = "onnx/reader.onnx";

/** What a folder may hold beside {@link MODEL_FILES}: tokenizer.json made ready, see unigram/file.ts. */
export const TOKENIZER_FILE = "tokenizer.unigram";

/** The files that make a model folder, relative to it. */
const MODEL_FILES = ["config.json", "tokenizer.json", "tokenizer_config.json", GRAPH_FILE] as const;

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

/**
 * SHA-256 over all of a model folder's files: two folders with one hash give the same vectors.
 *
 * @throws {UserError} that names a file which cannot be read or does not fit the others.
 */
export async function hashModel(modelDir: string): Promise<string> {
  await assertModelFiles(modelDir);
  const source = await sourceOfTokenizer(modelDir);
  const files = [...MODEL_FILES, ...(source === undefined ? [] : [TOKENIZER_FILE])];
  const hashes = await Promise.all(files.map((file) => sha256OfFile(path.join(modelDir, file))));
  if (source !== undefined && source !== hashes[files.indexOf("tokenizer.json")]) {
    throw new UserError(
      `The model file ${path.join(modelDir, TOKENIZER_FILE)} was made from another tokenizer.json: restore the model folder, or delete this file to start more slowly without it.`,
    );
  }
  return sha256(hashes.join("\n"));
}

/**
 * SHA-256 of the tokenizer.json that a folder's {@link TOKENIZER_FILE} was made from; undefined if it has none.
 *
 * @throws {UserError} that names the file if it cannot be used.
 */
async function sourceOfTokenizer(modelDir: string): Promise<string | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path.join(modelDir, TOKENIZER_FILE));
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_MAX_BYTES));
    return decodeHeader(buffer.subarray(0, bytesRead)).source;
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw damagedModelFile(modelDir, TOKENIZER_FILE, error);
  } finally {
    await file?.close();
  }
}
