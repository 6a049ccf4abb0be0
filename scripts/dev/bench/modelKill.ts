/** The bot when the process that runs its models is killed: whether it lives, and how soon it answers again. */
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf } from "../../../test/support/processMemory.ts";
import { measured, noneOf } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import type { FakeDiscordProcess } from "./fakeDiscordLink.ts";
import { withStartedBot } from "./startedBot.ts";

/** So many questions wait when the process is killed, so long after they were asked, in milliseconds. */
const QUESTIONS = 50;
const KILL_AFTER_MS = 200;

/** A question that is asked when the process is gone is answered in so many milliseconds. */
const MOST_MS = 3_000;

/** Measures `npm start` beside a fake Discord. */
export function measureModelKill(questions: readonly string[]): Promise<Measurement[]> {
  return withStartedBot(async ({ bot, discord }) => {
    // A process that is killed cannot tell its memory, which is not asked for here.
    bot.ended.catch(() => undefined);
    const kill = (): void => {
      for (const pid of childrenOf(bot.child.pid ?? NaN)) process.kill(pid, "SIGKILL");
    };
    await discord.ask(questions.slice(0, 1));
    return [
      ...(await killUnderQuestions(discord, questions.slice(1, QUESTIONS + 1), kill)),
      ...(await killBefore(discord, questions.slice(QUESTIONS + 1, QUESTIONS + 2), kill)),
      ...noneOf("bot", { ended: bot.child.exitCode === null ? 0 : 1 }),
    ];
  });
}

async function killUnderQuestions(
  discord: FakeDiscordProcess,
  questions: string[],
  kill: () => void,
): Promise<Measurement[]> {
  const asking = discord.ask(questions);
  await sleep(KILL_AFTER_MS);
  kill();
  const { unanswered, doubled, refused, answeredMs } = await asking;
  const last = Math.max(...answeredMs) - KILL_AFTER_MS;
  return [
    ...noneOf(`${questions.length} questions, killed among them`, { unanswered, doubled, refused }),
    measured("  the last one answered after the kill", last, "ms"),
  ];
}

async function killBefore(
  discord: FakeDiscordProcess,
  question: string[],
  kill: () => void,
): Promise<Measurement[]> {
  kill();
  const { answeredMs } = await discord.ask(question);
  return [
    measured("a question after a kill, answered", answeredMs[0] ?? Infinity, "ms", {
      atMost: MOST_MS,
    }),
  ];
}
