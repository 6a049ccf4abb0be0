/** "Ask a human": a question is put to the moderators, and what they settle is told to whoever waits for it. */
import type { ButtonInteraction, Client, RepliableInteraction } from "discord.js";
import type { Excerpt } from "../../ask/excerpt.ts";
import type { Moderator } from "../../ledger/audit.ts";
import { claimOfPost } from "../../ledger/gapReopening.ts";
import type { Gap, GapOccurrence, MessagePlace, SettledGap } from "../../ledger/gaps.ts";
import type { GapState } from "../../ledger/schema.ts";
import { questionOf } from "../cards/askedQuestion.ts";
import { renderGapPost, renderNews, renderSettledPost } from "../cards/gapCards.ts";
import type { BotContext } from "../context.ts";
import { redact } from "../errorMessages.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import { editCard, postCard } from "../post.ts";
import { showText } from "../respond.ts";

/** Puts the question of an answer to the moderators, once however often it is asked for. */
export async function handleHuman(
  { interaction }: Asked<ButtonInteraction>,
  context: BotContext,
): Promise<void> {
  const { ledger } = context;
  const { gap: texts, askAHuman, errors } = textsFor(interaction.locale);
  const { guildId: guild, channelId: channel, message } = interaction;
  const moderators =
    guild === null ? undefined : (await ledger.settings.of(guild)).moderatorChannel;
  if (moderators === undefined) {
    await showText(interaction, texts.noChannel);
    return;
  }
  const counted =
    (await ledger.gaps.ofMessage(message.id)) ?? (await recordNow(interaction, context));
  const gap = counted && (await asItStands(counted, context));
  if (gap?.state !== "open") {
    await showText(interaction, gap ? texts.settled[gap.state] : askAHuman);
    return;
  }
  const isFirst = await ledger.gaps.wait(gap.id, { channel, message: message.id });
  const isAsked = await askModerators(interaction, gap, moderators, context);
  if (!isAsked) await showText(interaction, errors.cannotPost(`<#${moderators}>`));
  else await showText(interaction, isFirst ? texts.asked : texts.askedBefore);
}

/** A gap, open again where what was approved for it is not served any more. */
async function asItStands(gap: Gap, context: BotContext): Promise<Gap | undefined> {
  const { gaps } = context.ledger;
  if (gap.state !== "approved" || (await servedFor(gap, context)).length > 0) return gap;
  await gaps.reopen(gap.guild, gap.id);
  return gaps.get(gap.guild, gap.id);
}

/** Posts a question in the moderators' channel, unless it is there; false if that cannot be. */
async function askModerators(
  { id: nonce, client, guildLocale }: ButtonInteraction,
  gap: Gap,
  channel: string,
  { ledger, log, now }: BotContext,
): Promise<boolean> {
  const claim = claimOfPost(gap.id);
  if (gap.post !== undefined || !(await ledger.claims.take(claim, now()))) return true;
  try {
    const card = renderGapPost(gap, textsFor(guildLocale));
    const { id } = await postCard(client, { channel, nonce }, card);
    await ledger.gaps.posted(gap.id, { channel, message: id });
    return true;
  } catch (error) {
    await ledger.claims.release(claim);
    log.warn({ what: "moderators could not be asked", error: redact(error) });
    return false;
  }
}

/** Counts the question of an answer that was not counted when it was given. */
async function recordNow(
  { guildId: guild, channelId: channel, message }: ButtonInteraction,
  context: BotContext,
): Promise<Gap | undefined> {
  const { ledger } = context;
  const question = (await ledger.answers.questionOf(message.id)) ?? questionOf(message);
  if (guild === null || question === "") return undefined;
  await recordGap({ guild, channel, message: message.id, question, reason: "maybe" }, context);
  return ledger.gaps.ofMessage(message.id);
}

/** Counts a question among those that were not answered well. */
export async function recordGap(
  occurrence: Omit<GapOccurrence, "vector">,
  { ledger, collection, now }: BotContext,
): Promise<void> {
  const vector = await collection.vectorOf(occurrence.question);
  await ledger.gaps.recordOccurrence({ ...occurrence, vector }, now());
}

/** Gaps, and what becomes of them. */
interface Settlement {
  readonly by: Moderator;
  readonly gaps: readonly Gap[];
  readonly state: Exclude<GapState, "open">;
}

/**
 * Settles gaps and tells whoever waits; whether any of them was open still. An approval settles those for which it is served: gaps that
 * are listed together may be farther from each other than an answer may be from its question.
 */
export async function settleGaps(
  interaction: RepliableInteraction,
  { by, gaps, state }: Settlement,
  context: BotContext,
): Promise<boolean> {
  const excerptsOf = new Map<string, readonly Excerpt[]>();
  for (const gap of gaps) {
    const excerpts = state === "approved" ? await servedFor(gap, context) : [];
    if (state !== "approved" || excerpts.length > 0) excerptsOf.set(gap.id, excerpts);
  }
  const ids = [...excerptsOf.keys()];
  const settled = await context.ledger.gaps.settle(by, ids, state, context.now());
  for (const { gap, waiters } of settled) {
    const news = { state, excerpts: excerptsOf.get(gap.id) ?? [] };
    await announce(interaction, { gap, waiters }, news, context);
  }
  return settled.length > 0;
}

/** Says in the moderators' channel and to whoever waits what became of a question; where that cannot be said the log has it. */
async function announce(
  { id, client, user, guildLocale, locale }: RepliableInteraction,
  { gap, waiters }: SettledGap,
  news: Pick<Settlement, "state"> & { readonly excerpts: readonly Excerpt[] },
  context: BotContext,
): Promise<void> {
  const texts = textsFor(guildLocale ?? locale);
  const tell = async (place: MessagePlace): Promise<void> => {
    const asker = await askerOf(client, place);
    const card = renderNews(gap.question, { ...news, asker }, texts);
    // The last digits tell interactions and messages apart, of which there are many for each other.
    const nonce = `${id.slice(-12)}-${place.message.slice(-12)}`;
    await postCard(client, { ...place, nonce }, card, asker);
  };
  const settledPost = renderSettledPost(gap, news.state, user.displayName, texts);
  const attempts = [
    ...(gap.post ? [editCard(client, gap.post, settledPost)] : []),
    ...waiters.map(tell),
  ];
  for (const result of await Promise.allSettled(attempts)) {
    if (result.status === "rejected") {
      context.log.warn({ what: "somebody could not be told", error: redact(result.reason) });
    }
  }
}

/** What moderators approved that answers a gap's question, as whoever asks it is served it. */
async function servedFor(
  gap: Gap,
  { ledger, collection }: BotContext,
): Promise<readonly Excerpt[]> {
  return collection.lookup.approved(await ledger.approvals.approvedIn(gap.guild), gap);
}

/** Who asked for the message that answers: its interaction says so, or the message that it replies to. */
async function askerOf(
  client: Client,
  { channel, message }: MessagePlace,
): Promise<string | undefined> {
  const found = await client.channels.fetch(channel);
  if (found?.isTextBased() !== true) return undefined;
  const { interactionMetadata, mentions } = await found.messages.fetch(message);
  return interactionMetadata?.user.id ?? mentions.repliedUser?.id;
}
