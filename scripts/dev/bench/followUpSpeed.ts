/** What a question behind another one takes, beside a question. */
import { openCollection } from "../../../src/collections/collection.ts";
import type { Config } from "../../../src/config.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { measured, measuredTimes, percentile } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { distinctQuestions } from "./variation.ts";

/** Pairs that are asked, and those before, until all code has run. */
const PAIRS = 120;
const WARM_UP = 10;

/** How many times as long as a question's p95 a follow-up's may be. */
const MOST_QUESTIONS = 2;

/** Asks in turn a question and another one behind it, none of which was asked before. */
export async function measureFollowUps(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  const encoder = startEncoder(config.modelDir, { questionCacheBytes: 0 });
  const collection = await openCollection(encoder, { config });
  const times = { questions: new Array<number>(), followUps: new Array<number>() };
  try {
    const other = distinctQuestions(questions);
    for (let i = -WARM_UP; i < PAIRS; i++) {
      const first = other(2 * (i + WARM_UP));
      const alone = await collection.ask(first, { maxExcerpts: 3 });
      const next = other(2 * (i + WARM_UP) + 1);
      const behind = await collection.ask(next, { maxExcerpts: 3, after: first });
      if (i < 0) continue;
      times.questions.push(alone.ms.total);
      times.followUps.push(behind.ms.total);
    }
  } finally {
    await collection.close();
  }
  const ratio = percentile(times.followUps, 0.95) / percentile(times.questions, 0.95);
  return [
    ...measuredTimes("question", times.questions),
    ...measuredTimes("follow-up", times.followUps),
    measured("follow-up / question, p95", ratio, "×", { atMost: MOST_QUESTIONS }),
  ];
}
