/** Questions: /ask, "Find in the report" on somebody's message, and mentions of the bot in the channels where they are answered. */
import { MessageFlags } from "discord.js";
import type {
  ChatInputCommandInteraction,
  Message,
  MessageContextMenuCommandInteraction,
} from "discord.js";
import { MAX_EXCERPTS } from "../../ask/answer.ts";
import type { Answer } from "../../ask/answer.ts";
import type { ShownAnswer } from "../../ledger/answers.ts";
import { MAX_QUESTION_CHARS, readQuestion } from "../../search/question.ts";
import { whyTooSoon } from "../access.ts";
import { renderAnswer } from "../cards/answerCard.ts";
import type { BotContext } from "../context.ts";
import { explain, redact } from "../errorMessages.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import { replyToMessage } from "../post.ts";
import { acknowledge, claim, showCard } from "../respond.ts";
import { recordGap } from "./escalation.ts";

/** Answers `/ask`. */
export async function handleAsk(
  { interaction }: Asked<ChatInputCommandInteraction>,
  context: BotContext,
): Promise<void> {
  const isPrivate = interaction.options.getBoolean("private") ?? false;
  const question = interaction.options.getString("question", true);
  // What cannot be asked is said in private, as only the first answer can be.
  readQuestion(question);
  if (!(await acknowledge(interaction, isPrivate ? "private" : "public", context))) return;
  await answerInteraction(interaction, question, isPrivate, context);
}

/** Answers "Find in the report" on somebody's message, for whoever asked alone. */
export async function handleFind(
  { interaction }: Asked<MessageContextMenuCommandInteraction>,
  context: BotContext,
): Promise<void> {
  const question = interaction.targetMessage.content.slice(0, MAX_QUESTION_CHARS);
  await answerInteraction(interaction, question, true, context);
}

/** A public answer speaks the server's language, a private one the asker's. */
async function answerInteraction(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  question: string,
  isPrivate: boolean,
  context: BotContext,
): Promise<void> {
  const { locale, guildLocale, guildId: guild, channelId: channel, user } = interaction;
  const { siteUrl } = context;
  const { answer, canAskHumans } = await askCollection(question, guild, context);
  const texts = textsFor(isPrivate ? locale : (guildLocale ?? locale));
  const card = renderAnswer(answer, { texts, siteUrl, question, isPrivate, canAskHumans });
  const { id: message, flags } = await showCard(interaction, card);
  // Where the asker may not send, Discord shows what was meant for all to the asker alone.
  const isHidden = isPrivate || flags.has(MessageFlags.Ephemeral);
  const place = { message, guild, channel, asker: user.id, question, isPrivate: isHidden };
  await record(answer, place, context);
}

/** Answers a message that mentions the bot in one of the channels, or says why not; never rejected. */
export async function handleMessage(
  message: Message,
  channels: readonly string[],
  context: BotContext,
): Promise<void> {
  try {
    if (isListening(message, channels)) await answerMention(message, context);
  } catch (error) {
    const say = (sentence: string) => replyToMessage(message, sentence);
    await explain(error, say, textsFor(message.guild?.preferredLocale), context.log);
  }
}

/** Whether mentions are answered where a message stands; a thread is part of its channel. */
function isListening({ channelId, channel }: Message, channels: readonly string[]): boolean {
  const parent = channel.isThread() ? channel.parentId : null;
  return channels.some((it) => it === channelId || it === parent);
}

async function answerMention(message: Message, context: BotContext): Promise<void> {
  const question = questionIn(message);
  if (question === undefined || !(await claim(`message:${message.id}`, context))) return;
  const { guildId: guild, channelId: channel, author } = message;
  const { siteUrl } = context;
  const texts = textsFor(message.guild?.preferredLocale);
  const refusal =
    whyTooSoon(author.id, channel, texts, context) ??
    (question === "" ? texts.errors.noQuestion : undefined);
  if (refusal !== undefined) {
    await replyToMessage(message, refusal);
    return;
  }
  const { answer, canAskHumans } = await askCollection(question, guild, context);
  const shown = { question, isPrivate: false };
  const card = renderAnswer(answer, { ...shown, texts, siteUrl, canAskHumans });
  const id = await replyToMessage(message, card);
  await record(answer, { ...shown, message: id, guild, channel, asker: author.id }, context);
}

const MENTION = /<@[!&]?\d+>/gu;

/** What a message asks the bot: undefined if it does not speak to it, empty if it says nothing else. */
function questionIn({ mentions, author, client, guild, content }: Message): string | undefined {
  if (author.bot) return undefined;
  // Discord offers the bot's own role beside the bot, and many choose it.
  const role = guild?.roles.botRoleFor(client.user);
  const byName = { ignoreEveryone: true, ignoreRoles: true, ignoreRepliedUser: true };
  const isMeant = mentions.has(client.user, byName) || (role ? mentions.roles.has(role.id) : false);
  return isMeant ? content.replace(MENTION, " ").trim().slice(0, MAX_QUESTION_CHARS) : undefined;
}

/** Asks with what a server's moderators approved, if the ledger can be read; and whether they can be asked about the answer. */
async function askCollection(
  question: string,
  guild: string | null,
  { collection, ledger, log }: BotContext,
): Promise<{ readonly answer: Answer; readonly canAskHumans: boolean }> {
  const maxExcerpts = MAX_EXCERPTS;
  if (guild === null) {
    return { answer: await collection.ask(question, { maxExcerpts }), canAskHumans: false };
  }
  const approved = () =>
    orLog(ledger.approvals.approvedIn(guild), "approved answers could not be read", log);
  const settings = orLog(ledger.settings.of(guild), "settings could not be read", log);
  const answer = await collection.ask(question, { maxExcerpts, approved });
  const hasChannel = (await settings)?.moderatorChannel !== undefined;
  return { answer, canAskHumans: hasChannel && ledger.keepsQuestions };
}

/** An answer's place, and whether only the asker sees it: then it is no moderator's business. */
type ShownPlace = Omit<ShownAnswer, "language" | "state" | "passages" | "approval"> & {
  readonly isPrivate: boolean;
};

/** Keeps an answer that was shown. If that fails the log says so: the asker has the answer. */
async function record(answer: Answer, place: ShownPlace, context: BotContext): Promise<void> {
  await orLog(keep(answer, place, context), "an answer could not be kept", context.log);
}

async function keep(
  { language, state, excerpts, verified }: Answer,
  { isPrivate, ...place }: ShownPlace,
  context: BotContext,
): Promise<void> {
  const { ledger, now } = context;
  const passages = [...(verified?.excerpts ?? []), ...excerpts].map(({ passage }) => passage);
  const shown = { ...place, language, state, passages, approval: verified?.id };
  await ledger.answers.record(shown, now());
  const { guild, question, channel, message } = place;
  const isGap = state !== "found" && verified === undefined;
  if (!isGap || isPrivate || guild === null) return;
  await recordGap({ guild, channel, message, question, reason: state }, context);
}

/** What the ledger gives; undefined where it fails, since the report can be asked without it. */
async function orLog<T>(
  work: Promise<T>,
  what: string,
  log: BotContext["log"],
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    log.error({ what, error: redact(error) });
    return undefined;
  }
}
