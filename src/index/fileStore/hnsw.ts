/** hnswlib-node's home: a graph over the vectors (Malkov and Yashunin 2018), if the package is there. */
import type hnswlib from "hnswlib-node";
import { bytesOf, sha256 } from "../../bytes.ts";
import { UserError } from "../../errors.ts";
import { INDEX_SETTINGS } from "../manifest.ts";
import { assertVector } from "./vectorSearch.ts";
import type { VectorSearch } from "./vectorSearch.ts";

const { hnsw } = INDEX_SETTINGS;

/**
 * Candidates that a search keeps (ef), one for so many vectors. At 256 the 192 nearest of a report's vectors are the exact ones (see the
 * test against exact search); of 311,426 vectors with many near copies 256 find .96 of the 64 nearest, 512 find .99
 * (`npm run bench -- --scale`).
 */
const SEARCH_CANDIDATES = { perVectors: 512, least: 256, most: 512 } as const;

/** The graphs of this machine: the package is optional, since it is compiled where it is installed. */
type Hnsw =
  | {
      readonly kind: "loaded";
      /** Writes a graph of vectors of length 1, `count × dimensions` values, to a file; a vector's label is its row. */
      write(file: string, vectors: Float32Array, dimensions: number): void;
      /**
       * Opens a graph that `write` wrote with the same number of dimensions.
       *
       * @throws {UserError} if the file is no such graph.
       */
      open(file: string, dimensions: number): VectorSearch;
    }
  | { readonly kind: "absent"; readonly why: string };

type Library = typeof hnswlib;

let loading: Promise<Hnsw> | undefined;

/** Loads the package when it is first asked for. */
export function loadHnsw(): Promise<Hnsw> {
  return (loading ??= load());
}

async function load(): Promise<Hnsw> {
  try {
    const { default: library } = await import("hnswlib-node");
    return {
      kind: "loaded",
      write: (file, vectors, dimensions) => {
        write(library, file, { vectors, dimensions });
      },
      open: (file, dimensions) => open(library, file, dimensions),
    };
  } catch (error) {
    // Not installed, or not compiled, or compiled for another machine: each says so with a class and a code of its own.
    const [reason = ""] = String(error).split("\n");
    return { kind: "absent", why: `hnswlib-node cannot be loaded (${reason})` };
  }
}

/**
 * Vectors that are quite the same stand in the graph so often at most: a form's own line may stand in a report a thousand times, and what
 * has no distance leads nowhere else. Whoever finds one knows its copies by their words.
 */
const MAX_EQUAL = 64;

interface Rows {
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

function write(library: Library, file: string, { vectors, dimensions }: Rows): void {
  const count = vectors.length / dimensions;
  const graph = new library.HierarchicalNSW(hnsw.space, dimensions);
  graph.initIndex(count, hnsw.links, hnsw.constructionCandidates, hnsw.seed);
  const equals = new Map<string, number>();
  for (const chunk of scattered(count)) {
    const vector = vectors.subarray(chunk * dimensions, (chunk + 1) * dimensions);
    assertVector(vector, dimensions);
    const hash = sha256(bytesOf(vector));
    const equal = equals.get(hash) ?? 0;
    equals.set(hash, equal + 1);
    if (equal < MAX_EQUAL) graph.addPoint(Array.from(vector), chunk);
  }
  graph.writeIndexSync(file);
}

/**
 * The numbers below `count`, each once, far from the one before (steps near the golden section): texts that stand together are often
 * alike, and a graph that grows among its likes finds less.
 */
export function* scattered(count: number): Generator<number> {
  let step = Math.max(1, Math.round(count * 0.618));
  while (greatestCommonDivisor(step, count) > 1) step += 1;
  for (let i = 0, at = 0; i < count; i++, at = (at + step) % count) yield at;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function open(library: Library, file: string, dimensions: number): VectorSearch {
  const graph = new library.HierarchicalNSW(hnsw.space, dimensions);
  try {
    graph.readIndexSync(file);
  } catch (cause) {
    throw new UserError(
      `The index file ${file} cannot be read by this machine's hnswlib-node: build the index anew with npm run index.`,
      { cause },
    );
  }
  const count = graph.getCurrentCount();
  const { perVectors, least, most } = SEARCH_CANDIDATES;
  graph.setEf(Math.min(most, Math.max(least, Math.round(count / perVectors))));
  return {
    count,
    search: (vector, limit) => {
      // hnswlib checks neither length nor NaN: a wrong vector would give wrong neighbours without a word.
      assertVector(vector, dimensions);
      const { neighbors, distances } = graph.searchKnn(Array.from(vector), Math.min(limit, count));
      // hnswlib's "cosine" is a distance, 1 − cosine.
      return neighbors.map((chunk, i) => ({ chunk, cosine: 1 - (distances[i] ?? 1) }));
    },
  };
}
