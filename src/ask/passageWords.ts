/** A Chinese passage word by word, for those who cannot read it. Pure. */
import type { GlossedWord } from "../index/generation.ts";

/** A piece of a passage: a word, or what stands between two, such as a number or a mark. */
export interface WordPiece {
  readonly text: string;
  /** How the word is read, with the marks of its tones; undefined for what is no Chinese word. */
  readonly pinyin?: string;
  /** At most two dictionary senses of at most forty characters. */
  readonly senses: readonly string[];
}

/** A passage's text in pieces, which joined are the text. */
export function piecesOf(text: string, words: readonly GlossedWord[]): WordPiece[] {
  const pieces: WordPiece[] = [];
  let done = 0;
  const passThrough = (to: number): void => {
    if (to > done) pieces.push({ text: text.slice(done, to), senses: [] });
  };
  for (const { start, end, pinyin, senses } of words) {
    passThrough(start);
    pieces.push({ text: text.slice(start, end), pinyin, senses });
    done = end;
  }
  passThrough(text.length);
  return pieces;
}

/** Under whose name and licence readings and senses may be shown. */
export const DICTIONARY_CREDIT = "CC-CEDICT (mdbg.net), CC BY-SA 4.0";
