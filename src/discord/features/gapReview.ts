/** Questions that were not answered well: listed, put to moderators, settled, and told to whoever waits. */
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import type { Gap } from "../../ledger/gaps.ts";
import type { GapAction } from "../customId.ts";
import type { BotContext } from "../context.ts";
import { redact } from "../errorMessages.ts";
import { renderCandidates, renderGapPost, renderGaps } from "../cards/gapCards.ts";
import { askedByModerator } from "../access.ts";
import { questionOf } from "../cards/cardParts.ts";
import { acknowledge, showCard, showText } from "../respond.ts";
import { textsFor } from "../locales/locale.ts";
import { asksTheSame } from "../../ask/approvedAnswers.ts";
import type { GapCluster } from "../cards/gapCards.ts";
import { approve, candidatesFor } from "./approving.ts";
import { send, settleGaps } from "./escalation.ts";

/** Open gaps that are looked at for a list: those asked most. */
const MAX_OPEN = 500;

/** Lists the open gaps, those that ask the same together. */
export async function handleGaps(
  interaction: ChatInputCommandInteraction,
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined || (await acknowledge(interaction, true)) === "gone") return;
  const texts = textsFor(interaction.locale);
  const clusters = clusterGaps(await desk.ledger.gaps.open(by.guild, MAX_OPEN));
  if (clusters.length === 0) await showText(interaction, texts.gap.none);
  else await showCard(interaction, renderGaps(clusters, texts));
}

/** Does to a gap what its button says. */
export async function handleGap(
  interaction: ButtonInteraction,
  { action, id }: { readonly action: GapAction; readonly id: string },
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined || (await acknowledge(interaction, true)) === "gone") return;
  const { ledger, collection } = desk;
  const texts = textsFor(interaction.locale);
  const gap = await ledger.gaps.get(by.guild, id);
  if (gap?.state !== "open") {
    await showText(interaction, texts.gap.settledBefore);
    return;
  }
  if (action === "approve" || action === "choose") {
    const candidates = await candidatesFor(gap.question, collection);
    await showCard(interaction, renderCandidates(gap, candidates, texts));
    return;
  }
  const state = action === "absent" ? "absent" : "dismissed";
  const gaps = await alike(gap, desk);
  const isOurs = await settleGaps(interaction, { by, gaps, state }, desk);
  await showText(interaction, isOurs ? texts.gap.settled[state] : texts.gap.settledBefore);
}

/** Approves the passage that was chosen for a gap, which settles it. */
export async function handleGapChoice(
  interaction: StringSelectMenuInteraction,
  id: string,
  desk: BotContext,
): Promise<void> {
  const by = await askedByModerator(interaction, desk);
  if (by === undefined || (await acknowledge(interaction, true)) === "gone") return;
  const gap = await desk.ledger.gaps.get(by.guild, id);
  const [passage = ""] = interaction.values;
  if (gap?.state !== "open") {
    await showText(interaction, textsFor(interaction.locale).gap.settledBefore);
    return;
  }
  const others = await alike(gap, desk);
  await approve(interaction, { by, question: gap.question, passage }, desk);
  if (desk.collection.lookup.passage(passage)) {
    await settleGaps(interaction, { by, gaps: others, state: "approved" }, desk);
  }
}

/** The open gaps that ask the same, itself among them. */
async function alike(gap: Gap, { ledger }: BotContext): Promise<readonly Gap[]> {
  const clusters = clusterGaps(await ledger.gaps.open(gap.guild, MAX_OPEN));
  return clusters.find((cluster) => cluster.some(({ id }) => id === gap.id)) ?? [gap];
}

/** Puts the question of an answer to the moderators, once however often it is asked for. */
export async function handleHuman(interaction: ButtonInteraction, desk: BotContext): Promise<void> {
  if ((await acknowledge(interaction, true)) === "gone") return;
  const texts = textsFor(interaction.locale);
  const { ledger, now } = desk;
  const { guildId: guild, channelId: channel, message } = interaction;
  const moderators =
    guild === null ? undefined : (await ledger.settings.of(guild)).moderatorChannel;
  if (guild === null || moderators === undefined) {
    await showText(interaction, texts.gap.noChannel);
    return;
  }
  const place = { channel, message: message.id };
  const gap = (await ledger.gaps.ofMessage(message.id)) ?? (await sightNow(interaction, desk));
  if (gap === undefined) {
    await showText(interaction, texts.askAHuman);
    return;
  }
  if (gap.state !== "open") {
    await showText(interaction, texts.gap.settled[gap.state]);
    return;
  }
  const isFirst = await ledger.gaps.wait(gap.id, place);
  const claim = `ask:${gap.id}`;
  if (gap.post === undefined && (await ledger.claims.take(claim, now()))) {
    try {
      const publicTexts = textsFor(interaction.guildLocale);
      const post = await send(
        interaction.client,
        { channel: moderators },
        renderGapPost(gap, publicTexts),
      );
      await ledger.gaps.posted(gap.id, { channel: moderators, message: post });
    } catch (error) {
      await ledger.claims.release(claim);
      desk.log.warn({ what: "moderators could not be asked", error: redact(error) });
      await showText(interaction, texts.errors.cannotPost(`<#${moderators}>`));
      return;
    }
  }
  await showText(interaction, isFirst ? texts.gap.asked : texts.gap.askedBefore);
}

/** Counts the question of an answer that was not counted when it was given. */
async function sightNow(
  { guildId: guild, channelId: channel, message }: ButtonInteraction,
  { ledger, collection, now }: BotContext,
): Promise<Gap | undefined> {
  const question = (await ledger.answers.questionOf(message.id)) ?? questionOf(message);
  if (guild === null || question === "" || !ledger.keepsQuestions) return undefined;
  const vector = await collection.vectorOf(question);
  const sighting = {
    guild,
    channel,
    message: message.id,
    question,
    vector,
    reason: "maybe",
  } as const;
  await ledger.gaps.recordOccurrence(sighting, now());
  return ledger.gaps.ofMessage(message.id);
}

/** Gaps that ask the same, in whatever language. Pure. */

/**
 * Puts each gap to the first one before it that asks the same, as near as an approval must be with nothing else speaking for it: what
 * is put together is settled together. Clusters that were asked most come first.
 *
 * @param gaps Those asked most first.
 */
export function clusterGaps(gaps: readonly Gap[]): GapCluster[] {
  const clusters: [Gap, ...Gap[]][] = [];
  for (const gap of gaps) {
    const cluster = clusters.find(([first]) => asksTheSame(first, gap));
    if (cluster) cluster.push(gap);
    else clusters.push([gap]);
  }
  const asked = (cluster: GapCluster): number => cluster.reduce((sum, { count }) => sum + count, 0);
  return clusters.sort((a, b) => asked(b) - asked(a));
}
