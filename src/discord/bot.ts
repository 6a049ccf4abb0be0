/** The bot's life: it connects, answers, and ends without leaving a question half answered. */
import { setTimeout as sleep } from "node:timers/promises";
import { Events, GatewayIntentBits } from "discord.js";
import type { Client } from "discord.js";
import type { Collection } from "../collections/collection.ts";
import type { UserError } from "../errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Logger } from "../log.ts";
import { inviteLink } from "./access.ts";
import { bounded, logFault } from "./gateway/boundary.ts";
import { createClient } from "./gateway/client.ts";
import type { ClientOptions } from "./gateway/client.ts";
import { connect, untilLost } from "./gateway/connection.ts";
import { prepareContext } from "./context.ts";
import { redact } from "./errorMessages.ts";
import { handleMessage } from "./features/answeringMessages.ts";
import { prepareRouter } from "./router.ts";
import { runDueTasks } from "./schedule.ts";

/** What the bot is started with. */
export interface BotOptions extends Omit<ClientOptions, "intents"> {
  readonly collection: Collection;
  readonly ledger: Ledger;
  readonly token: string;
  /** Ends an attempt to connect. */
  readonly signal?: AbortSignal | undefined;
  /** A shard that has been away for so long is given up, and the connection with it, in milliseconds. */
  readonly awayMs?: number | undefined;
  /** Channels in which mentions are answered, by id. */
  readonly mentionChannels: readonly string[];
  /** Where the reports can be read as pages, with a slash at its end. */
  readonly siteUrl?: string | undefined;
  /** The clock, in milliseconds. */
  readonly now?: (() => number) | undefined;
}

/** A bot that is connected. */
export interface Bot {
  /** The link by which it is added to a server. */
  readonly invite: string;
  /** Settles when the connection has ended for good; until then the client reconnects by itself. */
  readonly lost: Promise<UserError>;
  /** Does now what is done from time to time. */
  runDueTasks(): Promise<void>;
  /** Takes nothing new, finishes what is under way, for at most `timeoutMs`, and disconnects. */
  close(timeoutMs: number): Promise<void>;
}

/** How often is looked for what is due, in milliseconds. */
const TASKS_INTERVAL_MS = 60_000;

/** discord.js connects again twice a second: after this the waits between attempts grow, in milliseconds. */
const AWAY_MS = 60_000;

/**
 * Connects and answers until it is closed.
 *
 * @throws {UserError} if Discord cannot be reached, or refuses the token or the intents.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { token, mentionChannels, siteUrl, signal, log } = options;
  const { awayMs = AWAY_MS, now = Date.now } = options;
  const ending = createClient({ ...options, intents: intentsFor(mentionChannels) });
  const { client, end } = ending;
  const context = prepareContext({ ...options, siteUrl, now });
  const work = trackWork(log);
  const route = prepareRouter(context);
  const runTasks = () => runDueTasks(client, context);
  logFaults(client, log);
  client.on(Events.InteractionCreate, (interaction) => {
    work.take(() => route(interaction));
  });
  client.on(Events.MessageCreate, (message) => {
    work.take(() => handleMessage(message, mentionChannels, context));
  });
  const lost = untilLost(client, awayMs);
  const applicationId = await connect(ending, { token, signal, lost });
  work.take(runTasks);
  const tasks = setInterval(() => {
    work.take(runTasks);
  }, TASKS_INTERVAL_MS);
  return {
    invite: inviteLink(applicationId),
    lost,
    runDueTasks: runTasks,
    close: async (timeoutMs) => {
      clearInterval(tasks);
      await work.end(timeoutMs);
      await end();
    },
  };
}

/** What is said to the bot itself it hears in any case, in servers only where mentions are answered. */
function intentsFor(mentionChannels: readonly string[]): GatewayIntentBits[] {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  return mentionChannels.length > 0
    ? [Guilds, DirectMessages, GuildMessages]
    : [Guilds, DirectMessages];
}

/** Work that is under way: it is taken until the end, and then waited for. */
interface Work {
  /** Begins work, not after the end; what goes wrong in it is logged. */
  take(begin: () => Promise<void>): void;
  /** Takes nothing new, and waits for what is under way, for at most `timeoutMs`. */
  end(timeoutMs: number): Promise<void>;
}

function trackWork(log: Logger): Work {
  const report = logFault(log, "an event led to a fault");
  const underWay = new Set<Promise<void>>();
  let isEnding = false;
  return {
    take: (begin) => {
      if (isEnding) return;
      const work = Promise.resolve(bounded(begin, report)).then(() => {
        underWay.delete(work);
      });
      underWay.add(work);
    },
    end: async (timeoutMs) => {
      isEnding = true;
      const timeout = sleep(timeoutMs, undefined, { ref: false });
      await Promise.race([Promise.allSettled(underWay), timeout]);
    },
  };
}

/** Without a listener an error would end the process. */
function logFaults(client: Client, log: Logger): void {
  client.on(Events.Error, (error) => {
    log.error(redact(error));
  });
  let isAway = false;
  client.on(Events.ShardError, (error) => {
    // Said once an outage, not with each attempt.
    if (!isAway) log.error(redact(error));
    isAway = true;
  });
  for (const event of [Events.ShardReady, Events.ShardResume] as const) {
    client.on(event, () => (isAway = false));
  }
  client.on(Events.Warn, (warning) => {
    log.warn(warning);
  });
}
