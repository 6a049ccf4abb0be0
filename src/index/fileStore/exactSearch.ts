/** Nearest neighbours by looking at every vector: where there is no graph, and to measure what a graph misses. */
import { createDotProducts } from "./dotProducts.ts";
import type { Records } from "./vectorFiles.ts";
import { assertVector } from "./vectorSearch.ts";
import type { VectorHit, VectorSearch } from "./vectorSearch.ts";

/** So many rows are read at once: some 1.5 MB, which a cache holds. */
const CHUNK_ROWS = 4_096;

/**
 * Opens exact search over quantized vectors.
 *
 * @param records Records of unitRows.ts: a row, then its scale.
 * @param dimensions A multiple of 8 up to 65,536.
 */
export function openExactSearch(records: Records, count: number, dimensions: number): VectorSearch {
  const products = createDotProducts(dimensions);
  return {
    count,
    search: (vector, limit) => {
      assertVector(vector, dimensions);
      products.setVector(vector);
      const nearest = createNearest(Math.min(limit, count));
      for (let from = 0; from < count; from += CHUNK_ROWS) {
        const to = Math.min(from + CHUNK_ROWS, count);
        const cosines = products.withRows(records.read(from, to), to - from);
        for (let i = 0; i < cosines.length; i++) nearest.offer(from + i, cosines[i] ?? 0);
      }
      return nearest.hits;
    },
  };
}

/** The best of what is offered, best first; of equal ones the first. */
function createNearest(limit: number) {
  const hits: VectorHit[] = [];
  return {
    hits,
    offer: (chunk: number, cosine: number): void => {
      if (hits.length === limit) {
        // Nearly all end here: of n vectors some limit × ln(n / limit) go further.
        if (cosine <= (hits[limit - 1]?.cosine ?? Infinity)) return;
        hits.pop();
      }
      let at = hits.length;
      while (at > 0 && (hits[at - 1]?.cosine ?? 0) < cosine) at--;
      hits.splice(at, 0, { chunk, cosine });
    },
  };
}
