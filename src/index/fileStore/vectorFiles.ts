/** The vectors of tokens and of chunks in their files, in memory or read as they are needed. */
import { closeSync, openSync, readSync } from "node:fs";
import { bytesOf } from "../../bytes.ts";
import type { QuantizedRows } from "../../vectors.ts";
import type { ChunkVectors, SentenceTokens } from "../generation.ts";

/**
 * Rows of one size that follow each other in a file. A small file is held in memory; of a large one only what a question
 * needs is read, so that a library of 100,000 sentences does not need a gigabyte.
 */
export interface Records {
  /** The bytes of records `from` to `to` (exclusive), beginning at a multiple of four bytes. */
  read(from: number, to: number): Uint8Array;
  close(): void;
}

/** Records in memory. `data` must begin at a multiple of four bytes. */
export function residentRecords(data: Uint8Array, recordBytes: number): Records {
  return {
    read: (from, to) => data.subarray(from * recordBytes, to * recordBytes),
    close: () => undefined,
  };
}

/** Records that are read from the disk each time. */
export function storedRecords(file: string, recordBytes: number): Records {
  const descriptor = openSync(file, "r");
  return {
    read: (from, to) => {
      const data = new Uint8Array((to - from) * recordBytes);
      const read = readSync(descriptor, data, 0, data.length, from * recordBytes);
      if (read !== data.length) throw new Error(`${file} ends before record ${to}`);
      return data;
    },
    close: () => {
      closeSync(descriptor);
    },
  };
}

const SCALE_BYTES = Float32Array.BYTES_PER_ELEMENT;
const SPAN_BYTES = 2 * Uint32Array.BYTES_PER_ELEMENT;

/** What one token takes: a byte a dimension, its scale and its place. */
export function tokenBytes(dimensions: number): number {
  return dimensions + SCALE_BYTES + SPAN_BYTES;
}

/** A sentence's tokens as they stand in the file: their rows, then their scales, then their places in the text. */
export function encodeTokens({ rows, scales, spans }: SentenceTokens): Uint8Array {
  return Buffer.concat([bytesOf(rows), bytesOf(scales), bytesOf(spans)]);
}

/** Gives the tokens of a sentence. @throws {RangeError} if there is no such sentence. */
export type ReadTokens = (sentence: number) => SentenceTokens;

/**
 * Opens what {@link encodeTokens} gave, sentence after sentence.
 *
 * @param records Records of {@link tokenBytes}.
 * @param offsets First token of each sentence, and the number of all tokens last: `sentences + 1` values.
 */
export function openTokens(records: Records, offsets: Uint32Array, dimensions: number): ReadTokens {
  return (sentence) => {
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
  };
}

/** What one chunk takes: a byte a dimension, and its scale. */
export function chunkBytes(dimensions: number): number {
  return dimensions + SCALE_BYTES;
}

/** Chunks as they stand in the file: for each its row, then its scale. */
export function encodeChunkVectors(
  { rows, scales }: QuantizedRows,
  dimensions: number,
): Uint8Array {
  const bytes = new Uint8Array(scales.length * chunkBytes(dimensions));
  const view = new DataView(bytes.buffer);
  scales.forEach((scale, chunk) => {
    const at = chunk * chunkBytes(dimensions);
    bytes.set(rows.subarray(chunk * dimensions, (chunk + 1) * dimensions), at);
    view.setFloat32(at + dimensions, scale, true);
  });
  return bytes;
}

/** Gives the vectors of chunks `from` to `to` (exclusive). */
export type ReadChunks = (from: number, to: number) => ChunkVectors;

/**
 * Opens what {@link encodeChunkVectors} gave.
 *
 * @param records Records of {@link chunkBytes}.
 */
export function openChunkVectors(records: Records, dimensions: number): ReadChunks {
  return (from, to) => new StoredChunks(records.read(from, to), dimensions);
}

/** Chunks as they stand in the file. */
class StoredChunks implements ChunkVectors {
  readonly #rows: Int8Array;
  readonly #scales: Float32Array;
  readonly #dimensions: number;

  constructor({ buffer, byteOffset, byteLength }: Uint8Array, dimensions: number) {
    this.#rows = new Int8Array(buffer, byteOffset, byteLength);
    // Both see all bytes: the scale of a chunk stands behind its row.
    this.#scales = new Float32Array(buffer, byteOffset, byteLength / SCALE_BYTES);
    this.#dimensions = dimensions;
  }

  /** Plain loops, for these types alone: a question waits for them. */
  cosines(vector: Float32Array): Float32Array {
    const size = chunkBytes(this.#dimensions);
    const rows = this.#rows;
    const cosines = new Float32Array(rows.length / size);
    for (let i = 0, at = 0; i < cosines.length; i++, at += size) {
      let sum = 0;
      for (let k = 0; k < vector.length; k++) sum += (vector[k] ?? 0) * (rows[at + k] ?? 0);
      cosines[i] = sum * this.#scaleAt(at);
    }
    return cosines;
  }

  vector(chunk: number): Float32Array {
    const at = chunk * chunkBytes(this.#dimensions);
    const scale = this.#scaleAt(at);
    const row = this.#rows.subarray(at, at + this.#dimensions);
    return Float32Array.from(row, (value) => value * scale);
  }

  #scaleAt(row: number): number {
    return this.#scales[(row + this.#dimensions) / SCALE_BYTES] ?? 0;
  }
}
