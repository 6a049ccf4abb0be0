/** npm start: runs the Discord bot; without a token it opens the prompt on the terminal. */
import { Command } from "commander";
import type { ShardRange } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { openProgram } from "../src/main.ts";
import { inBackground } from "../src/promises.ts";
import type { Serving } from "../src/serve.ts";
import { readSettings, sayBuilding } from "./command.ts";

/** Work that is under way may take so long after a signal to end, in milliseconds. */
const CLOSE_TIMEOUT_MS = 8_000;

export const command = new Command("start")
  .description("Answers questions on Discord; without DISCORD_TOKEN, at a prompt.")
  .addHelpText(
    "after",
    `
Examples:
  verbatim start
  SHARDS=0-3/8 verbatim start`,
  )
  .action(async () => {
    const config = readSettings({});
    const { token, shards } = config.discord;
    if (token === undefined) {
      console.error("DISCORD_TOKEN is not set: here is the prompt. See README.md for Discord.");
      const { ask } = await import("./ask.ts");
      await ask([], {});
      return;
    }
    const run = { token, config, signal: endOfProcess(), log: createLog(config.logLevel) };
    if (shards) await startShards(shards, run);
    else await startBot(run);
  });

/** What the bot is run with. */
type Run = Omit<Serving, "closeTimeoutMs">;

async function startShards(shards: ShardRange, { token, signal, log }: Run): Promise<void> {
  // discord.js hands the token itself to the shards, which refuse it beside its file. Empty, since .env would fill a gap.
  process.env["DISCORD_TOKEN_FILE"] = "";
  const { runShards } = await import("../src/discord/shards.ts");
  const [, script = ""] = process.argv;
  const run = { script, words: ["start"] };
  await runShards({ run, token, shards, signal, log, closeTimeoutMs: 2 * CLOSE_TIMEOUT_MS });
}

async function startBot(run: Run): Promise<void> {
  const opening = inBackground(
    openProgram({
      config: run.config,
      // Apart from the bot: what goes wrong in native code ends a process that can be started again.
      encoderOptions: { worker: "process" },
      onBuild: sayBuilding,
    }),
  );
  try {
    // Loaded beside the model.
    const { serve } = await import("../src/serve.ts");
    await serve(opening, { ...run, closeTimeoutMs: CLOSE_TIMEOUT_MS });
  } finally {
    const collection = await opening.catch(() => undefined);
    await collection?.close();
    // The way to the process that started this shard would keep it alive until it is killed.
    if (process.connected) process.disconnect();
  }
}

/** Aborted when the process is asked to end. */
function endOfProcess(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}
