/** Several shards on one machine: a process each, that is started again where it ends, and ends with the one that started it. */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { prepareBackoff } from "../../backoff.ts";
import { endWithThisProcess } from "../../childProcess.ts";
import type { ShardRange } from "../../config.ts";
import type { Logger } from "../../log.ts";

/** Which shards are run, and how. */
interface ShardOptions {
  /** The script that runs one shard, and the words behind it; behind these stands which it is, like 3/8. */
  readonly run: { readonly script: string; readonly words: readonly string[] };
  readonly shards: ShardRange;
  /** Ends them. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** Discord lets one shard in every five seconds, in milliseconds. */
const BETWEEN_STARTS_MS = 5_500;

/** A thousand connections in a day make Discord reset the token: one every five minutes stays far below. */
const BACKOFF = { freeLives: 1, firstMs: 5_000, longestMs: 300_000, steadyMs: 300_000 };

/**
 * Runs the shards until the signal, and lets them finish what is under way. A shard is told to end by the end of its channel to this
 * process, which comes by itself where this process is killed.
 */
export async function runShards(options: ShardOptions): Promise<void> {
  const { from, to } = options.shards;
  const ids = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  await Promise.all(ids.map((id, i) => keepRunning(id, i * BETWEEN_STARTS_MS, options)));
}

/** Runs one shard after a while, again and again until the signal. */
async function keepRunning(id: number, firstMs: number, options: ShardOptions): Promise<void> {
  const { signal, log } = options;
  const backoff = prepareBackoff(BACKOFF);
  for (let waitMs = firstMs; ;) {
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const startedAt = performance.now();
    const how = await runOne(id, options);
    waitMs = backoff(performance.now() - startedAt);
    if (how !== undefined) {
      log.warn({ what: "a shard's process ended", shard: id, how, againInMs: waitMs });
    }
  }
}

/** Runs the process of one shard to its end; how it ended, in words, unless it was told to. */
function runOne(id: number, { run, shards, signal }: ShardOptions): Promise<string | undefined> {
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = fork(run.script, [...run.words, `${id}/${shards.total}`], {
        execArgv: [...process.execArgv],
      });
    } catch (error) {
      // The system has no room for it now.
      resolve(String(error));
      return;
    }
    endWithThisProcess(child);
    const tellToEnd = (): void => {
      if (child.connected) child.disconnect();
    };
    const ended = (how: string): void => {
      signal.removeEventListener("abort", tellToEnd);
      resolve(signal.aborted ? undefined : how);
    };
    signal.addEventListener("abort", tellToEnd);
    child.once("error", ({ message }) => {
      ended(message);
    });
    child.once("exit", (code, by) => {
      ended(String(by ?? code));
    });
  });
}
