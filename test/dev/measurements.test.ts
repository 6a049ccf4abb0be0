import { describe, expect, it } from "vitest";
import {
  exitCodeOf,
  measured,
  measuredTimes,
  median,
  percentile,
  toObject,
  toTable,
} from "../../scripts/dev/measurements.ts";
import { SMALL_MODEL, temporaryFolder } from "../support/folders.ts";
import { runScript } from "../support/process.ts";

const REACHED = measured("right passage first", 0.9674, "", { atLeast: 0.96 });
const SLOW = measured("answer", 12.4, "ms", { atMost: 10 });

describe("the table of measured rows", () => {
  it("has a row a line, its value with its unit, its goal and whether that is reached", () => {
    expect(toTable([REACHED, SLOW, measured("memory", 240.4, "MB")])).toBe(
      [
        "right passage first  0.967       at least 0.96: reached",
        "answer               12 ms       at most 10: MISSED",
        "memory               240 MB",
      ].join("\n"),
    );
  });

  it("is an object by name too", () => {
    expect(toObject([SLOW, measured("sentences", 3)])).toEqual({
      answer: { value: 12.4, unit: "ms", atMost: 10, reached: false },
      sentences: { value: 3, unit: "", reached: true },
    });
  });
});

describe("the exit code", () => {
  it.each([
    ["no row", [], 0],
    [
      "goals that are reached, to the last digit",
      [REACHED, measured("lost", 0, "", { atMost: 0 })],
      0,
    ],
    ["rows without goals, whatever they are", [measured("a", -1), measured("b", NaN)], 0],
    ["a floor that is missed", [REACHED, measured("a", 0.95, "", { atLeast: 0.96 })], 1],
    ["a ceiling that is missed, first of all rows", [SLOW, REACHED], 1],
    ["a goal whose value could not be measured", [measured("a", NaN, "", { atMost: 1 })], 1],
  ])("of %s is right", (_, rows, code) => {
    expect(exitCodeOf(rows)).toBe(code);
  });

  it("of npm run eval is 1 where a model misses the floors, with and without --json", async () => {
    const env = { MODEL_DIR: SMALL_MODEL, INDEX_DIR: await temporaryFolder() };
    const table = await runScript("evaluate", [], { env });
    expect(table.stdout).toMatch(/^right passage first, English .* at least 0\.75: MISSED$/mu);
    expect(table.code).toBe(1);
    const json = await runScript("evaluate", ["--json"], { env });
    expect(JSON.parse(json.stdout)).toBeInstanceOf(Array);
    expect(json.stderr).toContain("MISSED");
    expect(json.code).toBe(1);
  });
});

describe("percentiles", () => {
  it("are values that were measured, by nearest rank", () => {
    const times = [4, 1, 3, 2];
    expect([median(times), percentile(times, 0.95), percentile(times, 0)]).toEqual([3, 4, 1]);
    expect(median([])).toBeNaN();
    expect(measuredTimes("answer", times)).toEqual([
      { name: "answer, p50", value: 3, unit: "ms" },
      { name: "answer, p95", value: 4, unit: "ms" },
    ]);
  });

  it("may have goals of their own", () => {
    const rows = measuredTimes("answer", [1, 2, 3, 4], { p50: 3, p95: 3 });
    expect(rows.map((row) => exitCodeOf([row]))).toEqual([0, 1]);
  });
});
