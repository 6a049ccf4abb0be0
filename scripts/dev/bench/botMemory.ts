/** What the bot uses when it has answered many questions, no two of them alike. */
import { measured } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { withStartedBot } from "./startedBot.ts";
import type { StartedBot } from "./startedBot.ts";
import { distinctQuestions } from "./variation.ts";

/** When memory is read, in questions answered: by the first all code has run; the others are what must be reached. */
const FIRST = 100;
const SECOND = 1_000;
const LAST = 10_000;

/** So many are asked at once; discord.js sends at most 50 requests a second, so that all of them take some four minutes. */
const WAVE = 10;

/** Measures `npm start` beside a fake Discord. */
export function measureMemory(questions: readonly string[]): Promise<Measurement[]> {
  const nth = distinctQuestions(questions);
  return withStartedBot((started) => measureBot(started, nth));
}

async function measureBot(
  { bot, discord, readyMs }: StartedBot,
  nth: (i: number) => string,
): Promise<Measurement[]> {
  const ready = bot.memoryMb();
  const after = new Map<number, number>();
  for (let asked = 0; asked < LAST; asked += WAVE) {
    const wave = Array.from({ length: WAVE }, (_, i) => nth(asked + i));
    const { unanswered } = await discord.ask(wave);
    if (unanswered > 0) throw new Error(`${unanswered} questions were not answered`);
    const answered = asked + WAVE;
    if ([FIRST, SECOND, LAST].includes(answered)) after.set(answered, bot.memoryMb());
  }
  bot.child.kill("SIGTERM");
  const { peakMb } = await bot.ended;
  return rowsOf({ readyMs, ready, after, peakMb });
}

interface Measured {
  readonly readyMs: number;
  /** Resident sets of all processes in MB: when ready, after so many questions, and at most. */
  readonly ready: number;
  readonly after: ReadonlyMap<number, number>;
  readonly peakMb: number;
}

function rowsOf({ readyMs, ready, after, peakMb }: Measured): Measurement[] {
  const [first = NaN, second = NaN, last = NaN] = [FIRST, SECOND, LAST].map((it) => after.get(it));
  const count = (questions: number): string => questions.toLocaleString("en");
  const name = (questions: number): string => `bot: memory after ${count(questions)} questions`;
  return [
    measured("bot: ready after process start", readyMs, "ms"),
    measured("bot: memory when ready", ready, "MB"),
    measured(name(FIRST), first, "MB"),
    measured(name(SECOND), second, "MB", { atMost: 420 }),
    measured(name(LAST), last, "MB"),
    measured(`  ${count(LAST)} / ${count(FIRST)}`, last / first, "×", { atMost: 1.1 }),
    measured("bot: peak memory", peakMb, "MB"),
  ];
}
