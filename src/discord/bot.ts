/** The bot's life: it connects, answers, and ends without leaving a question half answered. */
import { Events, GatewayIntentBits } from "discord.js";
import type { Client } from "discord.js";
import type { Logger } from "pino";
import type { Ledger } from "../ledger/ledger.ts";
import { UserError } from "../errors.ts";
import { runDueTasks } from "./schedule.ts";
import { createClient } from "./client.ts";
import { prepareContext } from "./context.ts";
import { prepareDispatch } from "./router.ts";
import type { DispatchOptions } from "./router.ts";
import { isNetworkError, redact } from "./errorMessages.ts";
import type { Library } from "./context.ts";
import { inviteLink } from "./access.ts";

/** What the bot is started with. */
export interface BotOptions extends Omit<DispatchOptions, "desk"> {
  readonly collection: Library;
  readonly ledger: Ledger;
  readonly log: Logger;
  readonly token: string;
  readonly apiUrl?: string | undefined;
  /** The one shard that is run; all where undefined. */
  readonly shard?: { readonly id: number; readonly total: number } | undefined;
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

/** How often is looked for what is due, in milliseconds. */
const CHORES_INTERVAL_MS = 60_000;

/**
 * Connects and answers until it is closed.
 *
 * @throws {UserError} if Discord cannot be reached, or refuses the token or the intents.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const {
    token,
    apiUrl,
    shard,
    log,
    mentionChannels,
    collection,
    ledger,
    now = Date.now,
  } = options;
  const intents = [
    GatewayIntentBits.Guilds,
    ...(mentionChannels.length > 0 ? [GatewayIntentBits.GuildMessages] : []),
  ];
  const client = createClient({ apiUrl, intents, shard });
  const desk = prepareContext({ collection, ledger, log, now });
  const dispatch = prepareDispatch({ desk, mentionChannels });
  const underWay = new Set<Promise<void>>();
  let isClosing = false;
  const take = (start: () => Promise<void>): void => {
    if (isClosing) return;
    const work = start();
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  logFaults(client, log);
  client.on(Events.InteractionCreate, (interaction) => {
    take(() => dispatch.interaction(interaction));
  });
  client.on(Events.MessageCreate, (message) => {
    take(() => dispatch.message(message));
  });
  const lost = new Promise<UserError>((resolve) => {
    client.once(Events.ShardDisconnect, ({ code }) => {
      resolve(new UserError(`Discord has ended the connection (${code}): ${REMEDY}`));
    });
  });
  const applicationId = await connect(client, token);
  const chores = setInterval(() => {
    take(() => runDueTasks(client, desk));
  }, CHORES_INTERVAL_MS);
  take(() => runDueTasks(client, desk));
  return {
    invite: inviteLink(applicationId),
    lost,
    runDueTasks: () => runDueTasks(client, desk),
    close: async (timeoutMs) => {
      isClosing = true;
      clearInterval(chores);
      await Promise.race([Promise.allSettled(underWay), sleep(timeoutMs)]);
      await client.destroy();
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

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
