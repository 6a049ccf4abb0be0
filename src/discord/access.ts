import { PermissionFlagsBits } from "discord.js";
import type { APIInteractionGuildMember, GuildMember, PermissionsBitField } from "discord.js";
import type { Moderator } from "../ledger/audit.ts";
import type { BotContext } from "./context.ts";
import { replyText } from "./respond.ts";
import type { Answerable } from "./respond.ts";
import { textsFor } from "./locales/locale.ts";
import type { Texts } from "./locales/texts.ts";

const BITS = {
  view: PermissionFlagsBits.ViewChannel,
  history: PermissionFlagsBits.ReadMessageHistory,
  pin: PermissionFlagsBits.PinMessages,
  send: PermissionFlagsBits.SendMessages,
  sendInThreads: PermissionFlagsBits.SendMessagesInThreads,
  manage: PermissionFlagsBits.ManageGuild,
} as const satisfies Record<NeededPermission, bigint>;

/** A permission that the bot looks at; its text says what Discord's settings call it. */
export type NeededPermission = keyof Texts["permissions"];

/** What pinning and unpinning needs of whoever asks for it. */
export const TO_PIN = ["view", "history", "pin"] as const satisfies NeededPermission[];

/** What the bot needs for it besides, since it posts the card. */
export const TO_POST = {
  channel: [...TO_PIN, "send"],
  thread: [...TO_PIN, "sendInThreads"],
} as const satisfies Record<string, NeededPermission[]>;

/**
 * Those of the needed permissions that are missing; empty if all are there.
 *
 * @param permissions Those of the interaction's payload: they hold the channel's overwrites, which the cache may not.
 */
export function missingPermissions(
  permissions: Readonly<PermissionsBitField> | null,
  needed: readonly NeededPermission[],
): NeededPermission[] {
  return needed.filter((name) => !permissions?.has(BITS[name]));
}

/** All that the bot asks for. */
const OF_BOT = ["view", "history", "pin", "send", "sendInThreads"] as const;

/** The link by which somebody adds the bot to a server, with the least permissions: see, read, pin, send. */
export function inviteLink(applicationId: string): string {
  const permissions = OF_BOT.reduce((sum, name) => sum | BITS[name], 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: "bot applications.commands",
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}

/** Who is a moderator: whoever may pin in the channel, and whoever has the server's role for it. */

/** The moderator who asks for something; undefined for anybody else, who is told so. */
export async function askedByModerator(
  interaction: Answerable,
  { ledger }: Pick<BotContext, "ledger">,
): Promise<Moderator | undefined> {
  const { guildId: guild, member, user } = interaction;
  const { errors, permissions } = textsFor(interaction.locale);
  if (guild === null || member === null) {
    await replyText(interaction, errors.onlyInServers);
    return undefined;
  }
  if (missingPermissions(interaction.memberPermissions, ["pin"]).length === 0) {
    return { guild, user: user.id };
  }
  const { moderatorRole } = await ledger.settings.of(guild);
  if (moderatorRole !== undefined && hasRole(member, moderatorRole)) {
    return { guild, user: user.id };
  }
  await replyText(interaction, errors.notAModerator(permissions.pin));
  return undefined;
}

/** A member of a server that is not in memory comes with a plain list. */
function hasRole({ roles }: GuildMember | APIInteractionGuildMember, role: string): boolean {
  return Array.isArray(roles) ? roles.includes(role) : roles.cache.has(role);
}
