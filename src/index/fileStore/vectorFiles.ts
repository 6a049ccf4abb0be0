/** The vectors of tokens and of chunks in their files, in memory or read as they are needed. */
import { closeSync, openSync, readSync } from "node:fs";
import { bytesOf } from "../../bytes.ts";
import type { QuantizedRows } from "../../vectors.ts";
import type { ChunkVector, SentenceTokens } from "../generation.ts";

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

/** Gives the vector of a chunk. */
export type ReadChunk = (chunk: number) => ChunkVector;

/**
 * Opens what {@link encodeChunkVectors} gave.
 *
 * @param records Records of {@link chunkBytes}.
 */
export function openChunkVectors(records: Records, dimensions: number): ReadChunk {
  return (chunk) => {
    const { buffer, byteOffset } = records.read(chunk, chunk + 1);
    const row = new Int8Array(buffer, byteOffset, dimensions);
    const [scale = 0] = new Float32Array(buffer, byteOffset + dimensions, 1);
    return new StoredChunk(row, scale);
  };
}

/** A chunk as it stands in the file. */
class StoredChunk implements ChunkVector {
  readonly #row: Int8Array;
  readonly #scale: number;

  constructor(row: Int8Array, scale: number) {
    this.#row = row;
    this.#scale = scale;
  }

  /** A plain loop, for these types alone: a question waits for it. */
  cosine(vector: Float32Array): number {
    const row = this.#row;
    let sum = 0;
    for (let k = 0; k < vector.length; k++) sum += (vector[k] ?? 0) * (row[k] ?? 0);
    return sum * this.#scale;
  }

  values(): Float32Array {
    return Float32Array.from(this.#row, (value) => value * this.#scale);
  }
}
