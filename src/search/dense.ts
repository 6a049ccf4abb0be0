import type { Generation, UnitTable } from "../index/generation.ts";

/**
 * How near a sentence is as a whole: the sum of the question's cosines with its paragraph, with itself and with its best
 * clause or pair of clauses; in −3..3.
 */
export function denseScore(
  { units, dimensions }: Generation,
  vector: Float32Array,
  sentence: number,
): number {
  const itself = units.groups[sentence] ?? 0;
  const end = units.groups[sentence + 1] ?? itself + 1;
  const paragraph = units.paragraphOf[sentence] ?? itself;
  const cosine = (unit: number): number => cosineOf(units, vector, unit * dimensions);
  const own = cosine(itself);
  let clause = own;
  for (let unit = itself + 1; unit < end; unit++) clause = Math.max(clause, cosine(unit));
  return cosine(paragraph) + own + clause;
}

function cosineOf({ rows, scales }: UnitTable, vector: Float32Array, from: number): number {
  let dot = 0;
  for (let k = 0; k < vector.length; k++) dot += (vector[k] ?? 0) * (rows[from + k] ?? 0);
  return dot * (scales[from / vector.length] ?? 0);
}
