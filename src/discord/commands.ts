/** The commands as Discord is told of them. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from "discord.js";
import type {
  APIApplicationCommandBasicOption,
  LocalizationMap,
  RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { MAX_NOTE_CHARS } from "../ledger/approvals.ts";
import { MAX_QUESTION_CHARS } from "../search/question.ts";
import { TEXTS } from "./locales/locale.ts";
import type { CommandName, CommandText } from "./locales/texts.ts";

const EVERYWHERE = {
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

const IN_SERVERS = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};

/** Shown to whoever may pin; a server can show them to its moderators' role as well. */
const FOR_MODERATORS = {
  ...IN_SERVERS,
  default_member_permissions: String(PermissionFlagsBits.PinMessages),
};

/** All commands, with their names and descriptions in every language of the interface. */
export const COMMANDS: readonly RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    ...chatInput("ask"),
    ...EVERYWHERE,
    options: [
      {
        ...option("ask", "question"),
        type: ApplicationCommandOptionType.String,
        required: true,
        max_length: MAX_QUESTION_CHARS,
      },
      { ...option("ask", "private"), type: ApplicationCommandOptionType.Boolean },
    ],
  },
  {
    ...chatInput("cite"),
    ...EVERYWHERE,
    options: [
      {
        ...option("cite", "what"),
        type: ApplicationCommandOptionType.String,
        required: true,
        autocomplete: true,
      },
    ],
  },
  { ...chatInput("help"), ...EVERYWHERE },
  { ...chatInput("about"), ...EVERYWHERE },
  { ...chatInput("pins"), ...IN_SERVERS },
  {
    ...chatInput("approve"),
    ...FOR_MODERATORS,
    options: [
      {
        ...option("approve", "question"),
        type: ApplicationCommandOptionType.String,
        required: true,
        max_length: MAX_QUESTION_CHARS,
      },
      {
        ...option("approve", "passage"),
        type: ApplicationCommandOptionType.String,
        required: true,
        autocomplete: true,
      },
      {
        ...option("approve", "note"),
        type: ApplicationCommandOptionType.String,
        max_length: MAX_NOTE_CHARS,
      },
    ],
  },
  {
    ...chatInput("approved"),
    ...FOR_MODERATORS,
    options: [{ ...option("approved", "lost"), type: ApplicationCommandOptionType.Boolean }],
  },
  { ...chatInput("gaps"), ...FOR_MODERATORS },
  { ...chatInput("digest"), ...FOR_MODERATORS },
  { ...chatInput("audit"), ...FOR_MODERATORS },
  {
    ...chatInput("settings"),
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      { ...option("settings", "role"), type: ApplicationCommandOptionType.Role },
      {
        ...option("settings", "channel"),
        type: ApplicationCommandOptionType.Channel,
        channel_types: [ChannelType.GuildText],
      },
      { ...option("settings", "reset"), type: ApplicationCommandOptionType.Boolean },
    ],
  },
  { ...chatInput("forgetMe"), ...EVERYWHERE },
  { ...named("find"), type: ApplicationCommandType.Message, ...EVERYWHERE },
  {
    ...named("pinAnswer"),
    type: ApplicationCommandType.Message,
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.PinMessages),
  },
];

/** The program's name of a command that Discord names; undefined for one of another version. */
export function commandOf(name: string): CommandName | undefined {
  return COMMAND_NAMES.find((it) => TEXTS["en-US"].commands[it].name === name);
}

const COMMAND_NAMES: readonly CommandName[] = [
  "ask",
  "cite",
  "help",
  "about",
  "pins",
  "approve",
  "approved",
  "gaps",
  "digest",
  "settings",
  "audit",
  "forgetMe",
  "find",
  "pinAnswer",
];

function chatInput(name: CommandName) {
  return {
    ...named(name),
    type: ApplicationCommandType.ChatInput as const,
    description: TEXTS["en-US"].commands[name].description,
    description_localizations: localized(({ commands }) => commands[name].description),
  };
}

function named(name: CommandName) {
  return {
    name: TEXTS["en-US"].commands[name].name,
    name_localizations: localized(({ commands }) => commands[name].name),
  };
}

function option(
  command: CommandName,
  name: string,
): Omit<APIApplicationCommandBasicOption, "type"> {
  const of = (commands: Readonly<Record<CommandName, CommandText>>) =>
    commands[command].options[name] ?? { name, description: name };
  return {
    ...of(TEXTS["en-US"].commands),
    name_localizations: localized(({ commands }) => of(commands).name),
    description_localizations: localized(({ commands }) => of(commands).description),
  };
}

/** English stands under its own key too: else Discord may show a reader of en-US another English. */
function localized(textOf: (texts: (typeof TEXTS)["en-US"]) => string): LocalizationMap {
  return Object.fromEntries(
    Object.entries(TEXTS).map(([locale, texts]) => [locale, textOf(texts)]),
  );
}
