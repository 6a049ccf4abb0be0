/** Keeps the bot away from Discord's block: an address that sends 10,000 invalid requests (401, 403, 429) in ten minutes is shut out. */
import type { Logger } from "../../log.ts";

/** As many a process allows itself in ten minutes: others may share its address. */
const MAX_REFUSED = 5_000;

/** A request that would have to wait longer is not sent, in milliseconds: whoever asked is told rather than kept waiting. */
const MAX_WAIT_MS = 5_000;

/** The time, in milliseconds, and waiting for it. */
interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** What discord.js tells of, in milliseconds and requests since the ten minutes began. */
interface RefusedRequests {
  readonly count: number;
  readonly remainingTime: number;
}

/** A brake for requests. */
export interface RequestBrake {
  /** Slows down so far that the limit is not reached before the ten minutes end, even if every request were refused. */
  readonly slowDown: (refused: RefusedRequests) => void;
  /**
   * Waits until a request may be sent: at once, as long as few are refused.
   *
   * @throws {Error} if that would take too long.
   */
  readonly pass: () => Promise<void>;
}

/** Makes a brake that is released. */
export function prepareBrake(log: Logger, clock: Clock): RequestBrake {
  let gapMs = 0;
  let slowUntil = 0;
  let nextAt = 0;
  return {
    slowDown: ({ count, remainingTime }) => {
      slowUntil = clock.now() + remainingTime;
      gapMs = remainingTime / Math.max(1, MAX_REFUSED - count);
      const what = "Discord refuses many requests: they are sent more slowly";
      log.warn({ what, refused: count, gapMs: Math.ceil(gapMs), forMs: remainingTime });
    },
    pass: async () => {
      const now = clock.now();
      if (now >= slowUntil) return;
      const at = Math.max(now, nextAt);
      if (at - now > MAX_WAIT_MS) throw new Error("held back: Discord refuses too many requests");
      nextAt = at + gapMs;
      await clock.sleep(at - now);
    },
  };
}
