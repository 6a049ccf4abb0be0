/** /gaps: moderators look through the questions that were not answered well, and settle them. */
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import { asksTheSame } from "../../ask/similarQuestions.ts";
import type { Moderator } from "../../ledger/audit.ts";
import type { Gap } from "../../ledger/gaps.ts";
import { renderCandidates, renderGaps } from "../cards/gapCards.ts";
import type { GapCluster } from "../cards/gapCards.ts";
import type { BotContext } from "../context.ts";
import type { ActionNamed } from "../customId.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import { showCard, showText } from "../respond.ts";
import { approve, candidatesFor } from "./approving.ts";
import { settleGaps } from "./escalation.ts";

/** Open gaps that are looked at for a list: those asked most. */
const MAX_OPEN = 500;

type GapAction = ActionNamed<"gap:absent">;

/** Lists the open gaps, those that ask the same together. */
export async function handleGaps(
  { interaction, by }: Asked<ChatInputCommandInteraction, unknown, Moderator>,
  context: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const clusters = clusterGaps(await context.ledger.gaps.open(by.guild, MAX_OPEN));
  if (clusters.length === 0) await showText(interaction, texts.gap.none);
  else await showCard(interaction, renderGaps(clusters, texts));
}

/** Offers passages to approve for a gap. */
export async function offerPassages(
  { interaction, action, by }: Asked<ButtonInteraction, GapAction, Moderator>,
  context: BotContext,
): Promise<void> {
  const gap = await openGap(interaction, action, by, context);
  if (gap === undefined) return;
  const candidates = await candidatesFor(gap.question, context);
  await showCard(interaction, renderCandidates(gap, candidates, textsFor(interaction.locale)));
}

/** Approves the passage that was chosen for a gap, which settles it. */
export async function approveForGap(
  { interaction, action, by }: Asked<StringSelectMenuInteraction, GapAction, Moderator>,
  context: BotContext,
): Promise<void> {
  const gap = await openGap(interaction, action, by, context);
  if (gap === undefined) return;
  const [passage = ""] = interaction.values;
  const gaps = await alike(gap, context);
  await approve(interaction, { by, question: gap.question, passage }, context);
  if (context.collection.lookup.reference(passage)) {
    await settleGaps(interaction, { by, gaps, state: "approved" }, context);
  }
}

/** Settles a gap without a passage: the report has no answer, or it is no question for the report. */
export async function dismissGap(
  { interaction, action, by }: Asked<ButtonInteraction, GapAction, Moderator>,
  context: BotContext,
): Promise<void> {
  const gap = await openGap(interaction, action, by, context);
  if (gap === undefined) return;
  const { settled, settledBefore } = textsFor(interaction.locale).gap;
  const state = action.action === "absent" ? "absent" : "dismissed";
  const gaps = await alike(gap, context);
  const isOurs = await settleGaps(interaction, { by, gaps, state }, context);
  await showText(interaction, isOurs ? settled[state] : settledBefore);
}

/** The gap that is meant; undefined if it is settled already, which is said. */
async function openGap(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  { id }: GapAction,
  { guild }: Moderator,
  { ledger }: BotContext,
): Promise<Gap | undefined> {
  const gap = await ledger.gaps.get(guild, id);
  if (gap?.state === "open") return gap;
  await showText(interaction, textsFor(interaction.locale).gap.settledBefore);
  return undefined;
}

/** The open gaps that ask the same, itself among them. */
async function alike(gap: Gap, { ledger }: BotContext): Promise<readonly Gap[]> {
  const clusters = clusterGaps(await ledger.gaps.open(gap.guild, MAX_OPEN));
  return clusters.find((cluster) => cluster.some(({ id }) => id === gap.id)) ?? [gap];
}

/**
 * Puts each gap to the first one before it that asks the same, in whatever language, as near as an approval must be with nothing else
 * speaking for it: what is put together is settled together. Clusters that were asked most come first.
 *
 * @param gaps Those asked most first.
 */
function clusterGaps(gaps: readonly Gap[]): GapCluster[] {
  const clusters: [Gap, ...Gap[]][] = [];
  for (const gap of gaps) {
    const cluster = clusters.find(([first]) => asksTheSame(first, gap));
    if (cluster) cluster.push(gap);
    else clusters.push([gap]);
  }
  const asked = (cluster: GapCluster): number => cluster.reduce((sum, { count }) => sum + count, 0);
  return clusters.sort((a, b) => asked(b) - asked(a));
}
