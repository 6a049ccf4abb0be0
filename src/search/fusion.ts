/** One way of scoring the candidates, and how much it counts. */
export interface Leg {
  /** One score a candidate; a leg that has no hit at all gives equal scores and adds nothing. */
  readonly scores: readonly number[];
  readonly weight: number;
}

/**
 * Weighted sum of z-scores: each leg's scores are brought to mean 0 and standard deviation 1 over the candidates first,
 * so that legs of different scales can be added and their margins count.
 *
 * @returns One fused score a candidate.
 */
export function fuse(legs: readonly Leg[]): number[] {
  const standardised = legs.map(({ scores, weight }) => zScores(scores).map((z) => weight * z));
  return (legs[0]?.scores ?? []).map((_, i) =>
    standardised.reduce((sum, scores) => sum + (scores[i] ?? 0), 0),
  );
}

/** How many standard deviations each value lies above the mean; all 0 where the values are equal. */
export function zScores(values: readonly number[]): number[] {
  const mean = average(values);
  const deviation = Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
  return values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0));
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
