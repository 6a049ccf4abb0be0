/** All that the bot sends, except pins: acknowledging first and answering after, whatever becomes of the acknowledgement. */
import { DiscordAPIError, HTTPError, MessageFlags, RESTJSONErrorCodes } from "discord.js";
import type {
  ApplicationCommandOptionChoiceData,
  AutocompleteInteraction,
  ButtonInteraction,
  Client,
  Interaction,
  Message,
  ModalBuilder,
  RepliableInteraction,
} from "discord.js";
import { renderNotice } from "./cards/cardParts.ts";
import type { CardMessage } from "./cards/cardParts.ts";
import type { BotContext } from "./context.ts";
import { explain, redact } from "./errorMessages.ts";
import { cutText } from "./escape.ts";
import { MAX_CHOICES, MAX_CONTENT_CHARS } from "./limits.ts";
import { textsFor } from "./locales/locale.ts";

/**
 * How something is acknowledged: with a message that is thinking, which others see unless it is `private`, or in the card it was asked
 * in, whose place the answer takes.
 */
export type Acknowledgement = "public" | "private" | "inPlace";

/** How each was acknowledged: after an acknowledgement whose answer was lost discord.js believes that there was none. */
const acknowledged = new WeakMap<RepliableInteraction, Acknowledgement>();

/**
 * Acknowledges, before anything else is awaited, and claims: whether this process is to go on. It is not where the interaction can no
 * longer be answered, or where another process that was told of it took it.
 */
export async function acknowledge(
  interaction: RepliableInteraction,
  how: Acknowledgement,
  context: Pick<BotContext, "ledger" | "log" | "now">,
): Promise<boolean> {
  const isAnswerable = await tryAcknowledge(() => defer(interaction, how));
  if (!isAnswerable) return false;
  acknowledged.set(interaction, how);
  return claim(`interaction:${interaction.id}`, context);
}

async function defer(interaction: RepliableInteraction, how: Acknowledgement): Promise<unknown> {
  const canStay = interaction.isMessageComponent() || interaction.isModalSubmit();
  if (how === "inPlace" && canStay) return interaction.deferUpdate();
  return interaction.deferReply(how === "public" ? {} : { flags: MessageFlags.Ephemeral });
}

/** Whether this process is the first to take something; without the ledger each takes what comes. */
export async function claim(
  name: string,
  { ledger, log, now }: Pick<BotContext, "ledger" | "log" | "now">,
): Promise<boolean> {
  try {
    return await ledger.claims.take(name, now());
  } catch (error) {
    log.error({ what: "nothing could be claimed", error: redact(error) });
    return true;
  }
}

/** Answers what was acknowledged; what is private was decided by the acknowledgement. */
export async function showCard(
  interaction: RepliableInteraction,
  card: CardMessage,
): Promise<Message> {
  // Not editReply: it refuses where discord.js believes that nothing was acknowledged.
  return sendTwice(() => interaction.webhook.editMessage("@original", payloadOf(card)));
}

/** Answers what was acknowledged in plain words; where a card is, in a card, since Discord takes no plain text there. */
export async function showText(interaction: RepliableInteraction, text: string): Promise<void> {
  const isCard = acknowledged.get(interaction) === "inPlace";
  const payload = isCard ? payloadOf(renderNotice(text)) : plainPayloadOf(text);
  await sendTwice(() => interaction.webhook.editMessage("@original", payload));
}

/** Says something to whoever asked, acknowledged or not; nothing where they have their answer. */
export async function tell(interaction: RepliableInteraction, text: string): Promise<void> {
  if (acknowledged.has(interaction)) await showText(interaction, text);
  else if (!interaction.replied) await replyText(interaction, text);
}

/** Tells whoever asked what went wrong, as far as that may be shown; never rejected. */
export async function explainTo(
  interaction: Interaction,
  error: unknown,
  log: BotContext["log"],
): Promise<void> {
  if (hasCode(error, RESTJSONErrorCodes.UnknownInteraction)) {
    log.warn("an interaction was answered too late");
    return;
  }
  const say = async (sentence: string): Promise<void> => {
    if (interaction.isRepliable()) await tell(interaction, sentence);
  };
  await explain(error, say, textsFor(interaction.locale), log);
}

/** Answers at once, seen by the asker alone. Of several processes Discord takes the first one's answer. */
export async function replyText(interaction: RepliableInteraction, text: string): Promise<void> {
  const payload = { ...plainPayloadOf(text), flags: MessageFlags.Ephemeral } as const;
  await tryAcknowledge(() => interaction.reply(payload));
}

/** Answers at once with a card, seen by the asker alone. */
export async function replyCard(
  interaction: RepliableInteraction,
  card: CardMessage,
): Promise<void> {
  const flags = [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const;
  await tryAcknowledge(() => interaction.reply({ ...payloadOf(card), flags }));
}

/** Puts another card in the place of the one whose button was pressed, at once. */
export async function replaceCard(
  interaction: ButtonInteraction,
  card: CardMessage,
): Promise<void> {
  await tryAcknowledge(() => interaction.update(payloadOf(card)));
}

/** Answers a button at once with a form. */
export async function showForm(interaction: ButtonInteraction, form: ModalBuilder): Promise<void> {
  await tryAcknowledge(() => interaction.showModal(form));
}

/** Offers choices for what is being typed: as many as there may be. */
export async function offerChoices(
  interaction: AutocompleteInteraction,
  choices: readonly ApplicationCommandOptionChoiceData[],
): Promise<void> {
  await interaction.respond(choices.slice(0, MAX_CHOICES));
}

/** Puts a card beside the answer, for all to see. Before the answer Discord would take it for the answer. */
export async function postBeside(
  interaction: RepliableInteraction,
  card: CardMessage,
): Promise<void> {
  // Not followUp, for the same reason as above.
  await interaction.webhook.send(payloadOf(card));
}

/** Answers a message, for all to see, with a card or in plain words; gives the answer's id. */
export async function replyToMessage(
  message: Message,
  answer: CardMessage | string,
): Promise<string> {
  const { id } = await message.reply({
    ...(typeof answer === "string" ? plainPayloadOf(answer) : payloadOf(answer)),
    failIfNotExists: false,
    // After a broken connection Discord may tell of the message again: with its nonce it answers with the reply that is there.
    nonce: message.id,
    enforceNonce: true,
  });
  return id;
}

/** Where a card is posted: in a channel, as a reply to a message where one is given. */
interface PostPlace {
  readonly channel: string;
  readonly message?: string;
  /** Another attempt with the same nonce is given the first one's message, not a second one. */
  readonly nonce?: string;
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
  return channel.send({
    ...payloadOf(card, pinged),
    ...(message !== undefined && { reply: { messageReference: message, failIfNotExists: false } }),
    ...(nonce !== undefined && { nonce, enforceNonce: true }),
  });
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

/** A card as it is sent: nobody is pinged but `pinged`, a user's id. */
function payloadOf({ components }: CardMessage, pinged?: string) {
  return {
    components: [...components],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: {
      parse: [],
      repliedUser: false,
      ...(pinged !== undefined && { users: [pinged] }),
    },
  } as const;
}

function plainPayloadOf(text: string) {
  return {
    content: cutText(text, MAX_CONTENT_CHARS),
    allowedMentions: { parse: [], repliedUser: false },
  } as const;
}

/**
 * Whether an interaction is acknowledged. One that Discord no longer knows cannot be; one that is acknowledged already was so by an attempt
 * whose answer was lost, or by another process.
 */
async function tryAcknowledge(acknowledging: () => Promise<unknown>): Promise<boolean> {
  try {
    await sendTwice(acknowledging);
    return true;
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.UnknownInteraction)) return false;
    if (hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) return true;
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
