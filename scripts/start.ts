/** npm start: runs the Discord bot; without a token it opens the prompt on the terminal. */
import { existsSync } from "node:fs";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { createLog } from "../src/log.ts";
import { openVerbatim } from "../src/main.ts";
import { runBot } from "../src/discord/run.ts";
import { openLedger } from "../src/ledger/ledger.ts";
import { readSettings, runCommand } from "./command.ts";

/** Work that is under way may take so long after a signal to end, in milliseconds. */
const CLOSE_TIMEOUT_MS = 8_000;
const MS_PER_SECOND = 1_000;

const command = new Command("start")
  .description("Answers questions on Discord; without DISCORD_TOKEN, at a prompt.")
  .action(async () => {
    const config = readSettings({});
    const { token, apiUrl, mentionChannels } = config.discord;
    if (token === undefined) {
      console.error("DISCORD_TOKEN is not set: here is the prompt. See README.md for Discord.");
      await openPrompt();
      return;
    }
    const verbatim = await openVerbatim({
      config,
      onBuild: (why) => {
        console.error(`Building the index: ${why}.`);
      },
    });
    const ledger = await openLedger(config);
    await runBot({
      token,
      apiUrl,
      mentionChannels,
      library: verbatim,
      ledger,
      log: createLog(config.logLevel),
      signal: endOfProcess(),
      closeTimeoutMs: CLOSE_TIMEOUT_MS,
      onReady: (invite) => {
        console.error(`Ready. To add the bot to a server: ${invite}`);
      },
      onRefused: (why, retryMs) => {
        console.error(`${why} Trying again in ${retryMs / MS_PER_SECOND} s.`);
      },
    });
    await ledger.close();
    await verbatim.close();
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
