/** What the bot does by itself from time to time, each thing once however many processes run. */
import type { Client } from "discord.js";
import type { BotContext } from "./context.ts";
import { redact } from "./errorMessages.ts";
import { endAbandoned } from "./features/unanswered.ts";
import { postDigests } from "./features/weeklyDigest.ts";

const HOUR_MS = 3_600_000;

/** Claims are kept for two weeks: longer than anything is asked for twice. */
const CLAIMS_KEPT_MS = 14 * 24 * HOUR_MS;

/** Questions that get a new vector at a time, so that questions come between. */
const REEMBEDDED_AT_ONCE = 10;

const TASKS = { endAbandoned, purge, reembed, postDigests, forgetChannels };

/** Does what is due; what fails is logged, and done the next time. */
export async function runDueTasks(client: Client, context: BotContext): Promise<void> {
  for (const [name, run] of Object.entries(TASKS)) {
    try {
      await run(context, client);
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
      const outdated = await questions.withOldVectors(collection.space, REEMBEDDED_AT_ONCE);
      if (outdated.length === 0) break;
      for (const { guild, id, question } of outdated) {
        await questions.reembed(guild, id, await collection.vectorOf(question));
      }
    }
  }
}

/** Discord's library would keep every direct conversation for good. */
function forgetChannels({ conversations }: BotContext, { channels }: Client): void {
  channels.cache.sweep((channel) => channel.isDMBased() && !conversations.last(channel.id));
}
