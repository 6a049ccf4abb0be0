import hnswlib from "hnswlib-node";
import { INDEX_SETTINGS } from "./settings.ts";

const { hnsw } = INDEX_SETTINGS;

/**
 * Candidates that a search keeps (ef). At 256 the 192 nearest of a report's vectors are the exact ones (see the test
 * against exact search).
 */
const SEARCH_CANDIDATES = 256;

/** A vector that was found: its number in the order of adding, and its cosine to the question in −1..1. */
export interface VectorHit {
  readonly unit: number;
  readonly cosine: number;
}

/** Nearest-neighbour search over unit vectors. */
export interface VectorIndex {
  readonly count: number;
  /** The `limit` nearest vectors, best first; fewer if the index holds fewer. */
  search(vector: Float32Array, limit: number): VectorHit[];
}

/** Writes an HNSW graph of `count × dimensions` unit vectors to a file; a vector's label is its row. */
export function writeVectors(file: string, vectors: Float32Array, dimensions: number): void {
  const count = vectors.length / dimensions;
  const graph = new hnswlib.HierarchicalNSW(hnsw.space, dimensions);
  graph.initIndex(count, hnsw.links, hnsw.constructionCandidates, hnsw.seed);
  for (let unit = 0; unit < count; unit++) {
    const vector = vectors.subarray(unit * dimensions, (unit + 1) * dimensions);
    graph.addPoint(checked(vector, dimensions), unit);
  }
  graph.writeIndexSync(file);
}

/** Opens a graph that {@link writeVectors} wrote with the same number of dimensions. */
export function openVectors(file: string, dimensions: number): VectorIndex {
  const graph = new hnswlib.HierarchicalNSW(hnsw.space, dimensions);
  graph.readIndexSync(file);
  graph.setEf(SEARCH_CANDIDATES);
  const count = graph.getCurrentCount();
  return {
    count,
    search: (vector, limit) => {
      const { neighbors, distances } = graph.searchKnn(
        checked(vector, dimensions),
        Math.min(limit, count),
      );
      // hnswlib's "cosine" is a distance, 1 − cosine.
      return neighbors.map((unit, i) => ({ unit, cosine: 1 - (distances[i] ?? 1) }));
    },
  };
}

/** hnswlib checks neither length nor NaN: a wrong vector would give wrong neighbours without a word. */
function checked(vector: Float32Array, dimensions: number): number[] {
  if (vector.length !== dimensions) {
    throw new RangeError(`expected a vector of ${dimensions} values, got ${vector.length}`);
  }
  if (!vector.every(Number.isFinite))
    throw new RangeError("the vector has a value that is not finite");
  return Array.from(vector);
}
