/** The bot with the real model and the real report, beside a fake Discord: how soon it acknowledges, and whether it lasts. */
import path from "node:path";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setFlagsFromString } from "node:v8";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Config } from "../../../src/config.ts";
import { startBot } from "../../../src/discord/bot.ts";
import { openLedger } from "../../../src/ledger/ledger.ts";
import { createLog } from "../../../src/log.ts";
import { openProgram } from "../../../src/main.ts";
import type { Measurement } from "../measurements.ts";
import { percentile } from "../measurements.ts";
import type { FakeDiscordProcess, WaveResult } from "./fakeDiscordLink.ts";
import { startFakeProcess } from "./fakeDiscordLink.ts";

/** Questions that are asked at once, how often, and how many one after the other such crowd the soak takes. */
const CROWD = 50;
const CROWDS = 5;
const SOAK = 500;
const SOAK_WAVE = 10;

const NS_PER_MS = 1e6;

/** Asks the bot the given questions in crowds and in a soak. */
export async function measureDiscord(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  // As `npm start` does.
  setFlagsFromString("--optimize-for-size");
  const dataDir = await mkdtemp(path.join(tmpdir(), "verbatim-bench-"));
  const collection = await openProgram({ config, encoderOptions: { cachedQuestions: 0 } });
  const fake = await startFakeProcess();
  const ledger = await openLedger({ dataDir, retentionDays: 1 });
  const bot = await startBot({
    token: "a-very.fake.token",
    apiUrl: fake.apiUrl,
    collection,
    ledger,
    mentionChannels: [],
    log: createLog("warn"),
  });
  try {
    // The soak comes first: its memory is compared from the bot's first questions on.
    const soak = await soakRows(fake, questions);
    return [...(await crowdRows(fake, questions)), ...soak];
  } finally {
    await bot.close(1_000);
    fake.close();
    await ledger.close();
    await collection.close();
    await rm(dataDir, { recursive: true });
  }
}

async function crowdRows(
  fake: FakeDiscordProcess,
  questions: readonly string[],
): Promise<Measurement[]> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const results: WaveResult[] = [];
  for (let i = 0; i < CROWDS; i++) {
    results.push(await fake.ask(take(questions, i * CROWD, CROWD)));
  }
  delay.disable();
  const acknowledged = results.flatMap(({ acknowledgedMs }) => acknowledgedMs);
  const answered = results.flatMap(({ answeredMs }) => answeredMs);
  return [
    {
      name: `${CROWD} questions at once: acknowledged, p50`,
      value: percentile(acknowledged, 0.5),
      unit: "ms",
    },
    {
      name: `${CROWD} questions at once: acknowledged, p99`,
      value: percentile(acknowledged, 0.99),
      unit: "ms",
      atMost: 250,
    },
    {
      name: `${CROWD} questions at once: acknowledged, slowest`,
      value: Math.max(...acknowledged),
      unit: "ms",
      atMost: 1_000,
    },
    {
      name: `${CROWD} questions at once: answered, p50`,
      value: percentile(answered, 0.5),
      unit: "ms",
    },
    {
      name: `${CROWD} questions at once: answered, slowest`,
      value: Math.max(...answered),
      unit: "ms",
    },
    {
      name: `${CROWD} questions at once: event-loop delay, p99`,
      value: delay.percentile(99) / NS_PER_MS,
      unit: "ms",
      atMost: 50,
    },
    {
      name: `${CROWD} questions at once: event-loop delay, longest`,
      value: delay.max / NS_PER_MS,
      unit: "ms",
    },
    ...lossRows(`${CROWD} questions at once`, results),
  ];
}

async function soakRows(
  fake: FakeDiscordProcess,
  questions: readonly string[],
): Promise<Measurement[]> {
  const results: WaveResult[] = [];
  let afterFirst = NaN;
  for (let asked = 0; asked < SOAK; asked += SOAK_WAVE) {
    results.push(await fake.ask(take(questions, asked, SOAK_WAVE)));
    if (asked + SOAK_WAVE === CROWD) afterFirst = process.memoryUsage.rss();
  }
  const atEnd = process.memoryUsage.rss();
  const name = `soak of ${SOAK} questions`;
  return [
    ...lossRows(name, results),
    { name: `${name}: memory at the end`, value: atEnd / 1e6, unit: "MB" },
    {
      name: `${name}: memory at the end / after ${CROWD}`,
      value: atEnd / afterFirst,
      unit: "×",
      atMost: 1.1,
    },
  ];
}

function lossRows(name: string, results: readonly WaveResult[]): Measurement[] {
  const sum = (of: (result: WaveResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  return [
    {
      name: `${name}: unanswered`,
      value: sum(({ unanswered }) => unanswered),
      unit: "",
      atMost: 0,
    },
    { name: `${name}: answered twice`, value: sum(({ doubled }) => doubled), unit: "", atMost: 0 },
    {
      name: `${name}: messages that Discord would refuse`,
      value: results.at(-1)?.refused ?? NaN,
      unit: "",
      atMost: 0,
    },
  ];
}

/** So many questions from a place on, from the beginning again after the last one. */
function take(questions: readonly string[], from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => questions[(from + i) % questions.length] ?? "");
}
