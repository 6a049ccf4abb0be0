/** Arithmetic on vectors that stand in one array, row after row. Plain loops: a question waits for them. */

/** Subtracts `mean` from each row of as many values. */
export function subtract(rows: Float32Array, mean: Float32Array): Float32Array {
  const difference = new Float32Array(rows.length);
  for (let from = 0; from < rows.length; from += mean.length) {
    for (let k = 0; k < mean.length; k++) {
      difference[from + k] = (rows[from + k] ?? 0) - (mean[k] ?? 0);
    }
  }
  return difference;
}

/** The length of each row. */
function lengthsOfRows(rows: Float32Array, dimensions: number): Float32Array {
  const lengths = new Float32Array(rows.length / dimensions);
  for (let row = 0; row < lengths.length; row++) {
    let sum = 0;
    for (let i = row * dimensions; i < (row + 1) * dimensions; i++) sum += (rows[i] ?? 0) ** 2;
    lengths[row] = Math.sqrt(sum);
  }
  return lengths;
}

/** Scales each row to length 1, in place; a row of zeros stays as it is. */
export function normaliseRows(rows: Float32Array, dimensions: number): Float32Array {
  lengthsOfRows(rows, dimensions).forEach((length, row) => {
    if (length === 0) return;
    for (let i = row * dimensions; i < (row + 1) * dimensions; i++)
      rows[i] = (rows[i] ?? 0) / length;
  });
  return rows;
}

/** The mean of rows of `dimensions` values; zeros for no rows. */
export function meanOfRows(batches: readonly Float32Array[], dimensions: number): Float32Array {
  const sum = new Float64Array(dimensions);
  let count = 0;
  for (const rows of batches) {
    count += rows.length / dimensions;
    for (let i = 0; i < rows.length; i++) {
      sum[i % dimensions] = (sum[i % dimensions] ?? 0) + (rows[i] ?? 0);
    }
  }
  return Float32Array.from(sum, (value) => (count === 0 ? 0 : value / count));
}

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
