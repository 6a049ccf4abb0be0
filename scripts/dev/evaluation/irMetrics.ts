/** How well paragraphs are found, and how well a score tells questions with an answer from those without one. */
import { mean, share, sum } from "../measurements.ts";
import type { Query } from "./corpus.ts";

/**
 * Area under the receiver operating characteristic: how often a question with an answer scores higher than one without, ties
 * half (Fawcett 2006, section 7); 0..1, .5 for a coin.
 */
export function auroc(answerable: readonly number[], unanswerable: readonly number[]): number {
  const sorted = unanswerable.toSorted((a, b) => a - b);
  const wins = answerable.map(
    (score) => (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2,
  );
  return mean(wins) / unanswerable.length;
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

/** What was found for a query whose right paragraphs are known. */
export interface Ranked {
  readonly query: Pick<Query, "gold">;
  readonly paragraphs: readonly string[];
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
  return mean(gains);
}
