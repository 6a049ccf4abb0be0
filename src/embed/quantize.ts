import { subtract } from "./rows.ts";

/** Vectors as signed bytes: 1 byte a value and one scale a row, a quarter of float32. */
export interface QuantizedRows {
  /** `count × dimensions` values in −127..127. */
  readonly rows: Int8Array;
  /** One factor a row: `scale × row` is the row's unit vector again, so the cosine of two rows is `dot × scale × scale`. */
  readonly scales: Float32Array;
}

/** The largest value of a row becomes 127, so that every row uses the whole range. */
const MAX_LEVEL = 127;

/**
 * Quantizes each row by its own largest value.
 *
 * @param vectors `count × dimensions` finite values.
 * @throws {RangeError} if the length is no multiple of `dimensions`.
 */
export function quantizeRows(vectors: Float32Array, dimensions: number): QuantizedRows {
  if (vectors.length % dimensions !== 0) {
    throw new RangeError(`${vectors.length} values are no rows of ${dimensions}`);
  }
  const count = vectors.length / dimensions;
  const rows = new Int8Array(vectors.length);
  const scales = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const from = i * dimensions;
    scales[i] = quantizeRow(
      vectors.subarray(from, from + dimensions),
      rows.subarray(from, from + dimensions),
    );
  }
  return { rows, scales };
}

/**
 * Subtracts `mean` from each row, then quantizes it: what all rows have in common no longer uses up the range of a byte.
 *
 * @param vectors `count × dimensions` finite values.
 * @param mean `dimensions` values.
 * @throws {RangeError} if the length is no multiple of the mean's.
 */
export function quantizeCentred(vectors: Float32Array, mean: Float32Array): QuantizedRows {
  return quantizeRows(subtract(vectors, mean), mean.length);
}

/** Writes one row and returns the factor that makes it a unit vector; 0 for a row of zeros. */
function quantizeRow(vector: Float32Array, row: Int8Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  let squares = 0;
  for (let k = 0; k < row.length; k++) {
    const level = Math.round(((vector[k] ?? 0) / largest) * MAX_LEVEL);
    row[k] = level;
    squares += level * level;
  }
  return 1 / Math.sqrt(squares);
}
