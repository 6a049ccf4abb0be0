/** The floors on reports that the search was not developed with: three of the suite, in Turkish, German and Chinese. */
import { beforeAll, expect, it } from "vitest";
import { askSuite, readSuite } from "../../scripts/dev/evaluation/suite.ts";
import type { SuiteOutcome } from "../../scripts/dev/evaluation/suite.ts";
import { ANSWERABLE, saidOf } from "../../scripts/dev/evaluation/suiteMetrics.ts";
import { startEncoder } from "../../src/models/encoder/encoder.ts";
import { REAL_MODEL, runFolder } from "../support/folders.ts";

let outcomes: SuiteOutcome[];

beforeAll(async () => {
  const suite = await readSuite({ folder: "test/quality/reports", every: 1, only: [] });
  // Each building of an index encodes the question bank.
  const encoder = await startEncoder(REAL_MODEL, { questionCacheBytes: Infinity });
  outcomes = await askSuite(suite, {
    modelDir: REAL_MODEL,
    encoder,
    cache: await runFolder(),
    onAsked: () => undefined,
  });
  await encoder.close();
}, 900_000);

it.each([
  ["right passage first", ANSWERABLE.first, 0.75],
  ["right passage in the first three", ANSWERABLE["first 3"], 0.88],
  ["found where the report answers", ANSWERABLE.found, 0.42],
  ["right where it is found", ANSWERABLE["right when found"], 0.88],
  ["off-topic questions refused", saidOf("off-topic", "none"), 0.8],
])("%s: at least its floor", (_, metric, atLeast) => {
  expect(metric(outcomes)).toBeGreaterThanOrEqual(atLeast);
});

it.each([
  ["near misses claimed", saidOf("near-miss", "found"), 0.12],
  ["answerable questions refused", ANSWERABLE.refused, 0.08],
])("%s: at most its ceiling", (_, metric, atMost) => {
  expect(metric(outcomes)).toBeLessThanOrEqual(atMost);
});
