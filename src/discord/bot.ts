/** The bot's life: it connects, answers, and ends without leaving a question half answered. */
import { Events, GatewayIntentBits } from "discord.js";
import type { Client } from "discord.js";
import { UserError } from "../errors.ts";
import { createClient } from "./client.ts";
import { prepareDispatch } from "./dispatch.ts";
import type { DispatchOptions } from "./dispatch.ts";
import { isOfTheNetwork, withoutTokens } from "./faults.ts";
import { inviteLink } from "./permissions.ts";

/** What the bot is started with. */
export interface BotOptions extends DispatchOptions {
  readonly token: string;
  readonly apiUrl?: string | undefined;
}

/** A bot that is connected. */
export interface Bot {
  /** The link by which it is added to a server. */
  readonly invite: string;
  /** Settles when Discord has ended the connection for good; until then the client reconnects by itself. */
  readonly lost: Promise<UserError>;
  /** Takes nothing new, finishes what is under way, for at most `timeoutMs`, and disconnects. */
  close(timeoutMs: number): Promise<void>;
}

/**
 * Connects and answers until it is closed.
 *
 * @throws {UserError} if Discord cannot be reached, or refuses the token or the intents.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { token, apiUrl, log, mentionChannels } = options;
  const intents = [
    GatewayIntentBits.Guilds,
    ...(mentionChannels.length > 0 ? [GatewayIntentBits.GuildMessages] : []),
  ];
  const client = createClient({ apiUrl, intents });
  const dispatch = prepareDispatch(options);
  const underWay = new Set<Promise<void>>();
  let isClosing = false;
  const take = (start: () => Promise<void>): void => {
    if (isClosing) return;
    const work = start();
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  // Without a listener an error would end the process.
  const logError = (error: Error): void => {
    log.error(withoutTokens(error));
  };
  client.on(Events.Error, logError);
  client.on(Events.ShardError, logError);
  client.on(Events.Warn, (warning) => {
    log.warn(warning);
  });
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
  return {
    invite: inviteLink(applicationId),
    lost,
    close: async (timeoutMs) => {
      isClosing = true;
      await Promise.race([Promise.allSettled(underWay), sleep(timeoutMs)]);
      await client.destroy();
    },
  };
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
  const { text } = withoutTokens(error);
  const [reason = ""] = text.split("\n");
  return isOfTheNetwork(error)
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
