/** Keeps the bot connected: again after each refusal, ever later. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../errors.ts";
import { startBot } from "../bot.ts";
import type { BotOptions } from "../bot.ts";
import { prepareBackoff } from "../../backoff.ts";
import type { Backoff } from "../../backoff.ts";
import { TokenRefusedError } from "./connection.ts";

/** How long a bot is kept running, and what is said meanwhile. */
interface RunOptions extends BotOptions {
  /** Ends the bot. */
  readonly signal: AbortSignal;
  /** Told each time it is connected, with the link by which it is added to a server. */
  readonly onReady: (invite: string) => void;
  /** Told why it is not, and when it tries again, in milliseconds from then. */
  readonly onRefused: (why: string, retryMs: number) => void;
  readonly backoff?: Backoff | undefined;
  /** Work that is under way at the end may take so long, in milliseconds. */
  readonly closeTimeoutMs: number;
}

/** A thousand connections in a day make Discord reset the token: one every five minutes stays far below. */
const BACKOFF: Backoff = {
  freeLives: 0,
  firstMs: 5_000,
  longestMs: 300_000,
  steadyMs: 300_000,
};

/**
 * Keeps the bot connected until the signal, waiting longer after each refusal: a supervisor that restarts it could not.
 *
 * @throws {UserError} if Discord no longer takes a token that it has taken: another one is needed, which only a new start reads.
 */
export async function runBot(options: RunOptions): Promise<void> {
  const { signal, onReady, onRefused, backoff = BACKOFF } = options;
  const aborted = once(signal, "abort");
  const waitAfter = prepareBackoff(backoff);
  let connections = 0;
  const run = {
    ...options,
    onReady: (invite: string) => {
      connections += 1;
      onReady(invite);
    },
  };
  while (!signal.aborted) {
    const started = performance.now();
    const end = await connectOnce(run, aborted);
    if (end === undefined) return;
    if (end instanceof TokenRefusedError && connections > 0) throw tokenChanged(end);
    const retryMs = waitAfter(performance.now() - started);
    onRefused(end.message, retryMs);
    await sleep(retryMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One connection, from its beginning to its end; why it ended, undefined if it was told to. */
async function connectOnce(
  options: RunOptions,
  aborted: Promise<unknown>,
): Promise<UserError | undefined> {
  try {
    const ending = aborted.then(() => undefined);
    // What is told to end while it connects goes with its process.
    const bot = await Promise.race([ending, startBot(options)]);
    if (bot === undefined) return undefined;
    options.onReady(bot.invite);
    const end = await Promise.race([ending, bot.lost]);
    await bot.close(options.closeTimeoutMs);
    return end;
  } catch (error) {
    if (options.signal.aborted) return undefined;
    if (error instanceof UserError) return error;
    throw error;
  }
}

function tokenChanged(cause: UserError): UserError {
  return new UserError(
    "Discord no longer takes the token: put the new one into DISCORD_TOKEN, and start the bot again.",
    { cause },
  );
}
