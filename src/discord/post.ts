/** Messages that the bot sends to channels, and what sending anything to Discord has in common. */
import { DiscordAPIError, HTTPError } from "discord.js";
import type { Client, Message } from "discord.js";
import type { CardMessage } from "./cards/cardParts.ts";
import { payloadOf, plainPayloadOf } from "./cards/payload.ts";

/** Answers a message, for all to see, with a card or in plain words; gives the answer's id. */
export async function replyToMessage(
  message: Message,
  answer: CardMessage | string,
): Promise<string> {
  const payload = {
    ...(typeof answer === "string" ? plainPayloadOf(answer) : payloadOf(answer)),
    failIfNotExists: false,
    // Sent again, or told of the message again, Discord answers with the reply that is there.
    nonce: message.id,
    enforceNonce: true,
  };
  const { id } = await sendTwice(() => message.reply(payload));
  return id;
}

/** Where a card is posted: in a channel, as a reply to a message where one is given. */
export interface PostPlace {
  readonly channel: string;
  readonly message?: string;
  /** Another attempt with the same nonce is given the first one's message, not a second one; at most 25 characters. */
  readonly nonce: string;
}

/** Posts a card; pings nobody but `pinged`, a user's id. */
export async function postCard(
  client: Client,
  { channel: id, message, nonce }: PostPlace,
  card: CardMessage,
  pinged?: string,
): Promise<Message> {
  const channel = await client.channels.fetch(id);
  if (channel?.isSendable() !== true) throw new Error(`channel ${id} takes no messages`);
  const payload = {
    ...payloadOf(card, pinged),
    ...(message !== undefined && { reply: { messageReference: message, failIfNotExists: false } }),
    nonce,
    enforceNonce: true,
  };
  const send = (): Promise<Message> => channel.send(payload);
  return sendTwice(send);
}

/** Puts another card in the place of a message of the bot's. */
export async function editCard(
  client: Client,
  { channel: id, message }: { readonly channel: string; readonly message: string },
  card: CardMessage,
): Promise<void> {
  const channel = await client.channels.fetch(id);
  if (channel?.isTextBased() === true) await channel.messages.edit(message, payloadOf(card));
}

/**
 * Sends again what may be sent twice, where the connection broke: discord.js does so itself after a refusal or a timeout, but not after
 * this.
 */
export async function sendTwice<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof DiscordAPIError || error instanceof HTTPError) throw error;
    return send();
  }
}

/** Whether an error is Discord's refusal with a code of its list. */
export function hasCode(error: unknown, code: number): error is DiscordAPIError {
  return error instanceof DiscordAPIError && error.code === code;
}
