/** Arithmetic on vectors, many of which stand in one array, row after row. Plain loops: a question waits for them. */

/** The dot product of two vectors. What is done for each sentence has loops of its own, for its types alone: they are faster. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}

/** The mean of values by their weights; undefined where none has any. */
export function weightedMean(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
): number | undefined {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] ?? 0;
  return total > 0 ? dot(weights, values) / total : undefined;
}

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

/** Scales each row to length 1, in place; a row of zeros stays as it is. */
export function normaliseRows(rows: Float32Array, dimensions: number): Float32Array {
  for (let from = 0; from < rows.length; from += dimensions) {
    let squares = 0;
    for (let i = from; i < from + dimensions; i++) squares += (rows[i] ?? 0) ** 2;
    const length = Math.fround(Math.sqrt(squares));
    if (length === 0) continue;
    for (let i = from; i < from + dimensions; i++) rows[i] = (rows[i] ?? 0) / length;
  }
  return rows;
}

/** The mean of rows of `dimensions` values; zeros for no rows. */
export function meanOfRows(batches: readonly Float32Array[], dimensions: number): Float32Array {
  const sum = new Float64Array(dimensions);
  let count = 0;
  for (const rows of batches) {
    count += rows.length / dimensions;
    for (let from = 0; from < rows.length; from += dimensions) {
      for (let k = 0; k < dimensions; k++) sum[k] = (sum[k] ?? 0) + (rows[from + k] ?? 0);
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
  const rows = new Int8Array(vectors.length);
  const scales = new Float32Array(vectors.length / dimensions);
  for (let i = 0; i < scales.length; i++) {
    const [from, to] = [i * dimensions, (i + 1) * dimensions];
    scales[i] = quantizeRow(vectors.subarray(from, to), rows.subarray(from, to));
  }
  return { rows, scales };
}

/** Writes one row and returns its scale. */
function quantizeRow(vector: Float32Array, row: Int8Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  for (let k = 0; k < row.length; k++) {
    row[k] = Math.round(((vector[k] ?? 0) / largest) * MAX_LEVEL);
  }
  return scaleOf(row);
}

/** The factor that makes a quantized row a unit vector; 0 for a row of zeros. */
export function scaleOf(row: Int8Array): number {
  let squares = 0;
  for (const level of row) squares += level * level;
  return squares === 0 ? 0 : 1 / Math.sqrt(squares);
}

/** The unit vectors that quantized rows stand for, row after row. */
export function restoreRows({ rows, scales }: QuantizedRows, dimensions: number): Float32Array {
  const vectors = new Float32Array(rows.length);
  for (let row = 0; row < scales.length; row++) {
    const scale = scales[row] ?? 0;
    const end = (row + 1) * dimensions;
    for (let i = row * dimensions; i < end; i++) vectors[i] = scale * (rows[i] ?? 0);
  }
  return vectors;
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
