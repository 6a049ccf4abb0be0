import { createMaxSim } from "../../../src/search/maxsim/maxsim.ts";
import type { TokenRows } from "../../../src/search/maxsim/maxsim.ts";
import { seededRandom } from "../../../test/support/seed.ts";
import { measured, median } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";

/** A question of 15 tokens against 32 sentences of 50 tokens, in 384 dimensions: what an answer takes. */
const SIZE = { question: 15, sentences: 32, sentence: 50, dimensions: 384 };
const RUNS = 200;

/** Late interaction by the kernel and by the same loops in TypeScript, the middle of many runs. */
export function kernelRows(): Measurement[] {
  const random = seededRandom();
  const question = makeRows(SIZE.question, random);
  const sentences = Array.from({ length: SIZE.sentences }, () => makeRows(SIZE.sentence, random));
  const maxSim = createMaxSim(SIZE.dimensions);
  const byKernel = (): number[] => {
    maxSim.setQuestion(question);
    return sentences.flatMap((it) => Array.from(maxSim.interact(it).matches));
  };
  const byLoops = (): number[] => sentences.flatMap((it) => bestRows(question, it));
  if (byKernel().join() !== byLoops().join()) throw new Error("the kernel finds other tokens");
  return [
    measured("late interaction, 15 tokens with 32 sentences of 50", time(byKernel, RUNS), "ms"),
    measured("  the same loops in TypeScript", time(byLoops, RUNS / 10), "ms"),
  ];
}

function bestRows(question: TokenRows, sentence: TokenRows): number[] {
  return Array.from(question.scales, (_, t) => {
    let best = -Infinity;
    let row = -1;
    const token = question.rows.subarray(t * SIZE.dimensions, (t + 1) * SIZE.dimensions);
    for (let j = 0; j < sentence.scales.length; j++) {
      let product = 0;
      for (let k = 0, at = j * SIZE.dimensions; k < token.length; k++, at++) {
        product += (token[k] ?? 0) * (sentence.rows[at] ?? 0);
      }
      if (product > best) [best, row] = [product, j];
    }
    return row;
  });
}

function makeRows(count: number, random: () => number): TokenRows {
  const levels = { length: count * SIZE.dimensions };
  const rows = Int8Array.from(levels, () => Math.floor(255 * random()) - 127);
  return { rows, scales: new Float32Array(count).fill(1) };
}

function time(run: () => unknown, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return median(times);
}
