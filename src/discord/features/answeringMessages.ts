/** Messages that are answered: mentions of the bot in the channels that are set, replies to its answers there, and direct conversations. */
import { RESTJSONErrorCodes } from "discord.js";
import type { Message } from "discord.js";
import { MAX_QUESTION_CHARS } from "../../search/question.ts";
import { whyTooSoon } from "../access.ts";
import { renderAnswer } from "../cards/answerCard.ts";
import { askedOf } from "../cards/askedQuestion.ts";
import type { AskedQuestion } from "../cards/askedQuestion.ts";
import type { BotContext } from "../context.ts";
import { explain } from "../errorMessages.ts";
import { textsFor } from "../locales/locale.ts";
import { hasCode, replyToMessage } from "../post.ts";
import { claim } from "../respond.ts";
import { askCollection, record } from "./answering.ts";
import { isMine } from "./channelPins.ts";

/** Answers a message to the bot, or says why not; never rejected. */
export async function handleMessage(
  message: Message,
  channels: readonly string[],
  context: BotContext,
): Promise<void> {
  const { author, guildId, guild, channelId } = message;
  if (author.bot) return;
  const locale = guildId === null ? context.conversations.last(channelId)?.locale : undefined;
  const texts = textsFor(guild?.preferredLocale ?? locale);
  try {
    if (guildId === null) await answerDirect(message, context);
    else if (isListening(message, channels)) await answerMention(message, context);
  } catch (error) {
    const say = (sentence: string) => replyToMessage(message, sentence);
    await explain(error, say, texts, context.log);
  }
}

/** Whether mentions are answered where a message stands; a thread is part of its channel. */
function isListening({ channelId, channel }: Message, channels: readonly string[]): boolean {
  const parent = channel.isThread() ? channel.parentId : null;
  return channels.some((it) => it === channelId || it === parent);
}

/** In a direct conversation, whatever is said soon after an answer is asked behind it. */
async function answerDirect(message: Message, context: BotContext): Promise<void> {
  const last = context.conversations.last(message.channelId);
  if (last === undefined || !(await claimMessage(message, context))) return;
  const question = wordsOf(message);
  await answerMessage(message, { question, after: last.question }, last.locale, context);
}

async function answerMention(message: Message, context: BotContext): Promise<void> {
  const { mentions, client } = message;
  const isByName = mentionsByName(message);
  const isReply = mentions.repliedUser?.id === client.user.id && mentions.users.has(client.user.id);
  if (!isByName && !isReply) return;
  if (!(await claimMessage(message, context))) return;
  const after = isReply ? await earlierQuestion(message) : undefined;
  // A reply to something else than an answer speaks to whoever reads along.
  if (after === undefined && !isByName) return;
  await answerMessage(message, { question: wordsOf(message), after }, undefined, context);
}

function mentionsByName({ mentions, client, guild }: Message): boolean {
  // Discord offers the bot's own role beside the bot, and many choose it.
  const role = guild?.roles.botRoleFor(client.user);
  const byName = { ignoreEveryone: true, ignoreRoles: true, ignoreRepliedUser: true };
  return mentions.has(client.user, byName) || (role ? mentions.roles.has(role.id) : false);
}

/** The question of the answer that a message replies to; undefined if it was deleted, or is no answer. */
async function earlierQuestion(message: Message): Promise<string | undefined> {
  try {
    const answer = await message.fetchReference();
    const { question } = askedOf(answer);
    return isMine(answer) && question !== "" ? question : undefined;
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.UnknownMessage)) return undefined;
    throw error;
  }
}

const MENTION = /<@[!&]?\d+>/gu;

/** What a message says besides whom it speaks to. */
function wordsOf({ content }: Message): string {
  return content.replace(MENTION, " ").trim().slice(0, MAX_QUESTION_CHARS);
}

function claimMessage({ id }: Message, context: BotContext): Promise<boolean> {
  return claim(`message:${id}`, context);
}

async function answerMessage(
  message: Message,
  asked: AskedQuestion,
  locale: string | undefined,
  context: BotContext,
): Promise<void> {
  const { guildId: guild, channelId: channel, author } = message;
  const { question } = asked;
  const { siteUrl } = context;
  const texts = textsFor(message.guild?.preferredLocale ?? locale);
  const refusal =
    whyTooSoon(author.id, channel, texts, context) ??
    (question === "" ? texts.errors.noQuestion : undefined);
  if (refusal !== undefined) {
    await replyToMessage(message, refusal);
    return;
  }
  const { answer, canAskHumans } = await askCollection(asked, guild, context);
  const shown = { question, isPrivate: false };
  const id = await replyToMessage(
    message,
    renderAnswer(answer, { ...shown, texts, siteUrl, canAskHumans }),
  );
  await record(
    answer,
    { ...shown, message: id, guild, channel, asker: author.id, locale },
    context,
  );
}
