/** This checkout beside another, built one, such as an earlier commit's: start, memory and answers, in turn within one run. */
import * as v from "valibot";
import type { Measurement } from "../measurements.ts";
import { runPackageScript } from "../../../test/support/measuredProcess.ts";
import type { Run } from "../../../test/support/measuredProcess.ts";
import { median } from "../measurements.ts";
import { runFirstAnswer } from "./startUp.ts";

/** Each checkout answers so often, first one question, then all. */
const STARTS = 15;
const ROUNDS = 5;

/** A change may make things so many times as slow, or as large. */
const MOST = 1.05;

const Timed = v.object({ ms: v.object({ total: v.number() }) });

interface Measured {
  readonly starts: Run[];
  /** Of each answer, in milliseconds. */
  readonly totals: number[];
}

/** Measures both; each has its own `npm run ask`, index and model. */
export async function measureAgainst(
  folder: string,
  questions: readonly string[],
): Promise<Measurement[]> {
  const ours: Measured = { starts: [], totals: [] };
  const theirs: Measured = { starts: [], totals: [] };
  const both = [
    { folder: ".", measured: ours },
    { folder, measured: theirs },
  ];
  // The first round of each reads the files from the disk, or builds the index.
  for (let round = 0; round <= STARTS; round++) {
    for (const it of round % 2 === 0 ? both : both.toReversed()) {
      const run = await runFirstAnswer({ folder: it.folder });
      if (round > 0) it.measured.starts.push(run);
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const it of round % 2 === 0 ? both : both.toReversed()) {
      const place = { folder: it.folder, input: questions.join("\n") };
      const { output } = await runPackageScript("ask", ["--jsonl"], place);
      const lines = output.trim().split("\n");
      it.measured.totals.push(...lines.map((line) => v.parse(Timed, JSON.parse(line)).ms.total));
    }
  }
  return rowsOf(ours, theirs);
}

function rowsOf(ours: Measured, theirs: Measured): Measurement[] {
  const figures = [
    [
      "first answer from process start, p50",
      "ms",
      ({ starts }: Measured) => median(starts.map(({ ms }) => ms)),
    ],
    [
      "peak memory of ask, p50",
      "MB",
      ({ starts }: Measured) => median(starts.map(({ peakMb }) => peakMb)),
    ],
    ["answer, p50", "ms", ({ totals }: Measured) => median(totals)],
  ] as const;
  return figures.flatMap(([name, unit, of]): Measurement[] => [
    { name, value: of(ours), unit },
    { name: "  of the other checkout", value: of(theirs), unit },
    { name: "  this / other", value: of(ours) / of(theirs), unit: "×", atMost: MOST },
  ]);
}
