/** Questions: /ask, "Find in the report" on somebody's message, and what all answers have in common. */
import { MessageFlags } from "discord.js";
import type {
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  RepliableInteraction,
} from "discord.js";
import { MAX_EXCERPTS } from "../../ask/answer.ts";
import type { Answer } from "../../ask/answer.ts";
import type { ShownAnswer } from "../../ledger/answers.ts";
import { MAX_QUESTION_CHARS, readQuestion } from "../../search/question.ts";
import { renderAnswer } from "../cards/answerCard.ts";
import { wholeQuestion } from "../cards/askedQuestion.ts";
import type { AskedQuestion } from "../cards/askedQuestion.ts";
import type { BotContext } from "../context.ts";
import { redact } from "../errorMessages.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import { acknowledge, showCard } from "../respond.ts";
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
  await answerInteraction(interaction, { question }, isPrivate, context);
}

/** Answers "Find in the report" on somebody's message, for whoever asked alone. */
export async function handleFind(
  { interaction }: Asked<MessageContextMenuCommandInteraction>,
  context: BotContext,
): Promise<void> {
  const question = interaction.targetMessage.content.slice(0, MAX_QUESTION_CHARS);
  await answerInteraction(interaction, { question }, true, context);
}

/** Answers what was acknowledged. A public answer speaks the server's language, a private one the asker's. */
export async function answerInteraction(
  interaction: RepliableInteraction,
  asked: AskedQuestion,
  isPrivate: boolean,
  context: BotContext,
): Promise<void> {
  const { locale, guildLocale, guildId: guild, channelId: channel, user } = interaction;
  const { siteUrl } = context;
  const { answer, canAskHumans } = await askCollection(asked, guild, context);
  const texts = textsFor(isPrivate ? locale : (guildLocale ?? locale));
  const { question } = asked;
  const card = renderAnswer(answer, { texts, siteUrl, question, isPrivate, canAskHumans });
  const { id: message, flags } = await showCard(interaction, card);
  // Where the asker may not send, Discord shows what was meant for all to the asker alone.
  const isHidden = isPrivate || flags.has(MessageFlags.Ephemeral);
  const place = { message, guild, channel: channel ?? "", asker: user.id, question, locale };
  await record(answer, { ...place, isPrivate: isHidden }, context);
}

/** Asks with what a server's moderators approved, if the ledger can be read; and whether they can be asked about the answer. */
export async function askCollection(
  { question, after }: AskedQuestion,
  guild: string | null,
  { collection, ledger, log }: BotContext,
): Promise<{ readonly answer: Answer; readonly canAskHumans: boolean }> {
  const options = { maxExcerpts: MAX_EXCERPTS, after };
  if (guild === null) {
    return { answer: await collection.ask(question, options), canAskHumans: false };
  }
  const approved = () =>
    orLog(ledger.approvals.approvedIn(guild), "approved answers could not be read", log);
  const settings = orLog(ledger.settings.of(guild), "settings could not be read", log);
  const answer = await collection.ask(question, { ...options, approved });
  const hasChannel = (await settings)?.moderatorChannel !== undefined;
  return { answer, canAskHumans: hasChannel && ledger.keepsQuestions };
}

/** An answer's place, and whether only the asker sees it: then it is no moderator's business. */
type ShownPlace = Omit<ShownAnswer, "language" | "state" | "passages" | "approval"> & {
  readonly isPrivate: boolean;
  /** The asker's, where it is known. */
  readonly locale?: string | undefined;
};

/** Keeps an answer that was shown. If that fails the log says so: the asker has the answer. */
export async function record(
  answer: Answer,
  place: ShownPlace,
  context: BotContext,
): Promise<void> {
  const { guild, channel, question, locale } = place;
  if (guild === null) context.conversations.note(channel, { question, locale });
  await orLog(keep(answer, place, context), "an answer could not be kept", context.log);
}

/** What leans on the question before is kept together with it: so it can be counted, approved and asked of others. */
async function keep(
  { language, state, after, excerpts, verified }: Answer,
  { isPrivate, question: words, ...place }: ShownPlace,
  context: BotContext,
): Promise<void> {
  const { ledger, now } = context;
  const question = wholeQuestion({ question: words, after });
  const passages = [...(verified?.excerpts ?? []), ...excerpts].map(({ passage }) => passage);
  const shown = { ...place, question, language, state, passages, approval: verified?.id };
  await ledger.answers.record(shown, now());
  const { guild, channel, message } = place;
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
