/** Tells interactions apart, and lets none end without an answer. */
import { RESTJSONErrorCodes } from "discord.js";
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  Message,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import type { Logger } from "pino";
import {
  handleApproval,
  handleApproveButton,
  handleApproveCommand,
  handleApproved,
  handleApprovedPage,
} from "./features/approving.ts";
import { commandOf } from "./commands.ts";
import { createCooldown } from "./cooldown.ts";
import type { Cooldown } from "./cooldown.ts";
import { isForModerators, parseCustomId } from "./customId.ts";
import type { ModeratorAction } from "./customId.ts";
import { explainError, redact } from "./errorMessages.ts";
import type { BotContext } from "./context.ts";
import { handleReason, handleVote } from "./features/voting.ts";
import {
  handleAbout,
  handleAsk,
  handleAutocomplete,
  handleCite,
  handleFind,
  handleHelp,
  handleReading,
} from "./features/browsing.ts";
import { handleGap, handleGapChoice, handleGaps, handleHuman } from "./features/gapReview.ts";
import { answerMention, answerMentionPlainly, questionIn } from "./features/answering.ts";
import { preparePinning } from "./features/pinning.ts";
import {
  handleAudit,
  handleDigest,
  handleForgetMe,
  handleSettings,
} from "./features/administration.ts";
import type { Pinning } from "./features/pinning.ts";
import { showText, hasCode, replyText } from "./respond.ts";
import type { Answerable } from "./respond.ts";
import { textsFor } from "./locales/locale.ts";
import type { CommandName } from "./locales/texts.ts";

/** What interactions are answered with. */
export interface DispatchOptions {
  readonly desk: BotContext;
  /** Channels in which mentions are answered, by id. */
  readonly mentionChannels: readonly string[];
}

/** Answers what Discord tells of; neither promise is ever rejected. */
export interface Dispatch {
  interaction(interaction: Interaction): Promise<void>;
  message(message: Message): Promise<void>;
}

/** What one user may ask: a few in a row, then one every few seconds; and all of a channel together. */
const USER_COOLDOWN = { burst: 3, refillMs: 5_000 };
const CHANNEL_COOLDOWN = { burst: 60, refillMs: 1_000 };

const MS_PER_SECOND = 1_000;

interface Context {
  readonly desk: BotContext;
  readonly pinning: Pinning;
  /** When a user may ask again in a channel; undefined for now. */
  readonly tooSoonUntil: (user: string, channel: string | null) => number | undefined;
}

/** Prepares the answers to interactions and messages. */
export function prepareDispatch(options: DispatchOptions): Dispatch {
  const { desk, mentionChannels } = options;
  const { log, now } = desk;
  const context: Context = {
    desk,
    pinning: preparePinning(desk),
    tooSoonUntil: limitAskers(
      createCooldown({ ...USER_COOLDOWN, now }),
      createCooldown({ ...CHANNEL_COOLDOWN, now }),
    ),
  };
  return {
    interaction: async (interaction) => {
      try {
        await dispatch(interaction, context);
      } catch (error) {
        await explain(interaction, error, log);
      }
    },
    message: async (message) => {
      try {
        if (isListening(message, mentionChannels)) await answerMessage(message, context);
      } catch (error) {
        const texts = textsFor(message.guild?.preferredLocale);
        const sentence = explainError(error, texts, log);
        await answerMentionPlainly(message, sentence).catch((failure: unknown) => {
          explainError(failure, texts, log);
        });
      }
    },
  };
}

function limitAskers(ofUser: Cooldown, ofChannel: Cooldown): Context["tooSoonUntil"] {
  return (user, channel) => ofUser(user) ?? (channel === null ? undefined : ofChannel(channel));
}

async function dispatch(interaction: Interaction, context: Context): Promise<void> {
  if (interaction.isAutocomplete()) {
    await handleAutocomplete(interaction, context.desk.collection);
    return;
  }
  // Discord may tell of one again after a broken connection, and tells every process of a shard.
  if (!(await takeOnce(`interaction:${interaction.id}`, context.desk))) return;
  if (interaction.isButton()) await press(interaction, context);
  else if (interaction.isStringSelectMenu()) await choose(interaction, context);
  else if (interaction.isModalSubmit()) await submit(interaction, context);
  else if (interaction.isMessageContextMenuCommand()) await runOnMessage(interaction, context);
  else if (interaction.isChatInputCommand()) await run(interaction, context);
  else await replyStale(interaction);
}

/** Whether this process is the first to take something; without the ledger each takes what comes. */
async function takeOnce(name: string, { ledger, log, now }: BotContext): Promise<boolean> {
  try {
    return await ledger.claims.take(name, now());
  } catch (error) {
    log.error({ what: "nothing could be claimed", error: redact(error) });
    return true;
  }
}

async function press(interaction: ButtonInteraction, context: Context): Promise<void> {
  const { desk } = context;
  const action = parseCustomId(interaction.customId);
  if (action === undefined) return replyStale(interaction);
  if (isForModerators(action)) return pressAsModerator(interaction, action, context);
  switch (action.kind) {
    case "reason":
      return replyStale(interaction);
    case "context":
    case "paragraph":
    case "more":
    case "share":
      return handleReading(interaction, action, desk.collection);
    case "vote":
      return handleVote(interaction, action.opinion, desk);
    case "human":
      return handleHuman(interaction, desk);
  }
}

async function pressAsModerator(
  interaction: ButtonInteraction,
  action: ModeratorAction,
  { desk, pinning }: Context,
): Promise<void> {
  switch (action.kind) {
    case "pin":
      return pinning.pin(interaction, action.passage);
    case "unpin":
      return pinning.unpin(interaction, action.message);
    case "approve":
      return handleApproveButton(interaction, action.passage, desk);
    case "approval":
      return handleApproval(interaction, action, desk);
    case "approved":
      return handleApprovedPage(interaction, action.offset, desk);
    case "gap":
      return handleGap(interaction, action, desk);
  }
}

async function choose(interaction: StringSelectMenuInteraction, { desk }: Context): Promise<void> {
  const action = parseCustomId(interaction.customId);
  if (action?.kind === "reason") await handleReason(interaction, action.message, desk);
  else if (action?.kind === "approval") await handleApproval(interaction, action, desk);
  else if (action?.kind === "gap") await handleGapChoice(interaction, action.id, desk);
  else await replyStale(interaction);
}

async function submit(interaction: ModalSubmitInteraction, { desk }: Context): Promise<void> {
  const action = parseCustomId(interaction.customId);
  if (action?.kind === "approval") await handleApproval(interaction, action, desk);
  else await replyStale(interaction);
}

async function runOnMessage(
  interaction: MessageContextMenuCommandInteraction,
  context: Context,
): Promise<void> {
  const command = commandOf(interaction.commandName);
  if (command === "pinAnswer") await context.pinning.pinMessage(interaction);
  else if (command !== "find") await replyStale(interaction);
  else if (!(await isTooSoon(interaction, context))) await handleFind(interaction, context.desk);
}

/** The slash commands; those of message menus are not among them. */
const SLASH_COMMANDS: Readonly<
  Partial<
    Record<
      CommandName,
      (interaction: ChatInputCommandInteraction, context: Context) => Promise<void>
    >
  >
> = {
  ask: async (interaction, context) => {
    if (!(await isTooSoon(interaction, context))) await handleAsk(interaction, context.desk);
  },
  cite: (interaction, { desk }) => handleCite(interaction, desk.collection),
  help: (interaction, { desk }) => handleHelp(interaction, desk.collection),
  about: (interaction, { desk }) => handleAbout(interaction, desk.collection),
  pins: (interaction, { pinning }) => pinning.list(interaction),
  approve: (interaction, { desk }) => handleApproveCommand(interaction, desk),
  approved: (interaction, { desk }) => handleApproved(interaction, desk),
  gaps: (interaction, { desk }) => handleGaps(interaction, desk),
  digest: (interaction, { desk }) => handleDigest(interaction, desk),
  settings: (interaction, { desk }) => handleSettings(interaction, desk),
  audit: (interaction, { desk }) => handleAudit(interaction, desk),
  forgetMe: (interaction, { desk }) => handleForgetMe(interaction, desk),
};

async function run(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const command = commandOf(interaction.commandName);
  const handler = command && SLASH_COMMANDS[command];
  await (handler ? handler(interaction, context) : replyStale(interaction));
}

/** A command or a button that this version does not know. */
function replyStale(interaction: Answerable): Promise<void> {
  return replyText(interaction, textsFor(interaction.locale).errors.stale);
}

/** Says when the asker may ask again, where it is too soon. */
async function isTooSoon(interaction: Answerable, { tooSoonUntil }: Context): Promise<boolean> {
  const until = tooSoonUntil(interaction.user.id, interaction.channelId);
  if (until === undefined) return false;
  const { errors } = textsFor(interaction.locale);
  await replyText(interaction, errors.cooldown(timestamp(until)));
  return true;
}

/** A time as Discord shows it: how far off it is, in the reader's language. */
function timestamp(ms: number): string {
  return `<t:${Math.ceil(ms / MS_PER_SECOND)}:R>`;
}

/** Whether mentions are answered where a message stands; a thread is part of its channel. */
function isListening({ channelId, channel }: Message, mentionChannels: readonly string[]): boolean {
  const parent = channel.isThread() ? channel.parentId : null;
  return mentionChannels.some((it) => it === channelId || it === parent);
}

async function answerMessage(message: Message, context: Context): Promise<void> {
  const question = questionIn(message);
  if (question === undefined || !(await takeOnce(`message:${message.id}`, context.desk))) return;
  const { errors } = textsFor(message.guild?.preferredLocale);
  const until = context.tooSoonUntil(message.author.id, message.channelId);
  if (until !== undefined) {
    await answerMentionPlainly(message, errors.cooldown(timestamp(until)));
  } else if (question === "") await answerMentionPlainly(message, errors.noQuestion);
  else await answerMention(message, question, context.desk);
}

/** Tells the asker what went wrong, as far as that may be shown. */
async function explain(interaction: Interaction, error: unknown, log: Logger): Promise<void> {
  if (hasCode(error, RESTJSONErrorCodes.UnknownInteraction)) {
    log.warn("an interaction was answered too late");
    return;
  }
  const texts = textsFor(interaction.locale);
  const sentence = explainError(error, texts, log);
  if (!interaction.isRepliable()) return;
  try {
    if (interaction.deferred) await showText(interaction, sentence);
    else if (!interaction.replied) await replyText(interaction, sentence);
  } catch (failure) {
    explainError(failure, texts, log);
  }
}
