import { dotRows } from "../embed/rows.ts";
import type { Generation, UnitTable } from "../index/generation.ts";

/** Scores a sentence as a whole: the sum of the question's cosines with its paragraph, itself and its best clause; in −3..3. */
export type DenseScore = (sentence: number) => number;

/** With vectors as the model gives them: q·d = l·(q·c) + q·m for d = l·c + m. */
export function plainDense(
  generation: Pick<Generation, "units">,
  vector: Float32Array,
): DenseScore {
  const { units } = generation;
  const [share = 0] = dotRows(vector, units.mean);
  return prepare(
    generation,
    (unit) => (units.lengths[unit] ?? 0) * cosine(units, vector, unit) + share,
  );
}

/** With centred vectors, for a question that is centred too. */
export function centredDense(
  generation: Pick<Generation, "units">,
  vector: Float32Array,
): DenseScore {
  return prepare(generation, (unit) => cosine(generation.units, vector, unit));
}

function prepare(
  { units }: Pick<Generation, "units">,
  scoreOf: (unit: number) => number,
): DenseScore {
  return (sentence) => {
    const itself = units.groups[sentence] ?? 0;
    const end = units.groups[sentence + 1] ?? itself + 1;
    const own = scoreOf(itself);
    let clause = own;
    for (let unit = itself + 1; unit < end; unit++) clause = Math.max(clause, scoreOf(unit));
    return scoreOf(units.paragraphOf[sentence] ?? itself) + own + clause;
  };
}

function cosine({ rows, scales }: UnitTable, vector: Float32Array, unit: number): number {
  const from = unit * vector.length;
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += (vector[k] ?? 0) * (rows[from + k] ?? 0);
  return sum * (scales[unit] ?? 0);
}
