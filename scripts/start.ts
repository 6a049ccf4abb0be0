/** npm start: runs the Discord bot; without a token it opens the prompt on the terminal. */
import { existsSync } from "node:fs";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import type { Logger } from "pino";
import type { Config } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { openVerbatim } from "../src/main.ts";
import type { Verbatim } from "../src/verbatim.ts";
import { runBot } from "../src/discord/run.ts";
import { runShards } from "../src/discord/shards.ts";
import { openLedger } from "../src/ledger/ledger.ts";
import type { Ledger } from "../src/ledger/ledger.ts";
import { readSettings, runCommand } from "./command.ts";

/** Work that is under way may take so long after a signal to end, in milliseconds. */
const CLOSE_TIMEOUT_MS = 8_000;
const MS_PER_SECOND = 1_000;

/** How often is looked for another index, in milliseconds: a file of a line is read. */
const FOLLOW_INTERVAL_MS = 2_000;

const command = new Command("start")
  .description("Answers questions on Discord; without DISCORD_TOKEN, at a prompt.")
  .action(async () => {
    const config = readSettings({});
    const { token, shards } = config.discord;
    const log = createLog(config.logLevel);
    const signal = endOfProcess();
    if (token === undefined) {
      console.error("DISCORD_TOKEN is not set: here is the prompt. See README.md for Discord.");
      await openPrompt();
      return;
    }
    if (shards) {
      const script = fileURLToPath(import.meta.url);
      await runShards({ script, token, shards, signal, log, closeTimeoutMs: 2 * CLOSE_TIMEOUT_MS });
      return;
    }
    const ledger = await openLedger(config);
    try {
      await serve(token, { config, ledger, log, signal });
    } finally {
      await ledger.close();
    }
  });

await runCommand(command);

interface Serving {
  readonly config: Config;
  readonly ledger: Ledger;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Answers on Discord until the signal. */
async function serve(token: string, { config, ledger, log, signal }: Serving): Promise<void> {
  const { apiUrl, mentionChannels, shard } = config.discord;
  const verbatim = await openVerbatim({
    config,
    onBuild: (why) => {
      console.error(`Building the index: ${why}.`);
    },
  });
  const following = followIndex(verbatim, log);
  await runBot({
    token,
    apiUrl,
    mentionChannels,
    shard,
    library: verbatim,
    ledger,
    log,
    signal,
    closeTimeoutMs: CLOSE_TIMEOUT_MS,
    onReady: (invite) => {
      console.error(`Ready. To add the bot to a server: ${invite}`);
    },
    onRefused: (why, retryMs) => {
      console.error(`${why} Trying again in ${retryMs / MS_PER_SECOND} s.`);
    },
  });
  clearInterval(following);
  await verbatim.close();
}

/** Puts each new index in use that another process builds or goes back to. */
function followIndex(verbatim: Verbatim, log: Logger): NodeJS.Timeout {
  let fault = "";
  return setInterval(() => {
    verbatim.refresh().then(
      (isNew) => {
        fault = "";
        if (isNew) console.error("A new index is in use.");
      },
      (error: unknown) => {
        // Said once, not every two seconds.
        if (String(error) !== fault) log.error(error);
        fault = String(error);
      },
    );
  }, FOLLOW_INTERVAL_MS);
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
