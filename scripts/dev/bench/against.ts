/** This checkout beside another, built one, such as an earlier commit's: start, memory and answers, in turn within one run. */
import * as v from "valibot";
import { parseJsonLines } from "../../../test/support/jsonLines.ts";
import { startPackageScript } from "../../../test/support/measuredProcess.ts";
import type { Run } from "../../../test/support/measuredProcess.ts";
import { measured, median } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { runFirstAnswer } from "./startUp.ts";

/** Each checkout answers so often, first one question, then all. */
const STARTS = 15;
const ROUNDS = 5;

/** A change may make things so many times as slow, or as large; a first answer, which has a process and modules to load, somewhat more. */
const MOST = 1.05;
const MOST_AT_FIRST = 1.15;

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
      const { output } = await startPackageScript("ask", ["--jsonl"], place).ended;
      const answers = parseJsonLines(output, Timed, "npm run ask");
      it.measured.totals.push(...answers.map(({ ms }) => ms.total));
    }
  }
  return rowsOf(ours, theirs);
}

function rowsOf(ours: Measured, theirs: Measured): Measurement[] {
  const compare = (
    name: string,
    unit: string,
    of: (it: Measured) => number[],
    atMost = MOST,
  ): Measurement[] => {
    const [our, their] = [median(of(ours)), median(of(theirs))];
    return [
      measured(name, our, unit),
      measured("  of the other checkout", their, unit),
      measured("  this / other", our / their, "×", { atMost }),
    ];
  };
  return [
    ...compare(
      "first answer from process start, p50",
      "ms",
      ({ starts }) => starts.map(({ ms }) => ms),
      MOST_AT_FIRST,
    ),
    ...compare("peak memory of ask, p50", "MB", ({ starts }) => starts.map(({ peakMb }) => peakMb)),
    ...compare("answer, p50", "ms", ({ totals }) => totals),
  ];
}
