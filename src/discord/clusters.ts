/** Gaps that ask the same, in whatever language. Pure. */
import { isNear } from "../answer/approved.ts";
import type { Gap } from "../ledger/gaps.ts";
import type { GapCluster } from "./moderationCards.ts";

/**
 * Puts each gap to the first one before it that asks the same, as near as an approval must be with nothing else speaking for it: what
 * is put together is settled together. Clusters that were asked most come first.
 *
 * @param gaps Those asked most first.
 */
export function clusterGaps(gaps: readonly Gap[]): GapCluster[] {
  const clusters: [Gap, ...Gap[]][] = [];
  for (const gap of gaps) {
    const cluster = clusters.find(([first]) => isNear(first, gap));
    if (cluster) cluster.push(gap);
    else clusters.push([gap]);
  }
  const asked = (cluster: GapCluster): number => cluster.reduce((sum, { count }) => sum + count, 0);
  return clusters.sort((a, b) => asked(b) - asked(a));
}
