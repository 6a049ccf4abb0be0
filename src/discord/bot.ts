/** The bot's life: it connects, answers, and ends without leaving a question half answered. */
import { setTimeout as sleep } from "node:timers/promises";
import { Events, GatewayIntentBits } from "discord.js";
import type { Client } from "discord.js";
import type { Collection } from "../collections/collection.ts";
import { UserError } from "../errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Logger } from "../log.ts";
import { inviteLink } from "./access.ts";
import { createClient } from "./client.ts";
import type { ClientOptions } from "./client.ts";
import { prepareContext } from "./context.ts";
import { isNetworkError, redact } from "./errorMessages.ts";
import { handleMessage } from "./features/answering.ts";
import { prepareRouter } from "./router.ts";
import { runDueTasks } from "./schedule.ts";

/** What the bot is started with. */
export interface BotOptions extends Omit<ClientOptions, "intents"> {
  readonly collection: Collection;
  readonly ledger: Ledger;
  readonly log: Logger;
  readonly token: string;
  /** Channels in which mentions are answered, by id. */
  readonly mentionChannels: readonly string[];
  /** The clock, in milliseconds. */
  readonly now?: (() => number) | undefined;
}

/** A bot that is connected. */
export interface Bot {
  /** The link by which it is added to a server. */
  readonly invite: string;
  /** Settles when Discord has ended the connection for good; until then the client reconnects by itself. */
  readonly lost: Promise<UserError>;
  /** Does now what is done from time to time. */
  runDueTasks(): Promise<void>;
  /** Takes nothing new, finishes what is under way, for at most `timeoutMs`, and disconnects. */
  close(timeoutMs: number): Promise<void>;
}

/** A farewell that Discord does not answer is waited for so long, in milliseconds: during an outage nobody hears it. */
const DISCONNECT_TIMEOUT_MS = 1_000;

/** How often is looked for what is due, in milliseconds. */
const TASKS_INTERVAL_MS = 60_000;

/**
 * Connects and answers until it is closed.
 *
 * @throws {UserError} if Discord cannot be reached, or refuses the token or the intents.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { token, mentionChannels, log, now = Date.now } = options;
  const client = createClient({ ...options, intents: intentsFor(mentionChannels) });
  const context = prepareContext({ ...options, now });
  const work = trackWork();
  const route = prepareRouter(context);
  const runTasks = () => runDueTasks(client, context);
  logFaults(client, log);
  client.on(Events.InteractionCreate, (interaction) => {
    work.take(() => route(interaction));
  });
  client.on(Events.MessageCreate, (message) => {
    work.take(() => handleMessage(message, mentionChannels, context));
  });
  const lost = untilLost(client);
  const applicationId = await connect(client, token);
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
      const timeout = sleep(DISCONNECT_TIMEOUT_MS, undefined, { ref: false });
      await Promise.race([client.destroy(), timeout]);
    },
  };
}

function intentsFor(mentionChannels: readonly string[]): GatewayIntentBits[] {
  const { Guilds, GuildMessages } = GatewayIntentBits;
  return mentionChannels.length > 0 ? [Guilds, GuildMessages] : [Guilds];
}

/** Work that is under way: it is taken until the end, and then waited for. */
interface Work {
  /** Begins work that is never rejected; not after the end. */
  take(begin: () => Promise<void>): void;
  /** Takes nothing new, and waits for what is under way, for at most `timeoutMs`. */
  end(timeoutMs: number): Promise<void>;
}

function trackWork(): Work {
  const underWay = new Set<Promise<void>>();
  let isEnding = false;
  return {
    take: (begin) => {
      if (isEnding) return;
      const work = begin();
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
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
  const logError = (error: Error): void => {
    log.error(redact(error));
  };
  client.on(Events.Error, logError);
  client.on(Events.ShardError, logError);
  client.on(Events.Warn, (warning) => {
    log.warn(warning);
  });
}

const REMEDY = "check DISCORD_TOKEN, and the bot's page in the developer portal.";

function untilLost(client: Client): Promise<UserError> {
  return new Promise((resolve) => {
    client.once(Events.ShardDisconnect, ({ code }) => {
      resolve(new UserError(`Discord has ended the connection (${code}): ${REMEDY}`));
    });
  });
}

/** Connects; gives the application's id. */
async function connect(client: Client, token: string): Promise<string> {
  const ready = new Promise<string>((resolve) => {
    client.once(Events.ClientReady, ({ application }) => {
      resolve(application.id);
    });
  });
  try {
    await client.login(token);
    return await ready;
  } catch (error) {
    await client.destroy();
    throw refusal(error);
  }
}

/** What the operator is told where no connection comes about. */
function refusal(error: unknown): UserError {
  const { text } = redact(error);
  const [reason = ""] = text.split("\n");
  return isNetworkError(error)
    ? new UserError(
        `Discord cannot be reached (${reason}): check the network, and DISCORD_API_URL.`,
        { cause: text },
      )
    : new UserError(`Discord refuses the bot (${reason}): ${REMEDY}`, { cause: text });
}
