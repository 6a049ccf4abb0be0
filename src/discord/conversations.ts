/** What was asked last in each direct conversation: the next message there may lean on it. */
import { LRUCache } from "lru-cache";
import { MAX_SHOWN_QUESTION_CHARS } from "./cards/cardParts.ts";

/** The last question of a direct conversation. */
interface LastQuestion {
  readonly question: string;
  /** Discord's locale of whoever asked; messages do not say theirs. */
  readonly locale: string | undefined;
}

/** Direct conversations, by their channels' ids, in memory alone. */
export interface Conversations {
  /** What was answered there within the last minutes; undefined if nothing was. */
  last(channel: string): LastQuestion | undefined;
  /** Keeps what was answered last. */
  note(channel: string, asked: LastQuestion): void;
}

/** So long a message is taken for one to the bot, in milliseconds. */
const LISTENING_MS = 10 * 60_000;

/** Conversations that are kept: a quarter of a megabyte. */
const MAX_KEPT = 500;

/**
 * Keeps the last question of each direct conversation for ten minutes.
 *
 * @param now The clock, in milliseconds.
 */
export function keepConversations(now: () => number): Conversations {
  const kept = new LRUCache<string, LastQuestion & { readonly at: number }>({ max: MAX_KEPT });
  return {
    last: (channel) => {
      const known = kept.get(channel);
      return known && now() - known.at <= LISTENING_MS ? known : undefined;
    },
    note: (channel, { question, locale }) => {
      // As much as a card shows of it.
      kept.set(channel, {
        question: question.slice(0, MAX_SHOWN_QUESTION_CHARS),
        locale,
        at: now(),
      });
    },
  };
}
