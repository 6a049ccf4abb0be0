/** What an answer costs beside the bare model. */
import type { Collection } from "../../../src/collections/collection.ts";
import { measured, measuredTimes, median } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { loadBareModel } from "./bareModel.ts";

/** How long each question took, in milliseconds. */
export interface SpeedTimes {
  /** Loading the model by the library. */
  readonly loading: number;
  readonly bare: readonly number[];
  readonly whole: readonly number[];
}

/** The library's own pipeline (tokenise, forward, pool) against the whole answer, each in turn first. */
export async function measureSpeed(
  verbatim: Pick<Collection, "ask">,
  questions: readonly string[],
  { modelDir, rounds }: { readonly modelDir: string; readonly rounds: number },
): Promise<SpeedTimes> {
  const started = performance.now();
  const embed = await loadBareModel(modelDir);
  const loading = performance.now() - started;
  const times = { loading, bare: new Array<number>(), whole: new Array<number>() };
  const ways = [
    { run: embed, times: times.bare },
    { run: askAlike(verbatim), times: times.whole },
  ];
  for (let round = 0; round <= rounds; round++) {
    for (const [i, question] of questions.entries()) {
      const inOrder = (i + round) % 2 === 0 ? ways : ways.toReversed();
      for (const way of inOrder) {
        const asked = performance.now();
        await way.run(question);
        // The first round warms both up.
        if (round > 0) way.times.push(performance.now() - asked);
      }
    }
  }
  return times;
}

/** Asks, and fails where a question is not always answered alike. */
function askAlike(verbatim: Pick<Collection, "ask">): (question: string) => Promise<void> {
  const known = new Map<string, string>();
  return async (question) => {
    const { ms, ...answer } = await verbatim.ask(question, { maxExcerpts: 3 });
    const text = JSON.stringify(answer);
    if ((known.get(question) ?? text) !== text || ms.total <= 0) {
      throw new Error(`two answers to one question: ${question}`);
    }
    known.set(question, text);
  };
}

/** @param atMost How many times as long as the bare model's the whole answer's median may be. */
export function speedRows({ loading, bare, whole }: SpeedTimes, atMost: number): Measurement[] {
  const ratio = median(whole) / median(bare);
  return [
    measured("bare model, loading by the library", loading / 1e3, "s"),
    ...measuredTimes("bare model", bare),
    ...measuredTimes("whole answer", whole),
    measured("whole answer / bare model, p50", ratio, "×", { atMost }),
  ];
}
