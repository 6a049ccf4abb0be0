import { instantiate, reserve } from "../../wasmKernel.ts";
import { DOT_PRODUCTS_WASM } from "./dotProductsWasm.ts";

/** Cosines of one vector with many quantized rows. */
interface DotProducts {
  /** Sets the vector for the calls that follow: `dimensions` finite values. */
  setVector(vector: Float32Array): void;
  /**
   * The product of the vector with each row times that row's scale: the cosine, where the vector's length is 1.
   *
   * @param records `count` records: `dimensions` values of int8, then the scale, float32.
   * @returns `count` values, until the next call.
   */
  withRows(records: Uint8Array, count: number): Float32Array;
}

const SCALE_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** The kernel takes rows by four. */
const TILE_ROWS = 4;

const MAX_INT8 = 127;
const MAX_INT16 = 32_767;
const MAX_INT32 = 2 ** 31 - 1;

/** Up to here a vector of int16 keeps at least its sign beside rows of int8. */
const MAX_DIMENSIONS = 65_536;
const DIMENSIONS_UNIT = 8;

/**
 * Makes the kernel of dotProducts.wat for vectors of `dimensions` values. `npm run bench -- --scale` times it.
 *
 * @param dimensions A multiple of 8 up to 65,536.
 * @throws {RangeError} if it is not.
 */
export function createDotProducts(dimensions: number): DotProducts {
  if (!(dimensions > 0 && dimensions <= MAX_DIMENSIONS && dimensions % DIMENSIONS_UNIT === 0)) {
    throw new RangeError(
      `exact search needs dimensions in multiples of ${DIMENSIONS_UNIT} up to ${MAX_DIMENSIONS}, got ${dimensions}`,
    );
  }
  const stride = dimensions + SCALE_BYTES;
  const kernel = instantiate(DOT_PRODUCTS_WASM);
  const rowsAt = 2 * dimensions;
  let vectorScale = 0;
  return {
    setVector(vector) {
      const { levels, scale } = toInt16(vector, maxLevel(dimensions));
      reserve(kernel, rowsAt);
      new Int16Array(kernel.memory.buffer, 0, dimensions).set(levels);
      vectorScale = scale;
    },
    withRows(records, count) {
      if (count === 0) return new Float32Array(0);
      const padded = TILE_ROWS * Math.ceil(count / TILE_ROWS);
      const outAt = rowsAt + padded * stride;
      reserve(kernel, outAt + 4 * padded);
      new Uint8Array(kernel.memory.buffer, rowsAt).set(records);
      kernel.run(dimensions, stride, 0, rowsAt, count, outAt);
      const cosines = new Float32Array(kernel.memory.buffer, outAt, count);
      for (let i = 0; i < count; i++) cosines[i] = (cosines[i] ?? 0) * vectorScale;
      return cosines;
    },
  };
}

/** The largest level with which no sum of `dimensions` products leaves int32. */
function maxLevel(dimensions: number): number {
  return Math.min(MAX_INT16, Math.floor(MAX_INT32 / (MAX_INT8 * dimensions)));
}

/** A vector as whole numbers; `scale` times them is the vector again. */
function toInt16(vector: Float32Array, most: number): { levels: Int16Array; scale: number } {
  const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (largest === 0) return { levels: new Int16Array(vector.length), scale: 0 };
  const levels = Int16Array.from(vector, (value) => Math.round((value / largest) * most));
  return { levels, scale: largest / most };
}
