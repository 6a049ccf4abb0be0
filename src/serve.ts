/** The bot, from the ledger to the last answer. */
import { subscribe } from "node:diagnostics_channel";
import { runBot } from "./discord/gateway/reconnect.ts";
import type { Config } from "./config.ts";
import { openLedger } from "./ledger/ledger.ts";
import type { Logger } from "./log.ts";
import { unlessAborted } from "./promises.ts";
import { MODELS_CHANNEL } from "./trace.ts";
import type { Collection } from "./collections/collection.ts";

const MS_PER_SECOND = 1_000;

/** How often is looked for another index, in milliseconds: a file of a line is read. */
const FOLLOW_INTERVAL_MS = 2_000;

/** One shard of all, counted from 0. */
export interface Shard {
  readonly id: number;
  readonly total: number;
}

/** What the bot works with. */
export interface Serving {
  readonly token: string;
  /** The one that this process runs; all where undefined. */
  readonly shard: Shard | undefined;
  readonly config: Config;
  readonly log: Logger;
  /** Ends the bot. */
  readonly signal: AbortSignal;
  /** Work that is under way may take so long after the signal to end, in milliseconds. */
  readonly closeTimeoutMs: number;
}

/**
 * Answers on Discord until the signal.
 *
 * @param opening The ledger opens beside it.
 * @throws {UserError} that names what cannot be used, and the remedy; the signal's reason where it comes before the bot is ready.
 */
export async function serve(opening: Promise<Collection>, serving: Serving): Promise<void> {
  subscribe(MODELS_CHANNEL, (what) => {
    serving.log.error(what);
  });
  const { signal } = serving;
  const ledger = await unlessAborted(openLedger(serving.config), signal);
  try {
    const collection = await unlessAborted(opening, signal);
    if (collection.whyExact !== undefined) {
      serving.log.warn(`All vectors are looked at for each question: ${collection.whyExact}.`);
    }
    if (collection.whyUnread !== undefined) serving.log.warn(collection.whyUnread);
    for (const sentence of collection.notRead) serving.log.warn(sentence);
    const following = followIndex(collection, serving.log);
    try {
      const { apiUrl, mentionChannels } = serving.config.discord;
      await runBot({
        ...serving,
        apiUrl,
        mentionChannels,
        siteUrl: serving.config.site.siteUrl,
        collection,
        ledger,
        onReady: (invite) => {
          console.error(`Ready. To add the bot to a server: ${invite}`);
        },
        onRefused: (why, retryMs) => {
          console.error(`${why} Trying again in ${retryMs / MS_PER_SECOND} s.`);
        },
      });
    } finally {
      clearInterval(following);
    }
  } finally {
    await ledger.close();
  }
}

/** Puts each new index in use that another process builds or goes back to. */
function followIndex(collection: Collection, log: Logger): NodeJS.Timeout {
  let fault = "";
  return setInterval(() => {
    collection.refresh().then(
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
