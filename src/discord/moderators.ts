/** Who is a moderator: whoever may pin in the channel, and whoever has the server's role for it. */
import type { GuildMember, APIInteractionGuildMember } from "discord.js";
import type { Moderator } from "../ledger/audit.ts";
import type { Desk } from "./desk.ts";
import { missingPermissions } from "./permissions.ts";
import { replyPrivately } from "./reply.ts";
import type { Answerable } from "./reply.ts";
import { textsFor } from "./texts.ts";

/** The moderator who asks for something; undefined for anybody else, who is told so. */
export async function askedByModerator(
  interaction: Answerable,
  { ledger }: Pick<Desk, "ledger">,
): Promise<Moderator | undefined> {
  const { guildId: guild, member, user } = interaction;
  const { errors, permissions } = textsFor(interaction.locale);
  if (guild === null || member === null) {
    await replyPrivately(interaction, errors.onlyInServers);
    return undefined;
  }
  if (missingPermissions(interaction.memberPermissions, ["pin"]).length === 0) {
    return { guild, user: user.id };
  }
  const { moderatorRole } = await ledger.settings.of(guild);
  if (moderatorRole !== undefined && hasRole(member, moderatorRole)) {
    return { guild, user: user.id };
  }
  await replyPrivately(interaction, errors.notAModerator(permissions.pin));
  return undefined;
}

/** A member of a server that is not in memory comes with a plain list. */
function hasRole({ roles }: GuildMember | APIInteractionGuildMember, role: string): boolean {
  return Array.isArray(roles) ? roles.includes(role) : roles.cache.has(role);
}
