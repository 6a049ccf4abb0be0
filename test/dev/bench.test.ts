/** What `npm run bench` asks, and what it makes of what it measured. */
import { describe, expect, it } from "vitest";
import { readingRows } from "../../scripts/dev/bench/readingSpeed.ts";
import { distinctQuestions } from "../../scripts/dev/bench/variation.ts";
import { exitCodeOf } from "../../scripts/dev/measurements.ts";

describe("questions made of some", () => {
  const QUESTIONS = ["143个无物业小区后来怎么处理的？", "Who is Zhang Tao?", "？"];

  it("are never two alike, and the same every time", () => {
    const made = Array.from({ length: 300 }, (_, i) => distinctQuestions(QUESTIONS)(i));
    expect(new Set(made).size).toBe(300);
    expect(made.map((_, i) => distinctQuestions(QUESTIONS)(i))).toEqual(made);
  });

  it("are as long as those that they are made of, but for a number", () => {
    const nth = distinctQuestions(QUESTIONS);
    for (let i = 0; i < 300; i++) {
      expect(nth(i).replace(/ \d+$/u, "")).toHaveLength(QUESTIONS[i % 3]?.length ?? NaN);
    }
  });
});

describe("the rows of reading", () => {
  /** An answer that took so many milliseconds in all, and so many of them to read. */
  const answer = (total: number, read: number) => ({
    answer: { ms: { encode: 5, search: 5, read, total } },
  });

  it("tell how much was read, how long that took, and the whole answers", () => {
    // Nothing was read for the last question.
    const reads = [
      { windows: 10, ms: 100 },
      { windows: 5, ms: 100 },
    ];
    const rows = readingRows([answer(130, 110), answer(125, 105), answer(12, 0)], reads);
    expect(rows.map(({ name, value }) => [name, value])).toEqual([
      ["windows read a question, mean", 5],
      ["reading a window, p50", 20],
      ["reading, p50", 105],
      ["reading, p95", 110],
      ["whole answer with reading, p50", 125],
      ["whole answer with reading, p95", 130],
    ]);
    expect(exitCodeOf(rows)).toBe(0);
  });

  it.each([
    ["one of many is slower than 500 ms", [...new Array<number>(30).fill(200), 600], 0],
    ["one of ten is", [...new Array<number>(9).fill(200), 501], 1],
    ["most are slower than 250 ms", [200, 251, 251], 1],
  ])("reach their goals or miss them where %s", (_, totals, code) => {
    const rows = readingRows(
      totals.map((it) => answer(it, it - 20)),
      [{ windows: 10, ms: 100 }],
    );
    expect(exitCodeOf(rows)).toBe(code);
  });
});
