/** Who moderates the server of the tests, and what they press. */
import { MODERATOR_RIGHTS, press } from "./discordPayloads.ts";
import type { Actor, Interaction } from "./discordPayloads.ts";
import { flatten } from "./discordLimits.ts";
import type { StoredMessage } from "./fakeDiscordRest.ts";
import { buttonsOf } from "./testBot.ts";

export const MODERATOR: Actor = {
  rights: MODERATOR_RIGHTS,
  user: "400000000000000009",
  name: "mod",
};
export const ADMIN: Actor = { rights: MODERATOR_RIGHTS | (1n << 5n), user: "400000000000000008" };

/** Presses the button with this label. */
export function click(label: string, message: StoredMessage, actor = MODERATOR): Interaction {
  return press(buttonsOf(message).get(label) ?? "", message, actor);
}

/** The values of a message's menu. */
export function choicesOf({ components }: StoredMessage): string[] {
  const menus = flatten(components) as { options?: { value: string }[] }[];
  return menus.flatMap(({ options = [] }) => options.map(({ value }) => value));
}
