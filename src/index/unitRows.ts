/** The centred vectors of units as bytes: for each unit its row, then its scale. */
import type { QuantizedRows } from "../embed/quantize.ts";
import type { Records } from "./records.ts";

/** The vectors of all units. */
export interface UnitRows {
  /** The cosine of a vector of length 1 with each of units `from` to `to` (exclusive). */
  cosines(vector: Float32Array, from: number, to: number): Float32Array;
  /** A unit's vector, of length 1. */
  vector(unit: number): Float32Array;
}

const SCALE_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** What one unit takes: a byte a dimension, and its scale. */
export function unitBytes(dimensions: number): number {
  return dimensions + SCALE_BYTES;
}

/** Units as they stand in the file. */
export function encodeUnitRows({ rows, scales }: QuantizedRows, dimensions: number): Uint8Array {
  const bytes = new Uint8Array(scales.length * unitBytes(dimensions));
  const view = new DataView(bytes.buffer);
  scales.forEach((scale, unit) => {
    const at = unit * unitBytes(dimensions);
    bytes.set(rows.subarray(unit * dimensions, (unit + 1) * dimensions), at);
    view.setFloat32(at + dimensions, scale, true);
  });
  return bytes;
}

/**
 * Opens what {@link encodeUnitRows} gave.
 *
 * @param records Records of {@link unitBytes}.
 */
export function openUnitRows(records: Records, dimensions: number): UnitRows {
  const size = unitBytes(dimensions);
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
