/** What moderators settle is told to whoever waits for it. */
import { MessageFlags } from "discord.js";
import type { Client } from "discord.js";
import type { Excerpt } from "../../ask/answer.ts";
import type { Moderator } from "../../ledger/audit.ts";
import type { Gap, MessagePlace, SettledGap } from "../../ledger/gaps.ts";
import type { GapState } from "../../ledger/schema.ts";
import type { CardMessage } from "../cards/cardParts.ts";
import type { BotContext } from "../context.ts";
import { redact } from "../errorMessages.ts";
import { renderNews, renderSettledPost } from "../cards/gapCards.ts";
import type { Answerable } from "../respond.ts";
import { textsFor } from "../locales/locale.ts";

/** Gaps, and what becomes of them. */
export interface Settling {
  readonly by: Moderator;
  readonly gaps: readonly Gap[];
  readonly state: Exclude<GapState, "open">;
}

/** Settles gaps and tells whoever waits; whether any of them was open still. */
export async function settleGaps(
  interaction: Answerable,
  { by, gaps, state }: Settling,
  desk: BotContext,
): Promise<boolean> {
  const ids = gaps.map(({ id }) => id);
  const settled = await desk.ledger.gaps.settle(by, ids, state, desk.now());
  for (const it of settled) await tell(interaction, it, desk);
  return settled.length > 0;
}

/** Says in the moderators' channel and to whoever waits what became of a question; where that cannot be said the log has it. */
async function tell(
  interaction: Answerable,
  { gap, waiters }: SettledGap,
  desk: BotContext,
): Promise<void> {
  const { client, user } = interaction;
  const { state } = gap;
  if (state === "open") return;
  const texts = textsFor(interaction.guildLocale ?? interaction.locale);
  const excerpts = state === "approved" ? await approvedExcerpts(gap, desk) : [];
  const attempts = [
    ...(gap.post
      ? [edit(client, gap.post, renderSettledPost(gap, state, user.displayName, texts))]
      : []),
    ...waiters.map(async (place) => {
      const asker = await askerOf(client, place);
      const card = renderNews(gap.question, { state, excerpts, asker }, texts);
      await send(client, place, card, asker);
    }),
  ];
  for (const result of await Promise.allSettled(attempts)) {
    if (result.status === "rejected") {
      desk.log.warn({ what: "somebody could not be told", error: redact(result.reason) });
    }
  }
}

async function approvedExcerpts(
  gap: Gap,
  { ledger, collection }: BotContext,
): Promise<readonly Excerpt[]> {
  const approved = await ledger.approvals.approvedIn(gap.guild);
  const [nearest] = approved.nearest(gap.vector);
  const found = approved.same(gap.vector.key) ?? nearest?.answer;
  return found?.passages.flatMap((it) => collection.lookup.resolve(it) ?? []) ?? [];
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

/**
 * Posts a card, as a reply where a message is given; pings nobody but `asker`.
 *
 * @returns The message's id.
 */
export async function send(
  client: Client,
  { channel, message }: { readonly channel: string; readonly message?: string },
  { components }: CardMessage,
  asker?: string,
): Promise<string> {
  const found = await client.channels.fetch(channel);
  if (found?.isSendable() !== true) throw new Error(`channel ${channel} takes no messages`);
  const { id } = await found.send({
    components: [...components],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [], ...(asker !== undefined && { users: [asker] }) },
    ...(message !== undefined && {
      reply: { messageReference: message, failIfNotExists: false },
    }),
  });
  return id;
}

async function edit(
  client: Client,
  { channel, message }: MessagePlace,
  { components }: CardMessage,
): Promise<void> {
  const found = await client.channels.fetch(channel);
  if (found?.isTextBased() !== true) return;
  await found.messages.edit(message, {
    components: [...components],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
  });
}
