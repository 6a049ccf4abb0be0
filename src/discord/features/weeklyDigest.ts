/** /digest and the digest that is posted each week: a server's last seven days in figures. */
import type { ChatInputCommandInteraction, Client, Guild } from "discord.js";
import type { Moderator } from "../../ledger/audit.ts";
import { renderDigest } from "../cards/digestCard.ts";
import type { CardMessage } from "../cards/cardParts.ts";
import type { BotContext } from "../context.ts";
import { redact } from "../errorMessages.ts";
import type { Asked } from "../feature.ts";
import { textsFor } from "../locales/locale.ts";
import type { Texts } from "../locales/texts.ts";
import { postCard } from "../post.ts";
import type { PostPlace } from "../post.ts";
import { showCard } from "../respond.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** The first Monday of 1970, at eight in the morning (UTC): digests come on Mondays. */
const FIRST_DIGEST_MS = 4 * DAY_MS + DAY_MS / 3;

/** Sections that a digest names. */
const MAX_SECTIONS = 5;

/** Sums up a server's last seven days. */
export async function handleDigest(
  { interaction, by }: Asked<ChatInputCommandInteraction, unknown, Moderator>,
  context: BotContext,
): Promise<void> {
  const card = await digestCard(by.guild, textsFor(interaction.locale), context);
  await showCard(interaction, card);
}

/**
 * Posts last week's digest in each moderators' channel of this process's servers, once however many processes run. What cannot be posted
 * is tried again an hour later, and keeps no other server waiting.
 */
export async function postDigests(context: BotContext, client: Client): Promise<void> {
  const { ledger, now } = context;
  const week = Math.floor((now() - FIRST_DIGEST_MS) / WEEK_MS);
  for (const { guild: id, channel } of await ledger.settings.withChannel()) {
    const guild = client.guilds.cache.get(id);
    if (guild === undefined) continue;
    const claim = `digest:${id}:${week}`;
    if (!(await ledger.claims.take(claim, now()))) continue;
    const isPosted = await tryPosting(guild, { channel, nonce: `digest-${week}` }, context);
    if (!isPosted) await ledger.claims.release(claim);
  }
}

/** Posts a server's digest, unless that failed less than an hour ago; whether it did. */
async function tryPosting(
  { id, client, preferredLocale }: Guild,
  place: PostPlace,
  context: BotContext,
): Promise<boolean> {
  const { ledger, log, now } = context;
  const attempt = `digest:${id}:hour:${Math.floor(now() / HOUR_MS)}`;
  if (!(await ledger.claims.take(attempt, now()))) return false;
  try {
    await postCard(client, place, await digestCard(id, textsFor(preferredLocale), context));
    return true;
  } catch (error) {
    log.warn({ what: "a digest could not be posted", guild: id, error: redact(error) });
    return false;
  }
}

/** The card of a server's last seven days. */
async function digestCard(
  guild: string,
  texts: Texts,
  { ledger, collection, now }: BotContext,
): Promise<CardMessage> {
  const to = now() + 1;
  const digest = await ledger.digest(guild, { from: to - WEEK_MS, to });
  const countOf = new Map(digest.passages.map(({ passage, count }) => [passage, count]));
  const sections = new Map<string, number>();
  for (const { passage, section, title } of await collection.lookup.passages([...countOf.keys()])) {
    const name = section.at(-1) ?? title;
    sections.set(name, (sections.get(name) ?? 0) + (countOf.get(passage) ?? 0));
  }
  const top = Array.from(sections, ([section, count]) => ({ section, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_SECTIONS);
  return renderDigest(digest, top, guild, texts);
}
