/** npm start: runs the Discord bot; without a token it opens the prompt on the terminal. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { ShardRange } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { openProgram } from "../src/main.ts";
import { inBackground, unlessAborted } from "../src/promises.ts";
import type { Serving, Shard } from "../src/serve.ts";
import { readSettings, sayBuilding } from "./command.ts";
import { askToEnd, endOfProcess, listenNoMore } from "./endOfProcess.ts";

/** Work that is under way may take so long after a signal to end, in milliseconds. */
const CLOSE_TIMEOUT_MS = 7_000;

export const command = new Command("start")
  .description("Answers questions on Discord; without DISCORD_TOKEN, at a prompt.")
  .addHelpText(
    "after",
    `
Examples:
  verbatim start
  SHARDS=4 verbatim start
  SHARDS=0-3/8 verbatim start`,
  )
  .addOption(
    new Option("--shard <ID/TOTAL>", "the shard that this process runs for the one that started it")
      .argParser(parseShard)
      .hideHelp(),
  )
  .action(async ({ shard }: { readonly shard?: Shard }) => {
    if (shard) endWithItsStarter();
    const config = readSettings({});
    const { token, shards } = config.discord;
    if (token === undefined) {
      listenNoMore();
      console.error("DISCORD_TOKEN is not set: here is the prompt. See README.md for Discord.");
      const { ask } = await import("./ask.ts");
      await ask([], {});
      return;
    }
    const log = createLog(config.logLevel);
    const run = { token, shard, config, signal: endOfProcess, log };
    await (shards && !shard ? startShards(shards, run) : startBot(run));
    // What was broken off, such as a connection that was being made, would keep the process alive.
    if (endOfProcess.aborted) process.exit(0);
  });

/** What the bot is run with. */
type Run = Omit<Serving, "closeTimeoutMs">;

async function startShards(shards: ShardRange, { signal, log }: Run): Promise<void> {
  const { runShards } = await import("../src/discord/gateway/shards.ts");
  const [, script = ""] = process.argv;
  await runShards({ run: { script, words: ["start", "--shard"] }, shards, signal, log });
}

async function startBot(run: Run): Promise<void> {
  const { config, signal } = run;
  const opening = inBackground(
    openProgram({
      config,
      // Apart from the bot: what goes wrong in native code ends a process that can be started again.
      encoderOptions: { worker: "process" },
      onBuild: sayBuilding,
      signal,
    }),
  );
  try {
    // Loaded beside the model.
    const { serve } = await unlessAborted(import("../src/serve.ts"), signal);
    await serve(opening, { ...run, closeTimeoutMs: CLOSE_TIMEOUT_MS });
  } catch (error) {
    // What is broken off at the signal gives its reason.
    if (!signal.aborted || error !== signal.reason) throw error;
  } finally {
    const collection = await opening.catch(() => undefined);
    await collection?.close();
  }
}

/** Ends this process when its channel to the one that started it does: that one asks it to, or is gone. */
function endWithItsStarter(): void {
  if (!process.connected) askToEnd();
  process.once("disconnect", askToEnd);
  // Whoever listens to a channel would stay for it.
  process.channel?.unref();
}

function parseShard(value: string): Shard {
  const [id = NaN, total = NaN] = value.split("/").map(Number);
  if (Number.isInteger(id) && Number.isInteger(total)) return { id, total };
  throw new InvalidArgumentError("Expected a shard and how many there are, like 3/8.");
}
