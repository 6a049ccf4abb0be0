/** Logging in, and how long a connection lasts: what is said where there is none. */
import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  RESTEvents,
} from "discord.js";
import type { Client } from "discord.js";
import { UserError } from "../../errors.ts";
import type { EndingClient } from "./client.ts";
import { reasonOf, redact } from "../errorMessages.ts";

/** Discord does not take the token. */
export class TokenRefusedError extends UserError {
  override readonly name = "TokenRefusedError";
}

/** How long a connection is waited for. */
interface ConnectOptions {
  readonly token: string;
  /** Ends the attempt. */
  readonly signal?: AbortSignal | undefined;
  /** See {@link untilLost}. */
  readonly lost: Promise<UserError>;
}

const PORTAL = "the bot's page in the developer portal";
const REMEDY = `check DISCORD_TOKEN, and ${PORTAL}.`;
const NETWORK_REMEDY = "check the network, and DISCORD_API_URL.";

/**
 * Connects; gives the application's id.
 *
 * @throws {UserError} if Discord cannot be reached, or refuses the token ({@link TokenRefusedError}) or the intents; then the client is at
 * its end.
 */
export async function connect(
  { client, end }: EndingClient,
  { token, signal, lost }: ConnectOptions,
): Promise<string> {
  const ready = new Promise<string>((resolve) => {
    client.once(Events.ClientReady, ({ application }) => {
      resolve(application.id);
    });
  });
  const gaveUp = new AbortController();
  const aborted = new Promise<UserError>((resolve) => {
    const giveUp = (): void => {
      resolve(new UserError("The connection was broken off."));
    };
    signal?.addEventListener("abort", giveUp, { signal: gaveUp.signal });
    if (signal?.aborted) giveUp();
  });
  try {
    const login = client.login(token).then(() => ready);
    const outcome = await Promise.race([login, lost, aborted]);
    if (typeof outcome === "string") return outcome;
    throw outcome;
  } catch (error) {
    await end();
    throw refusal(error);
  } finally {
    gaveUp.abort();
  }
}

/**
 * Settles when a connection, or the attempt at one, is over: Discord has closed it for good, has refused the token of a request, or has
 * been silent for `awayMs`. Until then discord.js connects again by itself.
 */
export function untilLost(client: Client, awayMs: number): Promise<UserError> {
  return new Promise((resolve) => {
    client.on(Events.ShardDisconnect, ({ code }) => {
      // Before, the login itself says why.
      if (!client.isReady()) return;
      resolve(new UserError(`Discord has ended the connection (${code}): ${REMEDY}`));
    });
    client.rest.on(RESTEvents.Response, ({ data }, { status }) => {
      // discord.js has forgotten the token by now: nothing could be sent any more.
      if (status === 401 && data.auth !== false && client.isReady()) {
        resolve(new UserError("Discord has refused the token of a request (401)."));
      }
    });
    watchShards(client, awayMs, () => {
      const seconds = Math.ceil(awayMs / 1_000);
      resolve(new UserError(`Discord cannot be reached (for ${seconds} s): ${NETWORK_REMEDY}`));
    });
  });
}

/** Tells when a shard has been away too long; the start counts anew with each shard that is ready. */
function watchShards(client: Client, awayMs: number, onAway: () => void): void {
  const timers = new Map<number | "start", NodeJS.Timeout>();
  const leave = (id: number | "start"): void => {
    if (!timers.has(id)) timers.set(id, setTimeout(onAway, awayMs).unref());
  };
  const comeBack = (id: number | "start"): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    timers.get("start")?.refresh();
  };
  leave("start");
  client.once(Events.ClientReady, () => {
    comeBack("start");
  });
  client.on(Events.ShardReconnecting, leave);
  client.on(Events.ShardReady, comeBack);
  client.on(Events.ShardResume, comeBack);
}

/** What the gateway says where it does not take what the bot asks for; @discordjs/ws has no codes for it. */
const REFUSED = /^(?:Authentication failed|Invalid shard|Sharding is required|Used )/u;

/** What the operator is told where no connection comes about. All that is no plain refusal may pass. */
function refusal(error: unknown): UserError {
  if (error instanceof UserError) return error;
  const reason = reasonOf(error);
  const options = { cause: redact(error).text };
  if (isTokenRefused(error)) {
    return new TokenRefusedError(`Discord refuses the bot (${reason}): ${REMEDY}`, options);
  }
  const isRefused =
    error instanceof DiscordAPIError || (error instanceof Error && REFUSED.test(error.message));
  return isRefused
    ? new UserError(`Discord refuses the bot (${reason}): ${REMEDY}`, options)
    : new UserError(`Discord cannot be reached (${reason}): ${NETWORK_REMEDY}`, options);
}

function isTokenRefused(error: unknown): boolean {
  if (error instanceof DiscordjsError) return error.code === DiscordjsErrorCodes.TokenInvalid;
  return error instanceof Error && error.message === "Authentication failed";
}
