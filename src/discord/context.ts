/** What features work with. */
import type { Collection } from "../collections/collection.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Logger } from "../log.ts";
import { keepConversations } from "./conversations.ts";
import type { Conversations } from "./conversations.ts";
import { limitAskers } from "./cooldown.ts";

/** What every feature is given. */
export interface BotContext {
  readonly collection: Collection;
  readonly ledger: Ledger;
  readonly log: Logger;
  /** Where the reports can be read as pages, with a slash at its end; undefined where they cannot. */
  readonly siteUrl: string | undefined;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  /** When a user may ask again in a channel, in milliseconds of the clock; undefined if at once. */
  readonly tooSoonUntil: (user: string, channel: string | null) => number | undefined;
  /** What was asked last in direct conversations. */
  readonly conversations: Conversations;
  /** Does what has the same key one after the other, in this process. */
  readonly inTurn: (key: string, work: () => Promise<void>) => Promise<void>;
}

/** Prepares what features work with. */
export function prepareContext(
  parts: Pick<BotContext, "collection" | "ledger" | "log" | "siteUrl" | "now">,
): BotContext {
  const { now } = parts;
  return {
    ...parts,
    tooSoonUntil: limitAskers(now),
    conversations: keepConversations(now),
    inTurn: prepareTurns(),
  };
}

function prepareTurns(): BotContext["inTurn"] {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    last.set(key, mine);
    return mine.finally(() => {
      if (last.get(key) === mine) last.delete(key);
    });
  };
}
