/** Several shards on one machine: a process each, that is started again where it ends. */
import { once } from "node:events";
import { ShardEvents, ShardingManager } from "discord.js";
import type { Logger } from "../log.ts";

/** Which shards are run, and how. */
interface ShardOptions {
  /** The script that runs one shard, and the words behind it. */
  readonly run: { readonly script: string; readonly words: readonly string[] };
  readonly token: string;
  /** The first and the last shard, of all machines' total. */
  readonly shards: { readonly from: number; readonly to: number; readonly total: number };
  /** Ends them. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Processes that are asked to end may take so long, in milliseconds. */
  readonly closeTimeoutMs: number;
}

/** Runs the shards until the signal, then lets them finish what is under way. */
export async function runShards(options: ShardOptions): Promise<void> {
  const { run, token, shards, signal, log, closeTimeoutMs } = options;
  const { from, to, total } = shards;
  const manager = new ShardingManager(run.script, {
    shardArgs: [...run.words],
    token,
    totalShards: total,
    shardList: Array.from({ length: to - from + 1 }, (_, i) => from + i),
    execArgv: [...process.execArgv],
  });
  manager.on("shardCreate", (shard) => {
    shard.on(ShardEvents.Death, () => {
      if (!signal.aborted) log.warn({ what: "a shard's process ended", shard: shard.id });
    });
    shard.on(ShardEvents.Error, (error) => {
      log.error({ what: "a shard does not start", shard: shard.id, error: error.message });
    });
  });
  // A shard that Discord refuses waits and tries again by itself: nothing here runs out of patience.
  void manager.spawn({ timeout: -1 }).catch((error: unknown) => {
    log.error({ what: "shards were not started", error: String(error) });
  });
  if (!signal.aborted) await once(signal, "abort");
  manager.respawn = false;
  await endAll(manager, closeTimeoutMs);
}

/** Asks the processes to end, and makes them where they take too long. */
async function endAll({ shards }: ShardingManager, timeoutMs: number): Promise<void> {
  const processes = shards.map(({ process: it }) => it).filter((it) => it !== null);
  const ended = Promise.all(processes.map((it) => once(it, "exit")));
  for (const it of processes) it.kill("SIGTERM");
  const timer = setTimeout(() => {
    for (const it of processes) it.kill("SIGKILL");
  }, timeoutMs);
  await ended;
  clearTimeout(timer);
}
