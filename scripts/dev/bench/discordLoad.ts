/** The bot with the real model and the real report, beside a fake Discord: how soon it acknowledges, and whether it lasts. */
import { setFlagsFromString } from "node:v8";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Config } from "../../../src/config.ts";
import { openProgram } from "../../../src/main.ts";
import { startLocalBot } from "../../../test/support/localBot.ts";
import { residentBytes } from "../../../test/support/processMemory.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured, median, noneOf, percentile, sum } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { startFakeProcess } from "./fakeDiscordLink.ts";
import type { FakeDiscordProcess, WaveResult } from "./fakeDiscordLink.ts";
import { distinctQuestions } from "./variation.ts";

/** Questions that are asked at once, how often, and how many one after the other such crowd the soak takes. */
const CROWD = 50;
const CROWDS = 5;
const SOAK = 500;
const SOAK_WAVE = 10;

const NS_PER_MS = 1e6;

/** Asks the bot the given questions in crowds and in a soak. */
export function measureDiscord(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  // As `npm start` does.
  setFlagsFromString("--optimize-for-size");
  const encoderOptions = { worker: "process" } as const;
  return inTemporaryFolder(async (dataDir) => {
    const collection = await openProgram({ config, encoderOptions });
    const fake = await startFakeProcess();
    const bot = await startLocalBot({ apiUrl: fake.apiUrl, collection, dataDir });
    try {
      // The soak comes first: its memory is compared from the bot's first questions on.
      const soak = await soakRows(fake, questions);
      return [...(await crowdRows(fake, questions)), ...soak];
    } finally {
      await bot.close();
      fake.close();
      await collection.close();
    }
  });
}

async function crowdRows(
  fake: FakeDiscordProcess,
  questions: readonly string[],
): Promise<Measurement[]> {
  const nth = distinctQuestions(questions);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const results: WaveResult[] = [];
  for (let i = 0; i < CROWDS; i++) {
    // Others than before: what was read once need not be read again.
    results.push(await fake.ask(Array.from({ length: CROWD }, (_, k) => nth(i * CROWD + k))));
  }
  delay.disable();
  const acknowledged = results.flatMap(({ acknowledgedMs }) => acknowledgedMs);
  const answered = results.flatMap(({ answeredMs }) => answeredMs);
  const name = `${CROWD} questions at once`;
  const row = (what: string, value: number, atMost?: number): Measurement =>
    measured(`${name}: ${what}`, value, "ms", atMost === undefined ? {} : { atMost });
  return [
    row("acknowledged, p50", median(acknowledged)),
    row("acknowledged, p99", percentile(acknowledged, 0.99), 150),
    row("acknowledged, slowest", Math.max(...acknowledged), 1_000),
    row("answered, p50", median(answered)),
    row("answered, slowest", Math.max(...answered), 15_000),
    row("event-loop delay, p99", delay.percentile(99) / NS_PER_MS, 50),
    row("event-loop delay, longest", delay.max / NS_PER_MS),
    ...lossRows(name, results),
  ];
}

async function soakRows(
  fake: FakeDiscordProcess,
  questions: readonly string[],
): Promise<Measurement[]> {
  // This process is the bot; the fake Discord does not count.
  const memory = (): number => residentBytes(process.pid, fake.pid);
  const results: WaveResult[] = [];
  let afterFirst = NaN;
  for (let asked = 0; asked < SOAK; asked += SOAK_WAVE) {
    results.push(await fake.ask(take(questions, asked, SOAK_WAVE)));
    if (asked + SOAK_WAVE === CROWD) afterFirst = memory();
  }
  const atEnd = memory();
  const name = `soak of ${SOAK} questions`;
  const growth = `${name}: memory at the end / after ${CROWD}`;
  return [
    ...lossRows(name, results),
    measured(`${name}: memory at the end`, atEnd / 1e6, "MB"),
    measured(growth, atEnd / afterFirst, "×", { atMost: 1.1 }),
  ];
}

function lossRows(name: string, results: readonly WaveResult[]): Measurement[] {
  return noneOf(name, {
    unanswered: sum(results.map(({ unanswered }) => unanswered)),
    "answered twice": sum(results.map(({ doubled }) => doubled)),
    "messages that Discord would refuse": results.at(-1)?.refused ?? NaN,
  });
}

/** So many questions from a place on, from the beginning again after the last one. */
function take(questions: readonly string[], from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => questions[(from + i) % questions.length] ?? "");
}
