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
