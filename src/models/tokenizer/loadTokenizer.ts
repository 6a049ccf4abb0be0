import path from "node:path";
import { readFile } from "node:fs/promises";
import { isCode } from "../../errors.ts";
import { TOKENIZER_FILE, damagedModelFile } from "../modelFolder.ts";
import { decodeUnigram } from "./unigramFile.ts";
import { tokenWeight } from "./token.ts";
import type { Tokenizer } from "./token.ts";
import { prepareUnigram } from "./unigram.ts";

/**
 * Loads the tokenizer of a model folder: from its {@link TOKENIZER_FILE} in a few milliseconds, or by the library, which needs a
 * second and 230 MB for a large vocabulary but knows every kind.
 *
 * @throws {UserError} that names the file which cannot be used.
 */
export async function loadTokenizer(modelDir: string): Promise<Tokenizer> {
  try {
    return openUnigram(await readFile(path.join(modelDir, TOKENIZER_FILE)));
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw damagedModelFile(modelDir, TOKENIZER_FILE, error);
  }
  // Loaded when it is needed: it brings a second runtime and an image library.
  const { loadLibraryTokenizer } = await import("./libraryTokenizer.ts");
  return loadLibraryTokenizer(modelDir);
}

function openUnigram(bytes: Uint8Array): Tokenizer {
  const data = decodeUnigram(bytes);
  const toPieces = prepareUnigram(data);
  const { first, last, unknown, scores } = data;
  const weightOf = (id: number): number => tokenWeight(id === unknown ? undefined : scores[id]);
  return {
    first,
    last,
    tokenize: (text) => toPieces(text).map((piece) => ({ ...piece, weight: weightOf(piece.id) })),
  };
}
