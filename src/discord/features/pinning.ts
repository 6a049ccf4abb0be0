/** Pinning answers, with the asker's right and the bot's, once however often it is asked for. */
import { RESTJSONErrorCodes } from "discord.js";
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  GuildTextBasedChannel,
  Message,
  MessageContextMenuCommandInteraction,
  RepliableInteraction,
} from "discord.js";
import type { Excerpt } from "../../ask/excerpt.ts";
import type { AuditAction } from "../../ledger/schema.ts";
import type { PinAttempt } from "../../ledger/pins.ts";
import { channelOf, pinners } from "../access.ts";
import { renderList, renderPinned } from "../cards/answerCard.ts";
import { askedOf, questionOf } from "../cards/askedQuestion.ts";
import { button, oneLine, passageOf } from "../cards/cardParts.ts";
import type { BotContext } from "../context.ts";
import type { ActionNamed } from "../customId.ts";
import type { Asked } from "../feature.ts";
import { MAX_PINS, MAX_REASON_CHARS } from "../limits.ts";
import { textsFor } from "../locales/locale.ts";
import { hasCode, postCard } from "../post.ts";
import { showCard, showText } from "../respond.ts";
import { isMine, orGone, pinsOf } from "./channelPins.ts";

/** Pins that a list shows: as many as it has room for, each with a button. */
const MAX_LISTED = 10;

/** Characters of a pinned answer's question in a list. */
const MAX_LINE_CHARS = 120;

type PinRequest = ButtonInteraction | MessageContextMenuCommandInteraction;

/** Where a pin is made. */
interface PinPlace {
  readonly channel: GuildTextBasedChannel;
}

/** Pins the passage that an answer shows first. */
export async function pinShown(
  { interaction, action, by }: Asked<ButtonInteraction, ActionNamed<"pin">, PinPlace>,
  context: BotContext,
): Promise<void> {
  const pin = { ...by, source: interaction.message, passage: action.passage };
  await context.inTurn(by.channel.id, () => pinPassage(interaction, pin, context));
}

/** Pins an answer by the menu of its message. */
export async function pinMessage(
  { interaction }: Asked<MessageContextMenuCommandInteraction>,
  context: BotContext,
): Promise<void> {
  const { targetMessage: source, locale } = interaction;
  const passage = isMine(source) ? passageOf(source) : undefined;
  if (passage === undefined) {
    await showText(interaction, textsFor(locale).errors.notMine);
    return;
  }
  const place = pinners(interaction);
  if (typeof place === "string") {
    await showText(interaction, place);
    return;
  }
  const pin = { ...place, source, passage };
  await context.inTurn(place.channel.id, () => pinPassage(interaction, pin, context));
}

/** Releases a pin of the bot's. */
export async function unpin(
  {
    interaction,
    action,
    by: { channel },
  }: Asked<ButtonInteraction, ActionNamed<"unpin">, PinPlace>,
  context: BotContext,
): Promise<void> {
  const { unpinned, noPins } = textsFor(interaction.locale);
  const isHere = (await pinsOf(channel)).some((it) => isMine(it) && it.id === action.message);
  if (isHere) {
    await orGone(channel.messages.unpin(action.message, reasonFor(interaction, "Unpinned")));
    await context.ledger.pins.released(action.message);
    await audit(interaction, "unpin", action.message, context);
  }
  await showText(interaction, isHere ? unpinned : noPins);
}

/** Lists the bot's pins of a channel. */
export async function listPins({ interaction }: Asked<ChatInputCommandInteraction>): Promise<void> {
  const { errors, buttons, pins: title, noPins } = textsFor(interaction.locale);
  const channel = channelOf(interaction);
  if (channel === undefined) {
    await showText(interaction, errors.onlyInServers);
    return;
  }
  const pins = (await pinsOf(channel)).filter(isMine).slice(0, MAX_LISTED);
  if (pins.length === 0) {
    await showText(interaction, noPins);
    return;
  }
  const rows = pins.map((pin) => ({
    line: `${pin.url} ${oneLine(questionOf(pin), MAX_LINE_CHARS)}`,
    button: button({ kind: "unpin", message: pin.id }, buttons.unpin),
  }));
  await showCard(interaction, renderList(title, rows));
}

interface Pin extends PinPlace {
  /** The message with the answer. */
  readonly source: Message;
  readonly passage: string;
}

/** Pins a passage, or says why not: it is gone, pinned already, being pinned, or there is no room. */
async function pinPassage(interaction: PinRequest, pin: Pin, context: BotContext): Promise<void> {
  const { channel, source, passage } = pin;
  const { errors } = textsFor(interaction.locale);
  const [excerpt] = await context.collection.lookup.passages([passage]);
  if (excerpt === undefined) {
    await showText(interaction, errors.noSuchPassage);
    return;
  }
  const question = questionOf(source);
  const pins = await pinsOf(channel);
  const mine = pins.filter(isMine);
  const same = mine.find((it) => passageOf(it) === passage && questionOf(it) === question);
  if (same) await showText(interaction, errors.alreadyPinned(same.url));
  else if (pins.length >= MAX_PINS) await offerOldest(interaction, mine);
  else await pinOnce(interaction, pin, { excerpt, mine }, context);
}

/** Pins what no other process pins, or has pinned since it was looked. */
async function pinOnce(
  interaction: PinRequest,
  pin: Pin,
  { excerpt, mine }: { readonly excerpt: Excerpt; readonly mine: readonly Message[] },
  context: BotContext,
): Promise<void> {
  const { errors } = textsFor(interaction.locale);
  const { channel, source, passage } = pin;
  const at = context.now();
  const attempt = { channel: channel.id, source: source.id, passage, at };
  const begun = await begin(attempt, channel, context);
  if (begun === "underWay") await showText(interaction, errors.beingPinned);
  else if (begun !== "begun") await showText(interaction, errors.alreadyPinned(begun.url));
  else if (!(await postPin(interaction, { ...pin, excerpt, attempt }, context)))
    await offerOldest(interaction, mine);
}

/** Takes a pin; the message where it is pinned. One that is known, but not there, was released by hand. */
async function begin(
  attempt: PinAttempt,
  channel: GuildTextBasedChannel,
  { ledger }: BotContext,
): Promise<"begun" | "underWay" | Message> {
  const begun = await ledger.pins.begin(attempt);
  if (typeof begun === "string") return begun;
  const pinned = (await pinsOf(channel)).find(({ id }) => id === begun.message);
  if (pinned) return pinned;
  return (await ledger.pins.beginAgain(attempt, begun.message)) ? "begun" : "underWay";
}

/** A pin that this process has taken. */
interface BegunPin extends Pin {
  readonly excerpt: Excerpt;
  readonly attempt: PinAttempt;
}

/** Posts the card, pins it and says so; false where there is no room for it after all. */
async function postPin(
  interaction: PinRequest,
  pin: BegunPin,
  context: BotContext,
): Promise<boolean> {
  const { pins } = context.ledger;
  const { pinned, errors } = textsFor(interaction.locale);
  try {
    const { id, url } = await postAndPin(interaction, pin, context);
    if (await pins.finish(pin.attempt, id)) {
      await audit(interaction, "pin", id, context);
      await showText(interaction, pinned(url));
    } else {
      await discard(pin.channel, id);
      await showText(interaction, errors.beingPinned);
    }
    return true;
  } catch (error) {
    await pins.forget(pin.attempt);
    if (hasCode(error, RESTJSONErrorCodes.MaximumNumberOfPinsReachedForTheChannel)) return false;
    throw error;
  }
}

/** What cannot be pinned does not stay. */
async function postAndPin(
  interaction: PinRequest,
  { channel, source, passage, excerpt }: BegunPin,
  { siteUrl }: BotContext,
): Promise<Message> {
  const { client, user, guildLocale, locale, id: nonce } = interaction;
  const texts = textsFor(guildLocale ?? locale);
  const card = renderPinned(askedOf(source), excerpt, user.displayName, { texts, siteUrl });
  // A nonce of its own each time: Discord gives back an earlier one's message even where it has been deleted.
  const message = await postCard(client, { channel: channel.id, nonce }, card);
  try {
    await channel.messages.pin(message.id, reasonFor(interaction, "Pinned", passage));
  } catch (error) {
    await discard(channel, message.id);
    throw error;
  }
  return message;
}

/** Deletes a card, if nobody has done so. */
async function discard(channel: GuildTextBasedChannel, message: string): Promise<void> {
  await orGone(channel.messages.delete(message));
}

/** Names the oldest of the bot's own pins, with a button that releases it. */
async function offerOldest(
  interaction: RepliableInteraction,
  pins: readonly Message[],
): Promise<void> {
  const { errors, buttons } = textsFor(interaction.locale);
  const oldest = pins.at(-1);
  if (oldest === undefined) {
    await showText(interaction, errors.pinsFull);
    return;
  }
  const release = button({ kind: "unpin", message: oldest.id }, buttons.unpin);
  await showCard(interaction, renderList(errors.pinsFull, [{ line: oldest.url, button: release }]));
}

/** Our own row, beside Discord's: that one is forgotten after 45 days. */
async function audit(
  { guildId: guild, user }: RepliableInteraction,
  action: AuditAction,
  target: string,
  { ledger, now }: BotContext,
): Promise<void> {
  await ledger.audit.record({ guild, actor: user.id, action, target }, now());
}

/** The audit log shows the bot: only this says who asked. */
function reasonFor({ user }: RepliableInteraction, did: string, passage = ""): string {
  return `${did} for ${user.username} (${user.id}) ${passage}`.trim().slice(0, MAX_REASON_CHARS);
}
