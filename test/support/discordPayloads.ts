/** Events as Discord sends them. */

export const IDS = {
  application: "100000000000000001",
  bot: "100000000000000001",
  guild: "200000000000000001",
  channel: "300000000000000001",
  otherChannel: "300000000000000002",
  voiceChannel: "300000000000000003",
  thread: "300000000000000004",
  archivedThread: "300000000000000005",
  botRole: "250000000000000001",
  moderatorRole: "250000000000000009",
  member: "400000000000000001",
} as const;

const userOf = (id: string, name: string) => ({
  id,
  username: name,
  discriminator: "0",
  global_name: name,
  avatar: null,
});

export const BOT_USER = { ...userOf(IDS.bot, "verbatim"), global_name: null, bot: true };

/** Whoever asks, unless somebody else is named. */
export const ASKER = userOf(IDS.member, "member");

/** View Channel, Send Messages, Read Message History, Send Messages in Threads; and with Pin Messages. */
export const MEMBER_RIGHTS = (1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 38n);
export const MODERATOR_RIGHTS = MEMBER_RIGHTS | (1n << 51n);

const threadOf = (id: string, archived: boolean) => ({
  id,
  type: 11,
  guild_id: IDS.guild,
  parent_id: IDS.channel,
  owner_id: IDS.member,
  name: "thread",
  message_count: 0,
  member_count: 0,
  thread_metadata: {
    archived,
    auto_archive_duration: 60,
    archive_timestamp: "2026-01-01T00:00:00.000Z",
    locked: false,
  },
});

export const GUILD = {
  id: IDS.guild,
  name: "Guild",
  owner_id: "999999999999999999",
  roles: [
    { id: IDS.guild, name: "@everyone", permissions: "0", position: 0, color: 0 },
    { id: IDS.moderatorRole, name: "helpers", permissions: "0", position: 2, color: 0 },
    {
      id: IDS.botRole,
      name: "verbatim",
      permissions: "0",
      position: 1,
      color: 0,
      managed: true,
      tags: { bot_id: IDS.bot },
    },
  ],
  channels: [
    { id: IDS.channel, type: 0, name: "general", permission_overwrites: [] },
    { id: IDS.otherChannel, type: 0, name: "other", permission_overwrites: [] },
    { id: IDS.voiceChannel, type: 2, name: "voice", bitrate: 64_000, permission_overwrites: [] },
  ],
  threads: [threadOf(IDS.thread, false), threadOf(IDS.archivedThread, true)],
  ...Object.fromEntries(
    "members emojis stickers presences voice_states stage_instances guild_scheduled_events soundboard_sounds features"
      .split(" ")
      .map((it) => [it, []]),
  ),
  preferred_locale: "en-US",
  member_count: 1,
};

/** Who does something, where, and with what rights. */
export interface Actor {
  readonly user?: string;
  readonly name?: string;
  readonly channel?: string;
  /** Their rights in the channel. */
  readonly rights?: bigint;
  /** Ids of their roles. */
  readonly roles?: readonly string[];
  readonly botRights?: bigint;
  readonly locale?: string;
  readonly guildLocale?: string;
  /** Until when they may not speak, an ISO date. */
  readonly timedOutUntil?: string;
  /** Outside any server. */
  readonly isDirect?: boolean;
}

/** Another user in another channel for each number. */
export function stranger(number: number): { readonly user: string; readonly channel: string } {
  const id = (from: bigint): string => String(from + BigInt(number));
  return { user: id(410_000_000_000_000_000n), channel: id(310_000_000_000_000_000n) };
}

let lastInteraction = 700_000_000_000_000_000n;

/** What all interactions have. Ids are ascending, tokens unlike each other. */
function interaction(type: number, data: unknown, actor: Actor = {}): Interaction {
  const id = String(++lastInteraction);
  const { user: userId = IDS.member, name = "member", channel = IDS.channel } = actor;
  const user = userOf(userId, name);
  return {
    id,
    token: `token-${id}`,
    application_id: IDS.application,
    type,
    version: 1,
    data,
    channel_id: channel,
    channel: { id: channel, type: actor.isDirect ? 1 : 0 },
    locale: actor.locale ?? "en-US",
    entitlements: [],
    attachment_size_limit: 10_485_760,
    app_permissions: String(actor.botRights ?? MODERATOR_RIGHTS),
    ...(actor.isDirect
      ? { user, context: 1, authorizing_integration_owners: { "1": userId } }
      : {
          guild_id: IDS.guild,
          guild_locale: actor.guildLocale ?? "en-US",
          context: 0,
          authorizing_integration_owners: { "0": IDS.guild },
          member: memberOf(user, actor),
        }),
  };
}

function memberOf(user: object, { roles = [], rights = MEMBER_RIGHTS, timedOutUntil }: Actor) {
  return {
    user,
    roles,
    joined_at: "2020-01-01T00:00:00.000Z",
    deaf: false,
    mute: false,
    flags: 0,
    permissions: String(rights),
    communication_disabled_until: timedOutUntil ?? null,
  };
}

/** An interaction as it is sent. */
export type Interaction = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly token: string;
};

const COMMAND_ID = "800000000000000001";

/** Options are strings, booleans, or focused strings that are being typed. */
type CommandOptions = Readonly<Record<string, string | boolean>>;

/** A slash command. */
export function slash(name: string, options: CommandOptions = {}, actor: Actor = {}): Interaction {
  return interaction(2, { id: COMMAND_ID, name, type: 1, options: optionsOf(options) }, actor);
}

/** A slash command that is being typed; its last option has the focus. */
export function typing(name: string, options: CommandOptions, actor: Actor = {}): Interaction {
  const given = optionsOf(options).map((it, i, all) => ({ ...it, focused: i === all.length - 1 }));
  return interaction(4, { id: COMMAND_ID, name, type: 1, options: given }, actor);
}

/** A command on somebody's message. */
export function onMessage(name: string, message: MessagePayload, actor: Actor = {}): Interaction {
  const resolved = { messages: { [message.id]: message } };
  return interaction(2, { id: COMMAND_ID, name, type: 3, target_id: message.id, resolved }, actor);
}

/** A button of a message that is pressed. */
export function press(customId: string, message: MessagePayload, actor: Actor = {}): Interaction {
  return { ...interaction(3, { custom_id: customId, component_type: 2 }, actor), message };
}

/** A choice of a menu. */
export function choose(
  customId: string,
  values: readonly string[],
  message: MessagePayload,
  actor: Actor = {},
): Interaction {
  const data = { custom_id: customId, component_type: 3, values };
  return { ...interaction(3, data, actor), message };
}

/** A form that is sent, with its fields; from a message where it was opened there. */
export function submit(
  customId: string,
  fields: Readonly<Record<string, string>> = {},
  message?: MessagePayload,
  actor: Actor = {},
): Interaction {
  const components = Object.entries(fields).map(([field, value], i) => ({
    type: 18,
    id: 2 * i + 1,
    component: { type: 4, id: 2 * i + 2, custom_id: field, value },
  }));
  const sent = interaction(5, { custom_id: customId, components }, actor);
  return message ? { ...sent, message } : sent;
}

export type MessagePayload = Readonly<Record<string, unknown>> & { readonly id: string };

let lastMessage = 600_000_000_000_000_000n;

/** What all messages have, in the channel. */
export const MESSAGE_FIELDS = {
  type: 0,
  channel_id: IDS.channel,
  guild_id: IDS.guild,
  content: "",
  timestamp: "2026-01-01T00:00:00.000Z",
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  embeds: [],
  components: [],
  pinned: false,
};

/** A message of a member, as MESSAGE_CREATE has it and as a command on it does. */
export function memberMessage(content: string, more: object = {}): MessagePayload {
  const author = userOf(IDS.member, "member");
  return { ...MESSAGE_FIELDS, id: String(++lastMessage), content, author, ...more };
}

/** A message that mentions the bot. */
export function mention(question: string, more: object = {}): MessagePayload {
  return memberMessage(`<@${IDS.bot}> ${question}`, { mentions: [BOT_USER], ...more });
}

function optionsOf(options: CommandOptions): { name: string; type: number; value: unknown }[] {
  return Object.entries(options).map(([name, value]) => ({
    name,
    type: typeof value === "boolean" ? 5 : 3,
    value,
  }));
}
