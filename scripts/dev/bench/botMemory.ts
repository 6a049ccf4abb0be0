/** What the bot uses when it has answered many questions, no two of them alike. */
import path from "node:path";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Measurement } from "../measurements.ts";
import { startPackageScript } from "../../../test/support/measuredProcess.ts";
import type { Running } from "../../../test/support/measuredProcess.ts";
import { startFakeProcess } from "./fakeDiscordLink.ts";
import { prepareVariation } from "./variation.ts";

/** When memory is read, in questions answered: by the first all code has run; the others are what must be reached. */
const FIRST = 100;
const SECOND = 1_000;
const LAST = 10_000;

/** So many are asked at once; discord.js sends at most 50 requests a second, so that all of them take some four minutes. */
const WAVE = 10;

/** Gives a question for each number, never the same twice. */
type NthQuestion = (i: number) => string;

/** Measures `npm start` beside a fake Discord. */
export async function measureMemory(questions: readonly string[]): Promise<Measurement[]> {
  const vary = prepareVariation(questions);
  const nth: NthQuestion = (i) => {
    const round = Math.floor(i / questions.length);
    // Some questions hold nothing that can be varied.
    return `${vary(questions[i % questions.length] ?? "", round)} ${round}`;
  };
  const dataDir = await mkdtemp(path.join(tmpdir(), "verbatim-bench-"));
  const discord = await startFakeProcess();
  const started = performance.now();
  const env = {
    DISCORD_TOKEN: "a-very.fake.token",
    DISCORD_API_URL: discord.apiUrl,
    DATA_DIR: dataDir,
  };
  const bot = startPackageScript("start", [], { env });
  try {
    await said(bot, "Ready.");
    const readyMs = performance.now() - started;
    const ready = await bot.memoryMb();
    const after = new Map<number, number>();
    for (let asked = 0; asked < LAST; asked += WAVE) {
      const wave = Array.from({ length: WAVE }, (_, i) => nth(asked + i));
      const { unanswered } = await discord.ask(wave);
      if (unanswered > 0) throw new Error(`${unanswered} questions were not answered`);
      const answered = asked + WAVE;
      if ([FIRST, SECOND, LAST].includes(answered)) after.set(answered, await bot.memoryMb());
    }
    bot.child.kill("SIGTERM");
    const { peakMb } = await bot.ended;
    return rowsOf({ readyMs, ready, after, peakMb });
  } finally {
    bot.child.kill();
    discord.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Measured {
  readonly readyMs: number;
  /** Resident set in MB: when ready, after so many questions, and at most. */
  readonly ready: number;
  readonly after: ReadonlyMap<number, number>;
  readonly peakMb: number;
}

function rowsOf({ readyMs, ready, after, peakMb }: Measured): Measurement[] {
  const name = (questions: number): string =>
    `bot: memory after ${questions.toLocaleString("en")} questions`;
  const [first = NaN, second = NaN, last = NaN] = [FIRST, SECOND, LAST].map((it) => after.get(it));
  return [
    { name: "bot: ready after process start", value: readyMs, unit: "ms" },
    { name: "bot: memory when ready", value: ready, unit: "MB" },
    { name: name(FIRST), value: first, unit: "MB" },
    { name: name(SECOND), value: second, unit: "MB", atMost: 420 },
    { name: name(LAST), value: last, unit: "MB" },
    {
      name: `  ${LAST.toLocaleString("en")} / ${FIRST.toLocaleString("en")}`,
      value: last / first,
      unit: "×",
      atMost: 1.1,
    },
    { name: "bot: peak memory", value: peakMb, unit: "MB" },
  ];
}

/** Waits for words on standard error. */
async function said({ child, ended }: Running, words: string): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    let text = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(words)) resolve();
    });
  });
  await Promise.race([heard, ended]);
}
