/** The commands as Discord is told of them, and telling it. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  DiscordAPIError,
  InteractionContextType,
  PermissionFlagsBits,
  REST,
  Routes,
} from "discord.js";
import type {
  APIApplicationCommandBasicOption,
  LocalizationMap,
  RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { MAX_NOTE_CHARS } from "../ledger/approvals.ts";
import { MAX_WORDS_CHARS } from "../search/mentionSearch.ts";
import { MAX_QUESTION_CHARS } from "../search/question.ts";
import { reasonOf } from "./errorMessages.ts";
import { TEXTS } from "./locales/locale.ts";
import { COMMAND_NAMES } from "./locales/texts.ts";
import type { CommandName, CommandText, Texts } from "./locales/texts.ts";

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

/** Where a command is offered, to whom, and what is typed behind it; names and descriptions stand in the texts. */
interface CommandData {
  /** Offered in the menu of a message; a slash command where undefined. */
  readonly type?: ApplicationCommandType.Message;
  readonly integration_types: ApplicationIntegrationType[];
  readonly contexts: InteractionContextType[];
  readonly default_member_permissions?: string;
  readonly options?: Readonly<Record<string, OptionData>>;
}

type WithoutTexts<T> = T extends unknown ? Omit<T, "name" | "description"> : never;
type OptionData = WithoutTexts<APIApplicationCommandBasicOption>;

const FLAG: OptionData = { type: ApplicationCommandOptionType.Boolean };

const QUESTION: OptionData = {
  type: ApplicationCommandOptionType.String,
  required: true,
  max_length: MAX_QUESTION_CHARS,
};

/** An id or words of a heading, for which headings are offered. */
const PASSAGE: OptionData = {
  type: ApplicationCommandOptionType.String,
  required: true,
  autocomplete: true,
};

const WORDS: OptionData = {
  type: ApplicationCommandOptionType.String,
  required: true,
  max_length: MAX_WORDS_CHARS,
  autocomplete: true,
};

const REPORT: OptionData = { type: ApplicationCommandOptionType.String, autocomplete: true };

const DATA: Readonly<Record<CommandName, CommandData>> = {
  ask: { ...EVERYWHERE, options: { question: QUESTION, private: FLAG } },
  cite: { ...EVERYWHERE, options: { what: PASSAGE } },
  mentions: { ...EVERYWHERE, options: { words: WORDS, report: REPORT } },
  help: EVERYWHERE,
  about: EVERYWHERE,
  pins: IN_SERVERS,
  approve: {
    ...FOR_MODERATORS,
    options: {
      question: QUESTION,
      passage: PASSAGE,
      note: { type: ApplicationCommandOptionType.String, max_length: MAX_NOTE_CHARS },
    },
  },
  approved: { ...FOR_MODERATORS, options: { lost: FLAG } },
  gaps: FOR_MODERATORS,
  digest: FOR_MODERATORS,
  audit: FOR_MODERATORS,
  settings: {
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: {
      role: { type: ApplicationCommandOptionType.Role },
      channel: {
        type: ApplicationCommandOptionType.Channel,
        channel_types: [ChannelType.GuildText],
      },
      reset: FLAG,
    },
  },
  forgetMe: EVERYWHERE,
  find: { ...EVERYWHERE, type: ApplicationCommandType.Message },
  pinAnswer: { ...FOR_MODERATORS, type: ApplicationCommandType.Message },
};

/** All commands, with their names and descriptions in every language of the interface. */
export const COMMANDS: readonly RESTPostAPIApplicationCommandsJSONBody[] = COMMAND_NAMES.map(
  (command) => {
    const { type, options, ...data } = DATA[command];
    const name = nameIn(({ commands }) => commands[command]);
    if (type !== undefined) return { ...data, ...name, type };
    const description = descriptionIn(({ commands }) => commands[command]);
    return {
      ...data,
      ...name,
      ...description,
      type: ApplicationCommandType.ChatInput,
      ...(options && { options: optionsOf(command, options) }),
    };
  },
);

function optionsOf(
  command: CommandName,
  options: Readonly<Record<string, OptionData>>,
): APIApplicationCommandBasicOption[] {
  return Object.entries(options).map(([option, data]) => {
    const textOf = ({ commands }: Texts): CommandOrOption =>
      commands[command].options[option] ?? { name: option, description: option };
    return { ...nameIn(textOf), ...descriptionIn(textOf), ...data };
  });
}

type CommandOrOption = Pick<CommandText, "name" | "description">;

function nameIn(textOf: (texts: Texts) => CommandOrOption) {
  const name = (texts: Texts): string => textOf(texts).name;
  return { name: name(TEXTS["en-US"]), name_localizations: localized(name) };
}

function descriptionIn(textOf: (texts: Texts) => CommandOrOption) {
  const description = (texts: Texts): string => textOf(texts).description;
  return {
    description: description(TEXTS["en-US"]),
    description_localizations: localized(description),
  };
}

/** English stands under its own key too: else Discord may show a reader of en-US another English. */
function localized(textOf: (texts: Texts) => string): LocalizationMap {
  return Object.fromEntries(
    Object.entries(TEXTS).map(([locale, texts]) => [locale, textOf(texts)]),
  );
}

/** The program's name of a command that Discord names; undefined for one of another version. */
export function commandOf(name: string): CommandName | undefined {
  return COMMAND_NAMES.find((it) => TEXTS["en-US"].commands[it].name === name);
}

/** How Discord is reached, and where the commands are offered: in one server, or in all where it is undefined. */
interface Registration {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly guildId: string | undefined;
}

const Application = v.object({ id: v.string() });

/**
 * Tells Discord the commands, in the place of those that it knew.
 *
 * @throws {UserError} if Discord cannot be reached or does not take them.
 */
export async function registerCommands({ token, apiUrl, guildId }: Registration): Promise<void> {
  const rest = new REST(apiUrl === undefined ? {} : { api: apiUrl }).setToken(token);
  try {
    const { id } = v.parse(Application, await rest.get(Routes.currentApplication()));
    const route =
      guildId === undefined
        ? Routes.applicationCommands(id)
        : Routes.applicationGuildCommands(id, guildId);
    await rest.put(route, { body: COMMANDS });
  } catch (cause) {
    const remedy =
      cause instanceof DiscordAPIError
        ? "check DISCORD_TOKEN and DISCORD_GUILD_ID"
        : "check the network, and DISCORD_API_URL";
    const reason = reasonOf(cause).replaceAll(token, "…");
    throw new UserError(`Discord did not take the commands (${reason}): ${remedy}.`, { cause });
  }
}
