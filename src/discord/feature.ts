/** One thing that can be asked of the bot: acknowledged, claimed, allowed, done. */
import type { AutocompleteInteraction, RepliableInteraction } from "discord.js";
import type { Who } from "./access.ts";
import { commandOf } from "./commands.ts";
import type { BotContext } from "./context.ts";
import { nameOf, parseCustomId } from "./customId.ts";
import type { ActionName, ActionNamed } from "./customId.ts";
import { textsFor } from "./locales/locale.ts";
import type { CommandName } from "./locales/texts.ts";
import { acknowledge, replyText, tell } from "./respond.ts";
import type { Acknowledgement } from "./respond.ts";

/** What is asked: with which arguments of a custom_id, and by whom. */
export interface Asked<I, Action = unknown, By = unknown> {
  readonly interaction: I;
  readonly action: Action;
  readonly by: By;
}

type Feature<I, Action = undefined> = (
  interaction: I,
  action: Action,
  context: BotContext,
) => Promise<void>;

/** What commands do, by their names in the program. */
export type Commands<I> = { readonly [Name in CommandName]?: Feature<I> };

/** What is offered while the options of commands are typed. */
export type Suggestions = {
  readonly [Name in CommandName]?: (
    interaction: AutocompleteInteraction,
    context: BotContext,
  ) => Promise<void>;
};

/** What buttons, menus or forms do, by the names of their actions. */
export type Actions<I> = {
  readonly [Name in ActionName]?: Feature<I, ActionNamed<Name>>;
};

/**
 * Something that can be asked of the bot, by whom, and what is done.
 *
 * @param acknowledged How it is acknowledged before anything is awaited; where undefined, `handle` answers at once, or acknowledges as soon
 * as it knows how.
 */
export function feature<I extends RepliableInteraction, Action, By>(
  who: Who<By>,
  handle: (asked: Asked<I, Action, By>, context: BotContext) => Promise<void>,
  acknowledged?: Acknowledgement,
): Feature<I, Action> {
  return async (interaction, action, context) => {
    if (acknowledged && !(await acknowledge(interaction, acknowledged, context))) return;
    const by = await who(interaction, context);
    if (typeof by === "string") await tell(interaction, by);
    else await handle({ interaction, action, by }, context);
  };
}

/** Does what a command asks for. */
export async function runCommand<I extends RepliableInteraction & { readonly commandName: string }>(
  commands: Commands<I>,
  interaction: I,
  context: BotContext,
): Promise<void> {
  const command = commandOf(interaction.commandName);
  const run = command && commands[command];
  await (run ? run(interaction, undefined, context) : replyStale(interaction));
}

/** Offers choices for what is being typed; none for a command of another version. */
export async function suggest(
  suggestions: Suggestions,
  interaction: AutocompleteInteraction,
  context: BotContext,
): Promise<void> {
  const command = commandOf(interaction.commandName);
  await (command && suggestions[command]?.(interaction, context));
}

/** Does what the custom_id of a button, a menu or a form says. */
export async function runAction<I extends RepliableInteraction & { readonly customId: string }>(
  actions: Actions<I>,
  interaction: I,
  context: BotContext,
): Promise<void> {
  const action = parseCustomId(interaction.customId);
  const run = action && named(actions, nameOf(action));
  await (run ? run(interaction, action, context) : replyStale(interaction));
}

function named<I, Name extends ActionName>(
  actions: { readonly [It in Name]?: Feature<I, ActionNamed<It>> },
  name: Name,
): Feature<I, ActionNamed<Name>> | undefined {
  return actions[name];
}

/** Says that this is of another version, which this one does not know. */
export async function replyStale(interaction: RepliableInteraction): Promise<void> {
  await replyText(interaction, textsFor(interaction.locale).errors.stale);
}
