/** Answers that a process has promised and will not give: it was killed, or Discord could not be reached. */
import { DiscordAPIError } from "discord.js";
import type { Client } from "discord.js";
import type { BotContext } from "../context.ts";
import { redact } from "../errorMessages.ts";
import { textsFor } from "../locales/locale.ts";
import { answerAbandoned } from "../respond.ts";

/** Says to those who wait for such an answer that they have to ask again. */
export async function endAbandoned(
  { ledger, log, now }: BotContext,
  client: Client,
): Promise<void> {
  if (!client.isReady()) return;
  for (const abandoned of await ledger.claims.takeAbandoned(now())) {
    try {
      const { interrupted } = textsFor(abandoned.locale).errors;
      await answerAbandoned(client, abandoned, interrupted);
      await ledger.claims.settle(abandoned.name);
    } catch (error) {
      log.warn({ what: "who waits for an answer could not be told", error: redact(error) });
      // All else is tried again the next time.
      if (error instanceof DiscordAPIError) await ledger.claims.settle(abandoned.name);
    }
  }
}
