/** `npm start` beside a fake Discord, each in a process of its own. */
import { TOKEN } from "../../../test/support/fakeDiscord.ts";
import { startPackageScript } from "../../../test/support/measuredProcess.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { startFakeProcess } from "./fakeDiscordLink.ts";
import type { FakeDiscordProcess } from "./fakeDiscordLink.ts";

/** A bot that is ready. */
export interface StartedBot {
  readonly bot: ReturnType<typeof startPackageScript>;
  readonly discord: FakeDiscordProcess;
  /** From the start of its process until it was ready. */
  readonly readyMs: number;
}

/** Works with a bot of its own ledger; both processes end with the work. */
export function withStartedBot<Result>(
  work: (started: StartedBot) => Promise<Result>,
): Promise<Result> {
  return inTemporaryFolder(async (dataDir) => {
    const discord = await startFakeProcess();
    const startedAt = performance.now();
    const env = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl, DATA_DIR: dataDir };
    const bot = startPackageScript("start", [], { env });
    try {
      await bot.said("Ready.");
      return await work({ bot, discord, readyMs: performance.now() - startedAt });
    } finally {
      bot.child.kill();
      discord.close();
    }
  });
}
