/** The token vectors of sentences: for each sentence its rows, then their scales, then their places in the text. */
import type { QuantizedRows } from "../embed/quantize.ts";
import { bytesOf } from "../bytes.ts";
import type { Records } from "./records.ts";

/** One sentence's token vectors, centred. */
export interface SentenceTokens extends QuantizedRows {
  /** [start, end) of each token in the sentence, UTF-16 code units; two values a token. */
  readonly spans: Uint32Array;
}

/** The token vectors of all sentences. */
export interface TokenTable {
  /** @throws {RangeError} if there is no such sentence. */
  read(sentence: number): SentenceTokens;
}

const SCALE_BYTES = Float32Array.BYTES_PER_ELEMENT;
const SPAN_BYTES = 2 * Uint32Array.BYTES_PER_ELEMENT;

/** What one token takes: a byte a dimension, its scale and its place. */
export function tokenBytes(dimensions: number): number {
  return dimensions + SCALE_BYTES + SPAN_BYTES;
}

/** A sentence's tokens as they stand in the file. */
export function encodeTokens({ rows, scales, spans }: SentenceTokens): Uint8Array {
  return Buffer.concat([bytesOf(rows), bytesOf(scales), bytesOf(spans)]);
}

/**
 * Opens what {@link encodeTokens} gave, sentence after sentence.
 *
 * @param records Records of {@link tokenBytes}.
 * @param offsets First token of each sentence, and the number of all tokens last: `sentences + 1` values.
 */
export function openTokens(records: Records, offsets: Uint32Array, dimensions: number): TokenTable {
  return {
    read: (sentence) => {
      const from = offsets[sentence];
      const to = offsets[sentence + 1];
      if (from === undefined || to === undefined) throw new RangeError(`no sentence ${sentence}`);
      const { buffer, byteOffset } = records.read(from, to);
      const count = to - from;
      const scalesAt = byteOffset + count * dimensions;
      return {
        rows: new Int8Array(buffer, byteOffset, count * dimensions),
        scales: new Float32Array(buffer, scalesAt, count),
        spans: new Uint32Array(buffer, scalesAt + count * SCALE_BYTES, 2 * count),
      };
    },
  };
}
