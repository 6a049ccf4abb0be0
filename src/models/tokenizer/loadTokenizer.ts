import path from "node:path";
import { readFile } from "node:fs/promises";
import { isCode } from "../../errors.ts";
import { TOKENIZER_FILE, damagedModelFile } from "../modelFolder.ts";
import { decodeUnigram } from "./unigramFile.ts";
import { prepareUnigram } from "./unigram.ts";

/** A token of a text: its number in the vocabulary, its weight, min(−log p, 12), and its place. */
export interface Token {
  readonly id: number;
  readonly weight: number;
  /** [start, end) in UTF-16 code units; a token that stands for a space alone has an empty place. */
  readonly start: number;
  readonly end: number;
}

/** Cuts texts into the tokens that a model knows. */
export interface Tokenizer {
  /** The tokens that stand before and after the tokens of each text. */
  readonly first: number;
  readonly last: number;
  tokenize(text: string): Token[];
}

/** Weight of a piece that never occurs in training, −log p; the cap keeps one odd piece from deciding a search. */
const MAX_TOKEN_WEIGHT = 12;

/** A token's weight from its piece's score, log p; that of one without a score is the highest. */
export function tokenWeight(score = -Infinity): number {
  return Math.min(-score, MAX_TOKEN_WEIGHT);
}

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
