/** npm start: runs the Discord bot; without a token it opens the prompt on the terminal. */
import { Command } from "commander";
import { createLog } from "../src/log.ts";
import { openProgram } from "../src/main.ts";
import { readSettings } from "./command.ts";

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
      const { command: ask } = await import("./ask.ts");
      await ask.parseAsync([], { from: "user" });
      return;
    }
    const signal = endOfProcess();
    const log = createLog(config.logLevel);
    if (shards) {
      // discord.js hands the token itself to the shards, which refuse it beside its file. Empty, since .env would fill a gap.
      process.env["DISCORD_TOKEN_FILE"] = "";
      const { runShards } = await import("../src/discord/shards.ts");
      const [, script = ""] = process.argv;
      const run = { script, words: ["start"] };
      await runShards({ run, token, shards, signal, log, closeTimeoutMs: 2 * CLOSE_TIMEOUT_MS });
      return;
    }
    const opening = openProgram({
      config,
      // Apart from the bot: what goes wrong in native code ends a process that can be started again.
      encoderOptions: { worker: "process" },
      onBuild: (why) => {
        console.error(`Building the index: ${why}.`);
      },
    });
    // Whoever awaits it later sees the failure; until then it must not count as unhandled.
    opening.catch(() => undefined);
    try {
      // Loaded beside the model.
      const { serve } = await import("../src/serve.ts");
      await serve(opening, { token, config, log, signal, closeTimeoutMs: CLOSE_TIMEOUT_MS });
    } finally {
      const verbatim = await opening.catch(() => undefined);
      await verbatim?.close();
      // The way to the process that started this shard would keep it alive until it is killed.
      if (process.connected) process.disconnect();
    }
  });

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
