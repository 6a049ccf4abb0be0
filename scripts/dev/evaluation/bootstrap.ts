/** How sure a measured value is: what it would have been with other reports of the same kind. */
import { seededRandom } from "../../../test/support/seed.ts";
import { percentile } from "../measurements.ts";

/** A value, and where it lies in 95 % of the resamples. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1_000;

/**
 * A statistic of all items, and its interval by the percentile bootstrap over clusters (Efron and Tibshirani 1993, chapter 13): items
 * of one cluster are alike, so that clusters are drawn, not items. A resample for which the statistic is not defined counts nothing.
 */
export function estimate<Item>(
  clusters: readonly (readonly Item[])[],
  statistic: (items: readonly Item[]) => number,
): Estimate {
  const random = seededRandom();
  const draw = (): readonly Item[] => clusters[Math.floor(random() * clusters.length)] ?? [];
  const values = Array.from({ length: RESAMPLES }, () => statistic(clusters.flatMap(draw)));
  const defined = values.filter((value) => !Number.isNaN(value));
  return {
    value: statistic(clusters.flat()),
    low: percentile(defined, 0.025),
    high: percentile(defined, 0.975),
  };
}
