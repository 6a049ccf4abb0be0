/** What is pinned in a channel, and may be gone. */
import { RESTJSONErrorCodes } from "discord.js";
import type { GuildTextBasedChannel, Message } from "discord.js";
import { MAX_PINS_ON_PAGE } from "../limits.ts";
import { hasCode } from "../post.ts";

/** All pins of a channel, the newest first. */
export async function pinsOf(channel: GuildTextBasedChannel): Promise<Message[]> {
  const pins: Message[] = [];
  let before: Date | undefined;
  for (let hasMore = true; hasMore;) {
    const page = await channel.messages.fetchPins({
      limit: MAX_PINS_ON_PAGE,
      cache: false,
      ...(before && { before }),
    });
    pins.push(...page.items.map(({ message }) => message));
    before = page.items.at(-1)?.pinnedAt;
    hasMore = page.hasMore && before !== undefined;
  }
  return pins;
}

/** Whether the bot wrote a message. */
export function isMine({ author, client }: Message): boolean {
  return author.id === client.user.id;
}

/** Waits for something to be done to a message; one that is gone needs it no more. */
export async function orGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!hasCode(error, RESTJSONErrorCodes.UnknownMessage)) throw error;
  }
}
