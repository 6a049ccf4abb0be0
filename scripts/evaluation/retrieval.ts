/** How well paragraphs are found. */
import type { Search, SearchResult } from "../../src/search/search.ts";
import type { Query } from "./corpus.ts";
import { share } from "./questions.ts";

/** A query, and what was found. */
export interface Found {
  readonly query: Query;
  readonly result: SearchResult;
  /** The paragraphs of the passages that were found, each once, best first. */
  readonly paragraphs: readonly string[];
  readonly ms: number;
}

/** What was found for a query whose right paragraphs are known. */
export interface Ranked {
  readonly query: Pick<Query, "gold">;
  readonly paragraphs: readonly string[];
}

/** Searches for every query, one after the other. */
export async function findAll(search: Search, queries: readonly Query[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const query of queries) {
    const started = performance.now();
    const result = await search(query.text);
    const ms = performance.now() - started;
    const paragraphs = [...new Set(result.passages.map(({ passage }) => passage.report.id))];
    found.push({ query, result, paragraphs, ms });
  }
  return found;
}

/** Share of the queries with a right paragraph among the first `k`: recall@k for one right paragraph each, 0..1. */
export function hitsAt(k: number, found: readonly Ranked[]): number {
  return share(found, ({ query, paragraphs }) =>
    paragraphs.slice(0, k).some((it) => query.gold.includes(it)),
  );
}

/**
 * Normalised discounted cumulative gain of the first `k` paragraphs, a right one being worth 1 (Järvelin and Kekäläinen 2002,
 * section 2); 0..1.
 */
export function ndcgAt(k: number, found: readonly Ranked[]): number {
  const discount = (rank: number): number => 1 / Math.log2(rank + 1);
  const gains = found.map(({ query, paragraphs }) => {
    const gain = sum(
      paragraphs.slice(0, k).map((it, i) => (query.gold.includes(it) ? discount(i + 1) : 0)),
    );
    return gain / sum(query.gold.slice(0, k).map((_, i) => discount(i + 1)));
  });
  return sum(gains) / gains.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
