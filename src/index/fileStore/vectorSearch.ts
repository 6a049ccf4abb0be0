/** Nearest-neighbour search, by whichever means. */

/** A vector that was found: its number in the order of adding, and its cosine to the question in −1..1. */
export interface VectorHit {
  readonly chunk: number;
  readonly cosine: number;
}

/** Nearest-neighbour search over vectors of length 1. */
export interface VectorSearch {
  readonly count: number;
  /** Why all vectors are looked at, in words; undefined where the HNSW graph is searched. */
  readonly whyExact?: string;
  /** The `limit` nearest vectors, best first; fewer if the index holds fewer. */
  search(vector: Float32Array, limit: number): VectorHit[];
}

/** @throws {RangeError} if a vector has another number of values, or one that is not finite. */
export function assertVector(vector: Float32Array, dimensions: number): void {
  if (vector.length !== dimensions) {
    throw new RangeError(`expected a vector of ${dimensions} values, got ${vector.length}`);
  }
  if (!vector.every(Number.isFinite)) {
    throw new RangeError("the vector has a value that is not finite");
  }
}
