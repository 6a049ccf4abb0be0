/** What an answer costs beside the bare model. */
import path from "node:path";
import { env, pipeline } from "@xenova/transformers";
import type { Collection } from "../../../src/collections/collection.ts";
import type { Measurement } from "../measurements.ts";
import { median, percentile } from "../measurements.ts";

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
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(path.resolve(modelDir));
  const started = performance.now();
  const extract = await pipeline("feature-extraction", path.basename(modelDir), {
    quantized: true,
  });
  const loading = performance.now() - started;
  const bare = async (question: string): Promise<void> => {
    await extract(`query: ${question}`, { pooling: "mean", normalize: true });
  };
  const known = new Map<string, string>();
  const whole = async (question: string): Promise<void> => {
    const { ms, ...answer } = await verbatim.ask(question, { maxExcerpts: 3 });
    const text = JSON.stringify(answer);
    if ((known.get(question) ?? text) !== text || ms.total <= 0) {
      throw new Error(`two answers to one question: ${question}`);
    }
    known.set(question, text);
  };
  const times = { loading, bare: new Array<number>(), whole: new Array<number>() };
  const ways = [
    { run: bare, times: times.bare },
    { run: whole, times: times.whole },
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

/** @param atMost How many times as long as the bare model's the whole answer's median may be. */
export function speedRows({ loading, bare, whole }: SpeedTimes, atMost: number): Measurement[] {
  return [
    { name: "bare model, loading by the library", value: loading / 1e3, unit: "s" },
    { name: "bare model, p50", value: median(bare), unit: "ms" },
    { name: "bare model, p95", value: percentile(bare, 0.95), unit: "ms" },
    { name: "whole answer, p50", value: median(whole), unit: "ms" },
    { name: "whole answer, p95", value: percentile(whole, 0.95), unit: "ms" },
    {
      name: "whole answer / bare model, p50",
      value: median(whole) / median(bare),
      unit: "×",
      atMost,
    },
  ];
}
