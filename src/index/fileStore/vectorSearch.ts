/** Nearest-neighbour search over the units' vectors: by the HNSW graph where it can be read, else by looking at all of them. */
import path from "node:path";
import { openExactSearch } from "./exactSearch.ts";
import { loadHnsw } from "./hnsw.ts";
import type { Records } from "./vectorFiles.ts";

/** The graph's file; an index that was built without hnswlib-node has none. */
export const VECTORS_FILE = "vectors.hnsw";

/** The vectors of an index as they lie in its folder. */
export interface StoredVectors {
  /** Checks the graph's file and gives its path; undefined where the index has none. */
  readonly graphFile: (() => Promise<string>) | undefined;
  /** The quantized vectors, records of unitRows.ts. */
  readonly records: Records;
  readonly count: number;
  readonly dimensions: number;
}

/** Writes the graph of `count × dimensions` unit vectors, if hnswlib-node could be installed on this machine. */
export async function writeVectors(
  folder: string,
  vectors: Float32Array,
  dimensions: number,
): Promise<void> {
  const hnsw = await loadHnsw();
  if (hnsw.kind === "loaded") hnsw.write(path.join(folder, VECTORS_FILE), vectors, dimensions);
}

/**
 * Opens the vectors, whichever machine wrote them.
 *
 * @throws {UserError} if the graph is not one.
 */
export async function openVectors(stored: StoredVectors): Promise<VectorSearch> {
  const { graphFile, records, count, dimensions } = stored;
  const hnsw = await loadHnsw();
  if (graphFile && hnsw.kind === "loaded") return hnsw.open(await graphFile(), dimensions);
  const whyExact = hnsw.kind === "absent" ? hnsw.why : "the index was built without hnswlib-node";
  return { ...openExactSearch(records, count, dimensions), whyExact };
}

/** A vector that was found: its number in the order of adding, and its cosine to the question in −1..1. */
export interface VectorHit {
  readonly chunk: number;
  readonly cosine: number;
}

/** Nearest-neighbour search over unit vectors. */
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
