/** Who may do what, and the link that adds the bot to a server. Nothing is said here: a refusal is the sentence that says why. */
import { PermissionFlagsBits } from "discord.js";
import type {
  APIInteractionGuildMember,
  GuildMember,
  GuildTextBasedChannel,
  PermissionsBitField,
  RepliableInteraction,
  User,
} from "discord.js";
import type { Moderator } from "../ledger/audit.ts";
import type { BotContext } from "./context.ts";
import { textsFor } from "./locales/locale.ts";
import type { Texts } from "./locales/texts.ts";

/** A permission that the bot looks at; its text says what Discord's settings call it. */
type NeededPermission = keyof Texts["permissions"];

const BITS = {
  view: PermissionFlagsBits.ViewChannel,
  history: PermissionFlagsBits.ReadMessageHistory,
  pin: PermissionFlagsBits.PinMessages,
  send: PermissionFlagsBits.SendMessages,
  sendInThreads: PermissionFlagsBits.SendMessagesInThreads,
  manage: PermissionFlagsBits.ManageGuild,
} as const satisfies Record<NeededPermission, bigint>;

/** What pinning and unpinning needs of whoever asks for it. */
const TO_PIN = ["view", "history", "pin"] as const satisfies NeededPermission[];

/** What the bot needs for it besides, since it posts the card. */
export const TO_POST = {
  channel: [...TO_PIN, "send"],
  thread: [...TO_PIN, "sendInThreads"],
} as const satisfies Record<string, NeededPermission[]>;

/** All that the bot asks for. */
const OF_BOT = [...TO_POST.channel, "sendInThreads"] as const satisfies NeededPermission[];

const MS_PER_SECOND = 1_000;

/** Whom something is for: gives what whoever asks may do it with or, as a sentence, why they may not. */
export type Who<By> = (
  interaction: RepliableInteraction,
  context: BotContext,
) => By | string | Promise<By | string>;

/** For whoever asks. */
export function everybody({ user }: RepliableInteraction): User {
  return user;
}

/** For whoever does not ask too often. */
export function askers(
  { user, channelId, locale }: RepliableInteraction,
  context: BotContext,
): User | string {
  return whyTooSoon(user.id, channelId, textsFor(locale), context) ?? user;
}

/** For moderators: whoever may pin in the channel, and whoever has the server's role for it. */
export async function moderators(
  { guildId: guild, member, memberPermissions, user, locale }: RepliableInteraction,
  { ledger }: Pick<BotContext, "ledger">,
): Promise<Moderator | string> {
  const { errors, permissions } = textsFor(locale);
  if (guild === null || member === null) return errors.onlyInServers;
  const by = { guild, user: user.id };
  if (missingPermissions(memberPermissions, ["pin"]).length === 0) return by;
  const { moderatorRole } = await ledger.settings.of(guild);
  const isModerator = moderatorRole !== undefined && hasRole(member, moderatorRole);
  return isModerator ? by : errors.notAModerator(permissions.pin);
}

/** For whoever manages the server: who the moderators are is not for moderators to say. */
export function administrators({
  guildId: guild,
  memberPermissions,
  user,
  locale,
}: RepliableInteraction): Moderator | string {
  const { errors, permissions } = textsFor(locale);
  if (guild === null) return errors.onlyInServers;
  const isAllowed = missingPermissions(memberPermissions, ["manage"]).length === 0;
  return isAllowed ? { guild, user: user.id } : errors.youLack(permissions.manage);
}

/** For whoever may pin in a channel where the bot may pin too; gives the channel. */
export function pinners(
  interaction: RepliableInteraction,
): { readonly channel: GuildTextBasedChannel } | string {
  const { errors } = textsFor(interaction.locale);
  const channel = channelOf(interaction);
  if (!interaction.inCachedGuild() || channel === undefined) return errors.onlyInServers;
  if (channel.isVoiceBased()) return errors.cannotPinHere;
  if (channel.isThread() && channel.archived === true) return errors.archived;
  if (interaction.member.isCommunicationDisabled()) return errors.timedOut;
  return whyNoPin(interaction, channel) ?? { channel };
}

/** The channel of a server that something is asked in; undefined elsewhere, or where the bot does not know it. */
export function channelOf(interaction: RepliableInteraction): GuildTextBasedChannel | undefined {
  const { channel } = interaction;
  if (!interaction.inCachedGuild() || channel?.isTextBased() !== true) return undefined;
  return channel.isDMBased() ? undefined : channel;
}

/** Which permissions whoever asks, or the bot, lacks for a pin. */
function whyNoPin(
  { memberPermissions, appPermissions, locale }: RepliableInteraction,
  channel: GuildTextBasedChannel,
): string | undefined {
  const texts = textsFor(locale);
  const theirs = missingPermissions(memberPermissions, TO_PIN);
  if (theirs.length > 0) return texts.errors.youLack(permissionNames(theirs, texts));
  const mine = missingPermissions(
    appPermissions,
    channel.isThread() ? TO_POST.thread : TO_POST.channel,
  );
  return mine.length > 0 ? texts.errors.iLack(permissionNames(mine, texts)) : undefined;
}

/** Why a user cannot ask in a channel now: when they may again, as Discord shows it; undefined if they can. */
export function whyTooSoon(
  user: string,
  channel: string | null,
  { errors }: Texts,
  { tooSoonUntil }: BotContext,
): string | undefined {
  const until = tooSoonUntil(user, channel);
  if (until === undefined) return undefined;
  return errors.cooldown(`<t:${Math.ceil(until / MS_PER_SECOND)}:R>`);
}

/** What Discord's settings call permissions, in a list. */
export function permissionNames(
  names: readonly NeededPermission[],
  { permissions }: Texts,
): string {
  return names.map((name) => permissions[name]).join(", ");
}

/**
 * Those of the needed permissions that are missing; empty if all are there.
 *
 * @param permissions Those of the interaction's payload: they hold the channel's overwrites, which the cache may not.
 */
function missingPermissions(
  permissions: Readonly<PermissionsBitField> | null,
  needed: readonly NeededPermission[],
): NeededPermission[] {
  return needed.filter((name) => !permissions?.has(BITS[name]));
}

/** A member of a server that is not in memory comes with a plain list. */
function hasRole({ roles }: GuildMember | APIInteractionGuildMember, role: string): boolean {
  return Array.isArray(roles) ? roles.includes(role) : roles.cache.has(role);
}

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
