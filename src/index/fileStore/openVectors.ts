/** Nearest-neighbour search over the chunks' vectors: by the HNSW graph where it can be read, else by looking at all of them. */
import path from "node:path";
import { openExactSearch } from "./exactSearch.ts";
import { GRAPH_FILE } from "./generationFiles.ts";
import { loadHnsw } from "./hnsw.ts";
import type { Records } from "./vectorFiles.ts";
import type { VectorSearch } from "./vectorSearch.ts";

/** The vectors of an index as they lie in its folder. */
interface StoredVectors {
  /** Checks the graph's file and gives its path; undefined where the index has none. */
  readonly graphFile: (() => Promise<string>) | undefined;
  /** The quantized vectors, records of vectorFiles.ts. */
  readonly records: Records;
  readonly count: number;
  readonly dimensions: number;
}

/** Writes the graph of `count` vectors of length 1, if hnswlib-node could be installed on this machine. */
export async function writeVectors(
  folder: string,
  vectors: Float32Array,
  dimensions: number,
): Promise<void> {
  const hnsw = await loadHnsw();
  if (hnsw.kind === "loaded") hnsw.write(path.join(folder, GRAPH_FILE), vectors, dimensions);
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
