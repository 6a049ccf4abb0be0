/** What the bot does by itself from time to time, each thing once however many processes run. */
import type { Client } from "discord.js";
import type { BotContext } from "./context.ts";
import { redact } from "./errorMessages.ts";
import { digestCard } from "./features/administration.ts";
import { send } from "./features/escalation.ts";
import { textsFor } from "./locales/locale.ts";

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** The first Monday of 1970, at eight in the morning (UTC): digests come on Mondays. */
const FIRST_DIGEST_MS = 4 * 24 * HOUR_MS + 8 * HOUR_MS;

/** Claims are kept for longer than anything is asked for twice. */
const CLAIMS_KEPT_MS = 2 * WEEK_MS;

/** Questions that get a new vector at a time, so that questions come between. */
const REVISED_AT_ONCE = 10;

/** Does what is due; what fails is logged, and done the next time. */
export async function runDueTasks(client: Client, context: BotContext): Promise<void> {
  const tasks = { purge, reembed, postDigests: (it: BotContext) => postDigests(client, it) };
  for (const [name, run] of Object.entries(tasks)) {
    try {
      await run(context);
    } catch (error) {
      context.log.error({ what: `a task failed: ${name}`, error: redact(error) });
    }
  }
}

/** Forgets what has been kept long enough, once an hour. */
async function purge({ ledger, now }: BotContext): Promise<void> {
  if (!(await ledger.claims.take(`purge:${Math.floor(now() / HOUR_MS)}`, now()))) return;
  await ledger.purge(now());
  await ledger.claims.forget(now() - CLAIMS_KEPT_MS);
}

/** Gives questions new vectors where theirs are of another model, or none yet: until then only the same words find them. */
async function reembed({ ledger, collection }: BotContext): Promise<void> {
  for (const questions of [ledger.approvals, ledger.gaps]) {
    for (;;) {
      const outdated = await questions.withOldVectors(collection.space, REVISED_AT_ONCE);
      if (outdated.length === 0) break;
      for (const { guild, id, question } of outdated) {
        await questions.reembed(guild, id, await collection.vectorOf(question));
      }
    }
  }
}

/** Posts last week's digest in each moderators' channel that this process serves. */
async function postDigests(client: Client, desk: BotContext): Promise<void> {
  const { ledger, now } = desk;
  const week = Math.floor((now() - FIRST_DIGEST_MS) / WEEK_MS);
  for (const { guild, channel } of await ledger.settings.withChannel()) {
    const served = client.guilds.cache.get(guild);
    if (served === undefined) continue;
    if (!(await ledger.claims.take(`digest:${guild}:${week}`, now()))) continue;
    const card = await digestCard(guild, textsFor(served.preferredLocale), desk);
    await send(client, { channel }, card);
  }
}
