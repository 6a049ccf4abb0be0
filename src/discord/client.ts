import { Client, Options } from "discord.js";
import type { GatewayIntentBits } from "discord.js";

/** How the bot reaches Discord. */
export interface ClientOptions {
  /** The API's root; Discord's own where not given. */
  readonly apiUrl?: string | undefined;
  /** What Discord tells the bot of. */
  readonly intents: readonly GatewayIntentBits[];
  /** The one shard of the client; as many as Discord asks for where undefined. */
  readonly shard?: { readonly id: number; readonly total: number } | undefined;
}

/** Until an unavailable server no longer delays the others, in milliseconds: an interaction waits three seconds at most. */
const WAIT_GUILD_TIMEOUT_MS = 500;

/** A lost answer to a request is asked for again after this, in milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Refusals (401, 403, 429) in ten minutes after which the log warns; Discord blocks an address at 10,000. */
const INVALID_REQUEST_WARNING = 100;

/** How often discord.js forgets the queues of answered interactions, one each, in milliseconds; its default is an hour. */
const HANDLER_SWEEP_INTERVAL_MS = 60_000;

/** Makes a client that keeps little in memory, pings nobody and unfolds no link. */
export function createClient({ apiUrl, intents, shard }: ClientOptions): Client {
  return new Client({
    intents,
    // Said in any case: else discord.js reads SHARDS for itself.
    shards: shard ? [shard.id] : "auto",
    ...(shard && { shardCount: shard.total }),
    allowedMentions: { parse: [], repliedUser: false },
    waitGuildTimeout: WAIT_GUILD_TIMEOUT_MS,
    rest: {
      ...(apiUrl !== undefined && { api: apiUrl }),
      timeout: REQUEST_TIMEOUT_MS,
      invalidRequestWarningInterval: INVALID_REQUEST_WARNING,
      handlerSweepInterval: HANDLER_SWEEP_INTERVAL_MS,
    },
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildBanManager: 0,
      GuildInviteManager: 0,
      ThreadMemberManager: 0,
      StageInstanceManager: 0,
      GuildScheduledEventManager: 0,
      AutoModerationRuleManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      // The bot's own member and user stay.
      GuildMemberManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
      UserManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
    }),
  });
}
