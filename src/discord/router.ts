/** An interaction, from Discord's event to its answer, top to bottom; none ends without one. */
import type { Interaction } from "discord.js";
import { LRUCache } from "lru-cache";
import type { BotContext } from "./context.ts";
import { replyStale, runAction, runCommand, suggest } from "./feature.ts";
import { FEATURES } from "./featureTable.ts";
import { explainTo, settle } from "./respond.ts";

/** Interactions that are remembered: after a broken connection Discord tells of them again. */
const MAX_REMEMBERED = 10_000;

/** Answers each interaction once in this process; never rejected. Between processes the claim decides that follows the acknowledgement. */
export function prepareRouter(context: BotContext): (interaction: Interaction) => Promise<void> {
  const told = new LRUCache<string, true>({ max: MAX_REMEMBERED });
  return async (interaction) => {
    if (told.has(interaction.id)) return;
    told.set(interaction.id, true);
    try {
      await answer(interaction, context);
    } catch (error) {
      await explainTo(interaction, error, context.log);
    }
    await settle(interaction, context);
  };
}

/** Finds what is asked for in the table; each row acknowledges, claims, looks who asks, and does it. */
function answer(interaction: Interaction, context: BotContext): Promise<void> {
  if (interaction.isAutocomplete()) return suggest(FEATURES.typing, interaction, context);
  if (interaction.isChatInputCommand()) return runCommand(FEATURES.slash, interaction, context);
  if (interaction.isMessageContextMenuCommand()) {
    return runCommand(FEATURES.message, interaction, context);
  }
  if (interaction.isButton()) return runAction(FEATURES.button, interaction, context);
  if (interaction.isStringSelectMenu()) return runAction(FEATURES.menu, interaction, context);
  if (interaction.isModalSubmit()) return runAction(FEATURES.form, interaction, context);
  return replyStale(interaction);
}
