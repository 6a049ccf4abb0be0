/** How soon the bot acknowledges while another process holds the ledger, as an import of many rows does, and that all are answered. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../../src/config.ts";
import { openDatabase } from "../../../src/ledger/database.ts";
import { slash, stranger } from "../../../test/support/discordPayloads.ts";
import { startFakeDiscord } from "../../../test/support/fakeDiscord.ts";
import type { FakeDiscord } from "../../../test/support/fakeDiscord.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured, noneOf, percentile } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { timesByToken } from "./answerTimes.ts";
import { botSettings, runScript } from "./scriptProcess.ts";

/** The ledger is held for so long, in milliseconds, and so much is asked meanwhile. */
const LOCKED_MS = 10_000;
const QUESTIONS = 40;

/** An answer that has not come after this will not, in milliseconds. */
const PATIENCE_MS = 60_000;

const MOST_P99_MS = 300;

/** Measures the bot over SQLite, beside a fake Discord in this process. */
export function measureLockedLedger(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  return inTemporaryFolder(async (dataDir) => {
    const discord = await startFakeDiscord();
    const { apiUrl } = discord;
    const bot = runScript("start", botSettings(config, { dataDir, apiUrl }));
    try {
      await bot.said("Ready.");
      await discord.waitForAnswers([ask(discord, questions[0] ?? "", 0).token], PATIENCE_MS);
      const database = await openDatabase({ dataDir });
      const asked = await database.transaction().execute(() => askAll(discord, questions));
      await database.destroy();
      await discord.waitForAnswers(
        asked.map(({ token }) => token),
        PATIENCE_MS,
      );
      return rowsOf(discord, asked);
    } finally {
      bot.child.kill("SIGKILL");
      await discord.close();
    }
  });
}

/** A question that was asked. */
interface Asked {
  readonly token: string;
  readonly atMs: number;
}

/** Asks all over the time that the ledger is held, whose transaction this is. */
async function askAll(discord: FakeDiscord, questions: readonly string[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (let i = 1; i <= QUESTIONS; i++) {
    asked.push(ask(discord, questions[i % questions.length] ?? "", i));
    await sleep(LOCKED_MS / QUESTIONS);
  }
  return asked;
}

function ask(discord: FakeDiscord, question: string, asker: number): Asked {
  const interaction = slash("ask", { question }, stranger(asker));
  const atMs = discord.now();
  discord.dispatch("INTERACTION_CREATE", interaction);
  return { token: interaction.token, atMs };
}

function rowsOf(discord: FakeDiscord, asked: readonly Asked[]): Measurement[] {
  const times = timesByToken(discord);
  const waits = asked.map(
    ({ token, atMs }) => (times.get(token)?.acknowledged[0] ?? Infinity) - atMs,
  );
  const name = `ledger held for ${LOCKED_MS / 1_000} s, ${asked.length} questions`;
  return [
    measured(`${name}: acknowledged, p99`, percentile(waits, 0.99), "ms", { atMost: MOST_P99_MS }),
    ...noneOf(name, {
      unanswered: asked.filter(({ token }) => !discord.answerTo(token)).length,
      "answered twice": asked.filter(
        ({ token }) => (discord.interactions.endOf(token)?.shown.size ?? 0) > 1,
      ).length,
    }),
  ];
}
