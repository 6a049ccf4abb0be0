/** The client of Discord's, made so that it keeps little, says no more than it must and ends when it is told to. */
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DefaultRestOptions, Options, Partials, RESTEvents } from "discord.js";
import type { GatewayIntentBits, RESTOptions } from "discord.js";
import type { Logger } from "../../log.ts";
import { bounded, logFault, wrapMethod } from "./boundary.ts";
import { BoundedShards } from "./gateway.ts";
import { prepareBrake } from "./requestBrake.ts";
import type { RequestBrake } from "./requestBrake.ts";

/** How the bot reaches Discord. */
export interface ClientOptions {
  /** The API's root; Discord's own where not given. */
  readonly apiUrl?: string | undefined;
  /** What Discord tells the bot of. */
  readonly intents: readonly GatewayIntentBits[];
  /** The one shard of the client; as many as Discord asks for where undefined. */
  readonly shard?: { readonly id: number; readonly total: number } | undefined;
  readonly log: Logger;
  /** A lost answer to a request is asked for again after this, in milliseconds. */
  readonly requestTimeoutMs?: number | undefined;
}

/** A client, and its end. */
export interface EndingClient {
  readonly client: Client;
  /** Breaks off what is under way and disconnects, within a second or so; nothing comes back after it. */
  readonly end: () => Promise<void>;
}

/** Until an unavailable server no longer delays the others, in milliseconds: an interaction waits three seconds at most. */
const WAIT_GUILD_TIMEOUT_MS = 500;

const REQUEST_TIMEOUT_MS = 10_000;

/** Refusals (401, 403, 429) in ten minutes after which, and after as many again, requests are slowed down. */
const INVALID_REQUEST_WARNING = 100;

/** How often discord.js forgets the queues of answered interactions, one each, in milliseconds; its default is an hour. */
const HANDLER_SWEEP_INTERVAL_MS = 60_000;

/** How long to wait after a 429 that does not say how long, in milliseconds: discord.js would not wait at all. */
const UNSAID_WAIT_MS = 1_000;

/** Nothing but the bot's own member and user stays in memory. */
const CACHES = Options.cacheWithLimits({
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
  GuildMemberManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
  UserManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
});

/** Makes a client that keeps little in memory, pings nobody and unfolds no link. */
export function createClient(options: ClientOptions): EndingClient {
  const { apiUrl, intents, shard, log, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const report = logFault(log, "Discord told of something that could not be read");
  const brake = prepareBrake(log, { now: Date.now, sleep });
  const client = new Client({
    intents,
    // A direct conversation is told of by its first message alone.
    partials: [Partials.Channel],
    // Said in any case: else discord.js reads SHARDS for itself.
    shards: shard ? [shard.id] : "auto",
    ...(shard && { shardCount: shard.total }),
    allowedMentions: { parse: [], repliedUser: false },
    waitGuildTimeout: WAIT_GUILD_TIMEOUT_MS,
    ws: { buildStrategy: (manager) => new BoundedShards(manager, { signal, report }) },
    rest: {
      ...(apiUrl !== undefined && { api: apiUrl }),
      timeout: requestTimeoutMs,
      invalidRequestWarningInterval: INVALID_REQUEST_WARNING,
      handlerSweepInterval: HANDLER_SWEEP_INTERVAL_MS,
      makeRequest: requester(brake, signal),
    },
    makeCache: CACHES,
  });
  client.rest.on(RESTEvents.InvalidRequestWarning, brake.slowDown);
  // What came before all servers were known is worked off later, where nobody else catches what is thrown.
  wrapMethod(client.ws, "handlePacket", (call) => bounded(call, report));
  return {
    client,
    end: async () => {
      ending.abort();
      await client.destroy();
    },
  };
}

/** Answers to interactions are never held back: few of them are refused, and somebody waits. */
const IS_ANSWER = /\/(?:interactions|webhooks)\/\d+\//u;

/** Sends requests until the signal, slowed down where many are refused. */
function requester(brake: RequestBrake, ended: AbortSignal): RESTOptions["makeRequest"] {
  return async (url, init) => {
    if (!IS_ANSWER.test(url)) await brake.pass();
    const signal = init.signal ? AbortSignal.any([init.signal, ended]) : ended;
    const response = await DefaultRestOptions.makeRequest(url, { ...init, signal });
    if (response.status === 429 && !response.headers.has("retry-after")) {
      await sleep(UNSAID_WAIT_MS, undefined, { signal });
    }
    return response;
  };
}
