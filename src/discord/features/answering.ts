/** Mentions of the bot, in the channels where they are answered. */
import { MessageFlags } from "discord.js";
import type { Message } from "discord.js";
import { MAX_QUESTION_CHARS } from "../../search/question.ts";
import { renderAnswer } from "../cards/answerCard.ts";
import type { BotContext } from "../context.ts";
import { textsFor } from "../locales/locale.ts";

const MENTION = /<@[!&]?\d+>/gu;

/** What a message asks the bot: undefined if it does not speak to it, empty if it says nothing else. */
export function questionIn(message: Message): string | undefined {
  const { mentions, author, client, guild } = message;
  if (author.bot) return undefined;
  // Discord offers the bot's own role beside the bot, and many choose it.
  const role = guild?.roles.botRoleFor(client.user);
  const isMeant =
    mentions.has(client.user, {
      ignoreEveryone: true,
      ignoreRoles: true,
      ignoreRepliedUser: true,
    }) ||
    (role !== undefined && role !== null && mentions.roles.has(role.id));
  return isMeant
    ? message.content.replace(MENTION, " ").trim().slice(0, MAX_QUESTION_CHARS)
    : undefined;
}

/** Answers a message, for all to see. */
export async function answerMention(
  message: Message,
  question: string,
  desk: BotContext,
): Promise<void> {
  const { guildId: guild, channelId: channel, author } = message;
  const { found, canAskHumans } = await desk.ask(question, guild);
  const texts = textsFor(message.guild?.preferredLocale);
  const { components } = renderAnswer(found, { texts, question, isPrivate: false, canAskHumans });
  const { id } = await message.reply({
    ...replyOptions(message),
    components: [...components],
    flags: MessageFlags.IsComponentsV2,
  });
  const showing = { message: id, guild, channel, asker: author.id, question, isPrivate: false };
  await desk.record(found, showing);
}

/** Answers a message in plain words, for all to see. */
export async function answerMentionPlainly(message: Message, content: string): Promise<void> {
  await message.reply({ ...replyOptions(message), content });
}

/** After a broken connection Discord may tell of a message again: with its nonce it answers with the reply that is there. */
function replyOptions({ id }: Message) {
  return {
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: false,
    nonce: id,
    enforceNonce: true,
  };
}
