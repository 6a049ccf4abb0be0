/** All that the bot answers to interactions: acknowledging first and answering after, whatever becomes of the acknowledgement. */
import { MessageFlags, RESTJSONErrorCodes, Routes } from "discord.js";
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
import * as v from "valibot";
import { renderNotice } from "./cards/cardParts.ts";
import type { CardMessage } from "./cards/cardParts.ts";
import { payloadOf, plainPayloadOf } from "./cards/payload.ts";
import type { Abandoned, Awaited } from "../ledger/claims.ts";
import type { BotContext } from "./context.ts";
import { explain, redact } from "./errorMessages.ts";
import { MAX_CHOICES } from "./limits.ts";
import { textsFor } from "./locales/locale.ts";
import { hasCode, sendTwice } from "./post.ts";

/**
 * How something is acknowledged: with a message that is thinking, which others see unless it is `private`, or in the card it was asked
 * in, whose place the answer takes.
 */
export type Acknowledgement = "public" | "private" | "inPlace";

/** How each was acknowledged: after an acknowledgement whose answer was lost discord.js believes that there was none. */
const acknowledged = new WeakMap<RepliableInteraction, Acknowledgement>();

/** Those whose answer Discord has. */
const answered = new WeakSet<RepliableInteraction>();

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
  const { token, locale } = interaction;
  return claim(claimOf(interaction), context, { token, locale });
}

/** Forgets an interaction that has its answer; one that has none will be told so, when a process looks for such. */
export async function settle(
  interaction: Interaction,
  { ledger, log }: Pick<BotContext, "ledger" | "log">,
): Promise<void> {
  if (!interaction.isRepliable() || !answered.has(interaction)) return;
  try {
    await ledger.claims.settle(claimOf(interaction));
  } catch (error) {
    log.error({ what: "an answer that was given could not be settled", error: redact(error) });
  }
}

/** What an interaction is claimed by. */
function claimOf({ id }: Pick<Interaction, "id">): string {
  return `interaction:${id}`;
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
  awaited?: Awaited,
): Promise<boolean> {
  try {
    return await ledger.claims.take(name, now(), awaited);
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
  return answerWith(interaction, payloadOf(card));
}

/** Answers what was acknowledged in plain words; where a card is, in a card, since Discord takes no plain text there. */
export async function showText(interaction: RepliableInteraction, text: string): Promise<void> {
  const isCard = acknowledged.get(interaction) === "inPlace";
  const payload = isCard ? payloadOf(renderNotice(text)) : plainPayloadOf(text);
  await answerWith(interaction, payload);
}

async function answerWith(
  interaction: RepliableInteraction,
  payload: ReturnType<typeof payloadOf> | ReturnType<typeof plainPayloadOf>,
): Promise<Message> {
  // Not editReply: it refuses where discord.js believes that nothing was acknowledged.
  const message = await sendTwice(() => interaction.webhook.editMessage("@original", payload));
  answered.add(interaction);
  return message;
}

/** What is looked at of the answer to an interaction. */
const Original = v.object({
  flags: v.optional(v.number(), 0),
  interaction_metadata: v.nullish(v.object({ id: v.string() })),
});

/**
 * Says something where another process acknowledged an interaction and gives no answer any more. An answer that it did give stays, and so
 * does a card that was acknowledged in its place: beside that it is said to the asker alone.
 */
export async function answerAbandoned(
  { rest, application }: Client<true>,
  { name, token }: Pick<Abandoned, "name" | "token">,
  text: string,
): Promise<void> {
  const route = Routes.webhookMessage(application.id, token);
  const original = v.parse(Original, await rest.get(route, { auth: false }));
  const isThinking = (original.flags & MessageFlags.Loading) !== 0;
  const id = original.interaction_metadata?.id;
  if (!isThinking && id !== undefined && claimOf({ id }) === name) return;
  const { components, flags } = payloadOf(renderNotice(text));
  const body = { components, flags, allowed_mentions: { parse: [] } };
  if (isThinking) await rest.patch(route, { body, auth: false });
  else {
    const beside = { ...body, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral };
    await rest.post(Routes.webhook(application.id, token), { body: beside, auth: false });
  }
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
