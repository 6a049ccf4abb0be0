/** Acknowledging first and answering after, whatever becomes of the acknowledgement. */
import { DiscordAPIError, HTTPError, MessageFlags, RESTJSONErrorCodes } from "discord.js";
import type {
  ButtonInteraction,
  Message,
  MessageComponentInteraction,
  ModalBuilder,
  ModalSubmitInteraction,
  RepliableInteraction,
} from "discord.js";
import type { CardMessage } from "./cards/cardParts.ts";
import { cutText } from "./escape.ts";
import { MAX_CONTENT_CHARS } from "./limits.ts";

/** An interaction that is answered with a message. */
export type Answerable = RepliableInteraction;

/** What came of an acknowledgement: `gone` if the interaction can no longer be answered. */
export type Acknowledgement = "acknowledged" | "gone";

/** Acknowledges with a message that is thinking; others see it unless it is private. */
export async function acknowledge(
  interaction: Answerable,
  isPrivate: boolean,
): Promise<Acknowledgement> {
  return tryAcknowledge(() =>
    interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {}),
  );
}

/** Acknowledges what is done in the message it was asked in: the answer takes that message's place. */
export async function acknowledgeInPlace(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
): Promise<Acknowledgement> {
  return tryAcknowledge(() => interaction.deferUpdate());
}

/** Answers a button at once with a form. */
export async function showForm(interaction: ButtonInteraction, form: ModalBuilder): Promise<void> {
  await tryAcknowledge(() => interaction.showModal(form));
}

/** Answers what was acknowledged; the message's own flag for privacy no longer counts. */
export async function showCard(
  interaction: Answerable,
  { components }: CardMessage,
): Promise<Message> {
  // Not editReply: after an acknowledgement whose answer was lost discord.js believes that there was none.
  return sendTwice(() =>
    interaction.webhook.editMessage("@original", {
      components: [...components],
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
    }),
  );
}

/** Answers what was acknowledged in plain words. */
export async function showText(interaction: Answerable, text: string): Promise<void> {
  await sendTwice(() =>
    interaction.webhook.editMessage("@original", {
      content: cutText(text, MAX_CONTENT_CHARS),
      allowedMentions: { parse: [] },
    }),
  );
}

/** Answers at once, seen by the asker alone. */
export async function replyText(interaction: Answerable, text: string): Promise<void> {
  await tryAcknowledge(() =>
    interaction.reply({
      content: cutText(text, MAX_CONTENT_CHARS),
      flags: MessageFlags.Ephemeral,
      allowedMentions: { parse: [] },
    }),
  );
}

/** Answers at once with a card, seen by the asker alone. */
export async function replyCard(interaction: Answerable, card: CardMessage): Promise<void> {
  await tryAcknowledge(() =>
    interaction.reply({
      components: [...card.components],
      flags: [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral],
      allowedMentions: { parse: [] },
    }),
  );
}

/** Puts another card in the place of the one whose button was pressed. */
export async function replaceCard(
  interaction: ButtonInteraction,
  card: CardMessage,
): Promise<void> {
  await tryAcknowledge(() =>
    interaction.update({
      components: [...card.components],
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
    }),
  );
}

/** Puts a card beside the answer, for all to see. Before the answer Discord would take it for the answer. */
export async function postCard(interaction: Answerable, card: CardMessage): Promise<Message> {
  return interaction.followUp({
    components: [...card.components],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
  });
}

/**
 * An interaction that Discord no longer knows cannot be answered; one that is acknowledged already is ours, by an attempt whose answer was
 * lost.
 */
async function tryAcknowledge(acknowledging: () => Promise<unknown>): Promise<Acknowledgement> {
  try {
    await sendTwice(acknowledging);
    return "acknowledged";
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.UnknownInteraction)) return "gone";
    if (hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) {
      return "acknowledged";
    }
    throw error;
  }
}

/**
 * Sends again what may be sent twice, where the connection broke: discord.js does so itself after a refusal or a timeout, but not after
 * this.
 */
async function sendTwice<T>(send: () => Promise<T>): Promise<T> {
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
