import path from "node:path";
import * as v from "valibot";
import { AutoTokenizer, env } from "@xenova/transformers";
import { damagedModelFile } from "../modelFolder.ts";
import { tokenWeight } from "./token.ts";
import type { Tokenizer } from "./token.ts";

const Vocabulary = v.object({
  vocab: v.array(v.string()),
  scores: v.array(v.number()),
});
const TokenIds = v.array(v.pipe(v.number(), v.integer()));

/**
 * Loads a tokenizer.json by the library; nothing is looked up on a network.
 *
 * @throws {UserError} that names the file which cannot be used.
 */
export async function loadLibraryTokenizer(modelDir: string): Promise<Tokenizer> {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(path.resolve(modelDir));
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(path.basename(path.resolve(modelDir)));
    // Copied: the library's tokenizer model is a function that has these as properties.
    const { vocab, scores } = v.parse(
      Vocabulary,
      Object.fromEntries(Object.entries(tokenizer.model)),
    );
    const encode = (text: string): number[] => v.parse(TokenIds, tokenizer.encode(text));
    const [first, ...rest] = encode("");
    const last = rest.at(-1);
    if (first === undefined || last === undefined) throw new Error("no special tokens");
    return {
      first,
      last,
      tokenize: (text) => {
        const ids = encode(text).slice(1, -1);
        const places = alignPieces(
          text,
          ids.map((id) => vocab[id] ?? ""),
        );
        return ids.map((id, i) => ({
          id,
          weight: tokenWeight(scores[id]),
          start: places[2 * i] ?? 0,
          end: places[2 * i + 1] ?? 0,
        }));
      },
    };
  } catch (error) {
    throw damagedModelFile(modelDir, "tokenizer.json", error);
  }
}

/** The mark that SentencePiece puts in the place of a space (U+2581). */
const SPACE_MARK = /▁/gu;

/** How far a piece is searched for behind the last match before it is given up, in normalised characters. */
const MAX_SKIP_CHARS = 64;

/**
 * Finds where each piece of a tokenised text stands in it.
 *
 * The library's tokenizer reports no offsets, so pieces are matched in order against the text,
 * normalised character by character (NFKC). What lies between two matches belongs to the unmatched pieces
 * there (`<unk>`, or a character that the tokenizer maps differently).
 *
 * @returns `2n` values, [start, end) in UTF-16 code units of `text` for each of the `n` pieces.
 */
export function alignPieces(text: string, pieces: readonly string[]): Int32Array {
  const { characters, starts, ends } = normalise(text);
  const spans = new Int32Array(2 * pieces.length);
  let cursor = 0;
  let unmatched: number[] = [];
  const place = (piece: number, from: number, to: number): void => {
    spans[2 * piece] = starts[from] ?? text.length;
    spans[2 * piece + 1] = to > from ? (ends[to - 1] ?? text.length) : (spans[2 * piece] ?? 0);
  };
  const placeUnmatched = (to: number): void => {
    for (const piece of unmatched) place(piece, cursor, to);
    unmatched = [];
  };
  pieces.forEach((piece, i) => {
    const words = piece.replace(SPACE_MARK, "");
    const at = characters.indexOf(words, cursor);
    if (words === "") {
      place(i, cursor, cursor);
    } else if (at < 0 || at - cursor > MAX_SKIP_CHARS) {
      unmatched.push(i);
    } else {
      placeUnmatched(at);
      cursor = at + words.length;
      place(i, at, cursor);
    }
  });
  placeUnmatched(characters.length);
  return spans;
}

/** The text without white space in NFKC, with the place that each of its code units came from. */
function normalise(text: string): { characters: string; starts: number[]; ends: number[] } {
  let characters = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    for (const unit of character.normalize("NFKC").replace(/\s/gu, "").split("")) {
      characters += unit;
      starts.push(start);
      ends.push(end);
    }
    start = end;
  }
  return { characters, starts, ends };
}
