import type { Search, SearchResult } from "../../../src/ask/ask.ts";
import type { Query } from "./corpus.ts";
import { share } from "./reportQuestions.ts";

/** How well a score tells questions with an answer from those without one. */

/**
 * Area under the receiver operating characteristic: how often a question with an answer scores higher than one without, ties
 * half (Fawcett 2006, section 7); 0..1, .5 for a coin.
 */
export function auroc(answerable: readonly number[], unanswerable: readonly number[]): number {
  const sorted = unanswerable.toSorted((a, b) => a - b);
  const wins = answerable.map(
    (score) => (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2,
  );
  return wins.reduce((sum, win) => sum + win, 0) / (answerable.length * unanswerable.length);
}

/** Share of the questions with an answer that score above all but a share of those without; 0..1. */
export function answeredAt(
  falseShare: number,
  answerable: readonly number[],
  unanswerable: readonly number[],
): number {
  const sorted = unanswerable.toSorted((a, b) => b - a);
  const threshold = sorted[Math.floor(falseShare * sorted.length)] ?? -Infinity;
  return answerable.filter((score) => score > threshold).length / answerable.length;
}

/** How many of the sorted values are below a bound, or at it too. */
function countBelow(sorted: readonly number[], bound: number, orEqual: boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const value = sorted[middle] ?? 0;
    if (value < bound || (orEqual && value === bound)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How well paragraphs are found. */

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
