/** Pinning answers for moderators, with their right and the bot's, once however often it is asked for. */
import { MessageFlags, RESTJSONErrorCodes } from "discord.js";
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  GuildMember,
  GuildTextBasedChannel,
  Message,
  MessageContextMenuCommandInteraction,
} from "discord.js";
import type { Excerpt } from "../../ask/answer.ts";
import type { PinKey } from "../../ledger/pins.ts";
import type { AuditAction } from "../../ledger/schema.ts";
import { renderList, renderPinned } from "../cards/answerCard.ts";
import { button, passageOf, questionOf } from "../cards/cardParts.ts";
import type { BotContext } from "../context.ts";
import { cutText, escapeMarkdown } from "../escape.ts";
import { MAX_PINS, MAX_PINS_ON_PAGE, MAX_REASON_CHARS } from "../limits.ts";
import { TO_PIN, TO_POST, missingPermissions } from "../access.ts";
import type { NeededPermission } from "../access.ts";
import { acknowledge, showCard, showText, hasCode, replyText } from "../respond.ts";
import type { Answerable } from "../respond.ts";
import { textsFor } from "../locales/locale.ts";
import type { Texts } from "../locales/texts.ts";

/** Pins that a list shows: as many as it has room for, each with a button. */
const MAX_LISTED = 10;

/** Characters of a pinned answer's question in a list. */
const MAX_LINE_CHARS = 120;

type PinRequest = ButtonInteraction | MessageContextMenuCommandInteraction;

/** Pins one answer after the other in each channel: of two clicks the second finds the first one's pin. */
export interface Pinning {
  pin(interaction: PinRequest, passage: string): Promise<void>;
  pinMessage(interaction: MessageContextMenuCommandInteraction): Promise<void>;
  list(interaction: ChatInputCommandInteraction): Promise<void>;
  unpin(interaction: ButtonInteraction, message: string): Promise<void>;
}

/** Prepares pinning of passages of a collection. */
export function preparePinning(desk: BotContext): Pinning {
  const underWay = new Map<string, Promise<void>>();
  const inTurn = (channelId: string, work: () => Promise<void>): Promise<void> => {
    const before = underWay.get(channelId) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    underWay.set(channelId, mine);
    return mine.finally(() => {
      if (underWay.get(channelId) === mine) underWay.delete(channelId);
    });
  };
  const pinning: Pinning = {
    pin: async (interaction, passage) => {
      const channel = await allowedChannel(interaction);
      if (channel === undefined) return;
      const source = interaction.isButton() ? interaction.message : interaction.targetMessage;
      await inTurn(channel.id, () => pinPassage(interaction, { desk, channel, source, passage }));
    },
    pinMessage: async (interaction) => {
      const { targetMessage } = interaction;
      const passage = passageOf(targetMessage);
      if (!isMine(targetMessage) || passage === undefined) {
        await replyText(interaction, textsFor(interaction.locale).errors.notMine);
        return;
      }
      await pinning.pin(interaction, passage);
    },
    list: listPins,
    unpin: async (interaction, messageId) => {
      const channel = await allowedChannel(interaction);
      if (channel === undefined) return;
      const texts = textsFor(interaction.locale);
      const isHere = (await pinsOf(channel)).some((it) => isMine(it) && it.id === messageId);
      if (isHere) {
        await channel.messages.unpin(messageId, reasonFor(interaction, "Unpinned"));
        await desk.ledger.pins.released(messageId);
        await audit(interaction, "unpin", messageId, desk);
      }
      await showText(interaction, isHere ? texts.unpinned : texts.noPins);
    },
  };
  return pinning;
}

interface Pin {
  readonly desk: BotContext;
  readonly channel: GuildTextBasedChannel;
  /** The message with the answer. */
  readonly source: Message;
  readonly passage: string;
}

async function pinPassage(
  interaction: PinRequest,
  { desk, channel, source, passage }: Pin,
): Promise<void> {
  const { errors, pinned } = textsFor(interaction.locale);
  const excerpt = desk.collection.lookup.passage(passage);
  if (excerpt === undefined) {
    await showText(interaction, errors.noSuchPassage);
    return;
  }
  const question = questionOf(source);
  const pins = await pinsOf(channel);
  const mine = pins.filter(isMine);
  const same = mine.find((it) => passageOf(it) === passage && questionOf(it) === question);
  if (same) {
    await showText(interaction, errors.alreadyPinned(same.url));
    return;
  }
  if (pins.length >= MAX_PINS) {
    await offerOldest(interaction, mine);
    return;
  }
  const key = { channel: channel.id, source: source.id, passage };
  if (!(await begin(key, desk))) {
    await showText(interaction, errors.beingPinned);
    return;
  }
  try {
    const message = await postPin(interaction, { channel, source, excerpt, question });
    await desk.ledger.pins.finish(key, message.id);
    await audit(interaction, "pin", message.id, desk);
    await showText(interaction, pinned(message.url));
  } catch (error) {
    await desk.ledger.pins.forget(key);
    if (!hasCode(error, RESTJSONErrorCodes.MaximumNumberOfPinsReachedForTheChannel)) throw error;
    await offerOldest(interaction, mine);
  }
}

/** Whether this process is to pin: not while another one does. A pin that is known, but not there, was released by hand. */
async function begin(key: PinKey, { ledger, now }: BotContext): Promise<boolean> {
  const begun = await ledger.pins.begin(key, now());
  if (typeof begun === "string") return begun === "begun";
  await ledger.pins.forget(key);
  return (await ledger.pins.begin(key, now())) === "begun";
}

/** Posts the card and pins it; what cannot be pinned does not stay. */
async function postPin(
  interaction: PinRequest,
  {
    channel,
    source,
    excerpt,
    question,
  }: Pick<Pin, "channel" | "source"> & { readonly excerpt: Excerpt; readonly question: string },
): Promise<Message> {
  const texts = textsFor(interaction.guildLocale ?? interaction.locale);
  const { components } = renderPinned(question, excerpt, interaction.user.displayName, texts);
  const message = await channel.send({
    components: [...components],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
    // Another attempt at the same pin is given this message, not a second one.
    nonce: source.id,
    enforceNonce: true,
  });
  try {
    await channel.messages.pin(message.id, reasonFor(interaction, "Pinned", excerpt.passage));
  } catch (error) {
    await channel.messages.delete(message.id);
    throw error;
  }
  return message;
}

/** Names the oldest of the bot's own pins, with a button that releases it. */
async function offerOldest(interaction: Answerable, pins: readonly Message[]): Promise<void> {
  const { errors, buttons } = textsFor(interaction.locale);
  const oldest = pins.at(-1);
  if (oldest === undefined) {
    await showText(interaction, errors.pinsFull);
    return;
  }
  const release = button({ kind: "unpin", message: oldest.id }, buttons.unpin);
  await showCard(interaction, renderList(errors.pinsFull, [{ line: oldest.url, button: release }]));
}

async function listPins(interaction: ChatInputCommandInteraction): Promise<void> {
  const texts = textsFor(interaction.locale);
  const { channel } = interaction;
  if (!interaction.inCachedGuild() || channel?.isTextBased() !== true || channel.isDMBased()) {
    await replyText(interaction, texts.errors.onlyInServers);
    return;
  }
  if ((await acknowledge(interaction, true)) === "gone") return;
  const pins = (await pinsOf(channel)).filter(isMine).slice(0, MAX_LISTED);
  if (pins.length === 0) {
    await showText(interaction, texts.noPins);
    return;
  }
  const rows = pins.map((message) => ({
    line: `${message.url} ${escapeMarkdown(cutText(questionOf(message), MAX_LINE_CHARS)).join(" ")}`,
    button: button({ kind: "unpin", message: message.id }, texts.buttons.unpin),
  }));
  await showCard(interaction, renderList(texts.pins, rows));
}

/** Acknowledges, and gives the channel if both the asker and the bot may pin in it; else says what is in the way. */
async function allowedChannel(interaction: PinRequest): Promise<GuildTextBasedChannel | undefined> {
  const texts = textsFor(interaction.locale);
  const { channel } = interaction;
  if (!interaction.inCachedGuild() || channel?.isTextBased() !== true || channel.isDMBased()) {
    await replyText(interaction, texts.errors.onlyInServers);
    return undefined;
  }
  const obstacle = obstacleIn(channel, texts) ?? obstacleOf(interaction, channel, texts);
  if (obstacle !== undefined) {
    await replyText(interaction, obstacle);
    return undefined;
  }
  return (await acknowledge(interaction, true)) === "gone" ? undefined : channel;
}

/** Why nobody can pin in this channel. */
function obstacleIn(channel: GuildTextBasedChannel, { errors }: Texts): string | undefined {
  if (channel.isVoiceBased()) return errors.cannotPinHere;
  if (channel.isThread() && channel.archived === true) return errors.archived;
  return undefined;
}

/** Why this asker, or the bot, cannot pin in a channel where others can. */
function obstacleOf(
  interaction: PinRequest & { readonly member: GuildMember },
  channel: GuildTextBasedChannel,
  texts: Texts,
): string | undefined {
  const { errors, permissions } = texts;
  const named = (names: readonly NeededPermission[]): string =>
    names.map((name) => permissions[name]).join(", ");
  if (interaction.member.isCommunicationDisabled()) return errors.timedOut;
  const theirs = missingPermissions(interaction.memberPermissions, TO_PIN);
  if (theirs.length > 0) return errors.youLack(named(theirs));
  const needed = channel.isThread() ? TO_POST.thread : TO_POST.channel;
  const mine = missingPermissions(interaction.appPermissions, needed);
  return mine.length > 0 ? errors.iLack(named(mine)) : undefined;
}

/** All pins of a channel, the newest first. */
async function pinsOf(channel: GuildTextBasedChannel): Promise<Message[]> {
  const pins: Message[] = [];
  let before: Date | undefined;
  for (let hasMore = true; hasMore;) {
    const page = await channel.messages.fetchPins({
      limit: MAX_PINS_ON_PAGE,
      cache: false,
      ...(before && { before }),
    });
    pins.push(...page.items.map(({ message }) => message));
    before = page.items.at(-1)?.pinnedAt;
    hasMore = page.hasMore && before !== undefined;
  }
  return pins;
}

function isMine({ author, client }: Message): boolean {
  return author.id === client.user.id;
}

/** Our own row, beside Discord's: that one is forgotten after 45 days. */
async function audit(
  { guildId: guild, user }: Answerable,
  action: AuditAction,
  target: string,
  { ledger, now }: BotContext,
): Promise<void> {
  await ledger.audit.record({ guild, actor: user.id, action, target }, now());
}

/** The audit log shows the bot: only this says who asked. */
function reasonFor({ user }: Answerable, did: string, passage = ""): string {
  return `${did} for ${user.username} (${user.id}) ${passage}`.trim().slice(0, MAX_REASON_CHARS);
}
