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
