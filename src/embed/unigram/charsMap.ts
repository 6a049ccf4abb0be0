import { visitPrefixes } from "./trie.ts";
import type { Trie } from "./trie.ts";

/** SentencePiece's precompiled character map: NFKC and more, as one table of replacements. */
export interface CharsMap {
  /**
   * What stands for the characters in `bytes[from, to)`; undefined if they stay.
   *
   * The shortest key that they begin with decides for all of them, as in the original: of `ª` with a mark only `a` is left.
   */
  replacement(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined;
}

const SIZE_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/**
 * Opens a map as tokenizer.json holds it: the trie's size in bytes (u32), the trie, and the replacements, each ended by a byte 0, to which the
 * trie's values point.
 *
 * @param blob Begins at a multiple of four in its buffer.
 * @throws {RangeError} if the size does not fit.
 */
export function openCharsMap(blob: Uint8Array): CharsMap {
  const { buffer, byteOffset, length } = blob;
  const trieBytes = length < SIZE_BYTES ? NaN : (new Uint32Array(buffer, byteOffset, 1)[0] ?? NaN);
  if (!(trieBytes % SIZE_BYTES === 0 && SIZE_BYTES + trieBytes <= length)) {
    throw new RangeError(`a character map of ${length} bytes holds no trie of ${trieBytes}`);
  }
  const trie: Trie = new Uint32Array(buffer, byteOffset + SIZE_BYTES, trieBytes / SIZE_BYTES);
  const replacements = blob.subarray(SIZE_BYTES + trieBytes);
  return {
    replacement: (bytes, from, to) => {
      let start = -1;
      visitPrefixes(trie, bytes, { from, to }, (_end, value) => {
        start = value;
        return false;
      });
      return start < 0 ? undefined : replacements.subarray(start, replacements.indexOf(0, start));
    },
  };
}
