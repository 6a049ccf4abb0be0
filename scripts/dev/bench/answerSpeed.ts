/** What an answer without reading costs beside the bare model. */
import type { Collection } from "../../../src/collections/collection.ts";
import { measured, measuredTimes, median } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { loadBareModel } from "./bareModel.ts";

interface SpeedOptions {
  readonly modelDir: string;
  /** How often each question is asked, by both. */
  readonly rounds: number;
  /** How many times as long as the bare model's the whole answer's median may be. */
  readonly atMost: number;
}

/** The library's own pipeline (tokenise, forward, pool) against the whole answer of a search that reads nothing, each in turn first. */
export async function measureSpeed(
  collection: Pick<Collection, "ask">,
  questions: readonly string[],
  { modelDir, rounds, atMost }: SpeedOptions,
): Promise<Measurement[]> {
  const started = performance.now();
  const bare = { run: await loadBareModel(modelDir), times: new Array<number>() };
  const loadingMs = performance.now() - started;
  const whole = { run: askAlike(collection), times: new Array<number>() };
  for (let round = 0; round <= rounds; round++) {
    for (const [i, question] of questions.entries()) {
      for (const way of (i + round) % 2 === 0 ? [bare, whole] : [whole, bare]) {
        const asked = performance.now();
        await way.run(question);
        // The first round warms both up.
        if (round > 0) way.times.push(performance.now() - asked);
      }
    }
  }
  const ratio = median(whole.times) / median(bare.times);
  return [
    measured("bare model, loading by the library", loadingMs / 1e3, "s"),
    ...measuredTimes("bare model", bare.times),
    ...measuredTimes("whole answer without reading", whole.times),
    measured("whole answer without reading / bare model, p50", ratio, "×", { atMost }),
  ];
}

/** Asks, and fails where a question is not always answered alike. */
function askAlike(collection: Pick<Collection, "ask">): (question: string) => Promise<void> {
  const known = new Map<string, string>();
  return async (question) => {
    const { ms, ...answer } = await collection.ask(question, { maxExcerpts: 3 });
    const text = JSON.stringify(answer);
    if ((known.get(question) ?? text) !== text || ms.total <= 0) {
      throw new Error(`two answers to one question: ${question}`);
    }
    known.set(question, text);
  };
}
