import { describe, expect, it } from "vitest";
import { estimate } from "../../scripts/dev/evaluation/bootstrap.ts";
import { mean } from "../../scripts/dev/measurements.ts";
import { seededRandom } from "../support/seed.ts";

/** Reports of ten questions each, answered with a luck of their own. */
function clusters(count: number): number[][] {
  const random = seededRandom();
  return Array.from({ length: count }, () => {
    const luck = random();
    return Array.from({ length: 10 }, () => (random() < luck ? 1 : 0));
  });
}

function widthOf(reports: readonly (readonly number[])[]): number {
  const { low, high } = estimate(reports, mean);
  return high - low;
}

describe("the interval of a share", () => {
  it("holds the share itself, which is that of all items", () => {
    const reports = clusters(20);
    const { value, low, high } = estimate(reports, mean);
    expect(value).toBe(mean(reports.flat()));
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it("is the same each time", () => {
    expect(estimate(clusters(20), mean)).toEqual(estimate(clusters(20), mean));
  });

  it("is wider for fewer reports", () => {
    expect(widthOf(clusters(10))).toBeGreaterThan(1.5 * widthOf(clusters(80)));
  });

  it("is wider where the questions of a report are alike than where they are not", () => {
    const alike = Array.from({ length: 20 }, (_, i) => Array.from({ length: 10 }, () => i % 2));
    const mixed = alike.map((report) => report.map((_, i) => i % 2));
    expect(widthOf(mixed)).toBe(0);
    expect(widthOf(alike)).toBeGreaterThan(0.3);
  });

  it("leaves out resamples without an item to measure, and is none where there never is one", () => {
    const { value, low, high } = estimate([[1], [], []], mean);
    expect([value, low, high]).toEqual([1, 1, 1]);
    expect(estimate([], mean)).toEqual({ value: NaN, low: NaN, high: NaN });
  });
});
