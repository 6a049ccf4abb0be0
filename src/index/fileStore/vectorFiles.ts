/** The vectors of tokens and of units in their files, in memory or read as they are needed. */
import { closeSync, openSync, readSync } from "node:fs";
import type { QuantizedRows } from "../../vectors.ts";
import { bytesOf } from "../../bytes.ts";

/**
 * Rows of one size that follow each other in a file. A small file is held in memory; of a large one only what a question
 * needs is read, so that a library of 100,000 sentences does not need a gigabyte.
 */
export interface Records {
  /** The bytes of records `from` to `to` (exclusive), beginning at a multiple of four bytes. */
  read(from: number, to: number): Uint8Array;
  close(): void;
}

/** Largest file that is held in memory, in bytes: some 150,000 tokens, a long book. */
export const MAX_RESIDENT_BYTES = 64 * 2 ** 20;

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

/** One sentence's token vectors, centred. In the file: its rows, then their scales, then their places in the text. */
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

/** The centred vectors of all units. In the file: for each unit its row, then its scale. */
export interface ChunkVectors {
  /** The cosine of a vector of length 1 with each of units `from` to `to` (exclusive). */
  cosines(vector: Float32Array, from: number, to: number): Float32Array;
  /** A unit's vector, of length 1. */
  vector(unit: number): Float32Array;
}

/** What one unit takes: a byte a dimension, and its scale. */
export function chunkBytes(dimensions: number): number {
  return dimensions + SCALE_BYTES;
}

/** Units as they stand in the file. */
export function encodeChunkVectors(
  { rows, scales }: QuantizedRows,
  dimensions: number,
): Uint8Array {
  const bytes = new Uint8Array(scales.length * chunkBytes(dimensions));
  const view = new DataView(bytes.buffer);
  scales.forEach((scale, unit) => {
    const at = unit * chunkBytes(dimensions);
    bytes.set(rows.subarray(unit * dimensions, (unit + 1) * dimensions), at);
    view.setFloat32(at + dimensions, scale, true);
  });
  return bytes;
}

/**
 * Opens what {@link encodeChunkVectors} gave.
 *
 * @param records Records of {@link chunkBytes}.
 */
export function openChunkVectors(records: Records, dimensions: number): ChunkVectors {
  const size = chunkBytes(dimensions);
  const read = (from: number, to: number): { rows: Int8Array; scales: Float32Array } => {
    const { buffer, byteOffset, byteLength } = records.read(from, to);
    return {
      rows: new Int8Array(buffer, byteOffset, byteLength),
      scales: new Float32Array(buffer, byteOffset, byteLength / SCALE_BYTES),
    };
  };
  return {
    vector: (unit) => {
      const { rows, scales } = read(unit, unit + 1);
      const scale = scales[dimensions / SCALE_BYTES] ?? 0;
      return Float32Array.from(rows.subarray(0, dimensions), (value) => value * scale);
    },
    cosines: (vector, from, to) => {
      const { rows, scales } = read(from, to);
      const cosines = new Float32Array(to - from);
      for (let i = 0, at = 0; i < cosines.length; i++, at += size) {
        cosines[i] = dot(rows, at, vector) * (scales[(at + dimensions) / SCALE_BYTES] ?? 0);
      }
      return cosines;
    },
  };
}

/** Plain loops here: a question waits for them. */
function dot(rows: Int8Array, from: number, vector: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += (vector[k] ?? 0) * (rows[from + k] ?? 0);
  return sum;
}
