/** npm start: runs the Discord bot; without a token it opens the prompt on the terminal. */
import { existsSync } from "node:fs";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { createLog } from "../src/log.ts";
import { openVerbatim } from "../src/main.ts";
import { readSettings, runCommand } from "./command.ts";

/** Work that is under way may take so long after a signal to end, in milliseconds. */
const CLOSE_TIMEOUT_MS = 8_000;

const command = new Command("start")
  .description("Answers questions on Discord; without DISCORD_TOKEN, at a prompt.")
  .action(async () => {
    const config = readSettings({});
    const { token, shards } = config.discord;
    const signal = endOfProcess();
    if (token === undefined) {
      console.error("DISCORD_TOKEN is not set: here is the prompt. See README.md for Discord.");
      await openPrompt();
      return;
    }
    const log = createLog(config.logLevel);
    if (shards) {
      // discord.js hands the token itself to the shards, which refuse it beside its file. Empty, since .env would fill a gap.
      process.env["DISCORD_TOKEN_FILE"] = "";
      const { runShards } = await import("../src/discord/shards.ts");
      const script = fileURLToPath(import.meta.url);
      await runShards({ script, token, shards, signal, log, closeTimeoutMs: 2 * CLOSE_TIMEOUT_MS });
      return;
    }
    const opening = openVerbatim({
      config,
      onBuild: (why) => {
        console.error(`Building the index: ${why}.`);
      },
    });
    // Whoever awaits it later sees the failure; until then it must not count as unhandled.
    opening.catch(() => undefined);
    try {
      // Loaded beside the model.
      const { serve } = await import("./start/serve.ts");
      await serve(opening, { token, config, log, signal, closeTimeoutMs: CLOSE_TIMEOUT_MS });
    } finally {
      const verbatim = await opening.catch(() => undefined);
      await verbatim?.close();
      // The way to the process that started this shard would keep it alive until it is killed.
      if (process.connected) process.disconnect();
    }
  });

await runCommand(command);

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

/** The prompt is `ask` without a question. */
async function openPrompt(): Promise<void> {
  const compiled = fileURLToPath(new URL("./ask.js", import.meta.url));
  const script = existsSync(compiled)
    ? compiled
    : fileURLToPath(new URL("./ask.ts", import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script], { stdio: "inherit" });
  process.exitCode = await new Promise<number>((resolve) => {
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
}
