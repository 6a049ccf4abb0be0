/** The encoder's table of words, read by position from its graph's file, so that a second model can begin from the same words. */
import { closeSync, openSync, readSync } from "node:fs";
import { locateInitializers } from "./onnxFile.ts";

/** The rows of the words that the encoder knows. */
export interface WordTable {
  /** The rows of some tokens, one after the other; `ids.length × dimensions` values. */
  read(ids: ArrayLike<number>): Float32Array;
  readonly close: () => void;
}

/** Values of a row that share a scale. */
const BLOCK_VALUES = 32;

/** What is added to each 4-bit number, so that none is negative. */
const ZERO_POINT = 8;

/** The table as it lies in the file: nibbles, and a 16-bit float for each block. */
const PACKED = "word.packed";
const SCALES = "word.scale";

/**
 * Opens the table of a graph; rows are read where they are asked for, since the whole of it takes 55 MB.
 *
 * A row of `d` dimensions is `d / 2` bytes: the low half of byte `k` is dimension `k`, the high half dimension `d / 2 + k`; its value is
 * (half − 8) × the scale of its block.
 *
 * @throws {Error} if the graph has no such table, or one of other dimensions.
 */
export function openWordTable(graphFile: string, dimensions: number): WordTable {
  const file = openSync(graphFile, "r");
  const close = (): void => {
    closeSync(file);
  };
  try {
    const readRow = prepareRows(file, dimensions);
    const read = (ids: ArrayLike<number>): Float32Array => {
      const rows = new Float32Array(ids.length * dimensions);
      for (let i = 0; i < ids.length; i++) {
        readRow(ids[i] ?? 0, rows.subarray(i * dimensions, (i + 1) * dimensions));
      }
      return rows;
    };
    return { read, close };
  } catch (error) {
    close();
    throw error;
  }
}

function prepareRows(file: number, dimensions: number) {
  const half = dimensions / 2;
  const blocks = dimensions / BLOCK_VALUES;
  const nibbles = new Uint8Array(half);
  const halves = new DataView(new ArrayBuffer(2 * blocks));
  const { packed, scales, count } = locateTable(file, half, 2 * blocks);
  return (id: number, row: Float32Array): void => {
    if (id >= count) throw new RangeError(`token ${id} of a table of ${count}`);
    readFully(file, nibbles, packed.start + id * half);
    readFully(file, halves, scales.start + id * 2 * blocks);
    for (let block = 0; block < blocks; block++) {
      const scale = float16(halves.getUint16(2 * block, true));
      for (let k = block * BLOCK_VALUES; k < (block + 1) * BLOCK_VALUES; k++) {
        const byte = nibbles[k % half] ?? 0;
        row[k] = ((k < half ? byte & 15 : byte >> 4) - ZERO_POINT) * scale;
      }
    }
  };
}

/** Where the table lies, and how many rows it has, of so many bytes in each of its parts. */
function locateTable(file: number, packedBytes: number, scaleBytes: number) {
  const ranges = locateInitializers(file, [PACKED, SCALES]);
  const [packed, scales] = [ranges.get(PACKED), ranges.get(SCALES)];
  if (packed === undefined || scales === undefined) throw new Error("no table of words");
  const count = (packed.end - packed.start) / packedBytes;
  if (!Number.isInteger(count) || scales.end - scales.start !== count * scaleBytes) {
    throw new Error("a table of words of other dimensions");
  }
  return { packed, scales, count };
}

function readFully(file: number, into: NodeJS.ArrayBufferView, at: number): void {
  const read = readSync(file, into, 0, into.byteLength, at);
  if (read !== into.byteLength) throw new Error("the table of words is shorter than its tokens");
}

/** IEEE 754 binary16; the scales are neither infinite nor NaN. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
