/** An interaction, from Discord's event to its answer, top to bottom; none ends without one. */
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import { LRUCache } from "lru-cache";
import { administrators, askers, everybody, moderators, pinners } from "./access.ts";
import type { BotContext } from "./context.ts";
import { feature, replyStale, runAction, runCommand, suggest } from "./feature.ts";
import type { Actions, Commands, Suggestions } from "./feature.ts";
import { handleAudit, handleSettings } from "./features/administration.ts";
import { handleAsk, handleFind } from "./features/answering.ts";
import * as approving from "./features/approving.ts";
import * as browsing from "./features/browsing.ts";
import { handleHuman } from "./features/escalation.ts";
import { approveForGap, dismissGap, handleGaps, offerPassages } from "./features/gapReview.ts";
import { handleAbout, handleForgetMe, handleHelp } from "./features/help.ts";
import { findWords, suggestMentions, turnMentions } from "./features/wordSearch.ts";
import { listPins, pinMessage, pinShown, unpin } from "./features/pinning.ts";
import { handleReason, handleVote } from "./features/voting.ts";
import { handleDigest } from "./features/weeklyDigest.ts";
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

/** Finds what is asked for in the table below; each row acknowledges, claims, looks who asks, and does it. */
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

/** Every command, by its name in the program, and every button, menu and form, by its action. */
const FEATURES = {
  slash: {
    ask: feature(askers, handleAsk),
    cite: feature(everybody, browsing.handleCite),
    mentions: feature(askers, findWords, "private"),
    help: feature(everybody, handleHelp),
    about: feature(everybody, handleAbout),
    pins: feature(everybody, listPins, "private"),
    approve: feature(moderators, approving.approveNamed, "private"),
    approved: feature(moderators, approving.listApproved, "private"),
    gaps: feature(moderators, handleGaps, "private"),
    digest: feature(moderators, handleDigest, "private"),
    audit: feature(moderators, handleAudit, "private"),
    settings: feature(administrators, handleSettings, "private"),
    forgetMe: feature(everybody, handleForgetMe, "private"),
  },
  typing: {
    cite: browsing.suggestHeadings,
    approve: browsing.suggestHeadings,
    mentions: suggestMentions,
  },
  message: {
    find: feature(askers, handleFind, "private"),
    pinAnswer: feature(everybody, pinMessage, "private"),
  },
  button: {
    context: feature(everybody, browsing.handleContext),
    paragraph: feature(everybody, browsing.handleParagraph),
    mentions: feature(everybody, turnMentions, "inPlace"),
    more: feature(everybody, browsing.handleMore),
    words: feature(everybody, browsing.handleWords, "private"),
    citation: feature(everybody, browsing.handleCitation, "private"),
    share: feature(everybody, browsing.handleShare, "private"),
    vote: feature(everybody, handleVote, "private"),
    human: feature(everybody, handleHuman, "private"),
    pin: feature(pinners, pinShown, "private"),
    unpin: feature(pinners, unpin, "private"),
    approve: feature(moderators, approving.approveShown, "private"),
    approved: feature(moderators, approving.turnApproved, "inPlace"),
    "approval:edit": feature(moderators, approving.editApproval, "private"),
    "approval:note": feature(moderators, approving.askForNote),
    "approval:remove": feature(moderators, approving.removeApproval, "inPlace"),
    "gap:approve": feature(moderators, offerPassages, "private"),
    "gap:absent": feature(moderators, dismissGap, "private"),
    "gap:dismiss": feature(moderators, dismissGap, "private"),
  },
  menu: {
    reason: feature(everybody, handleReason, "private"),
    "approval:choose": feature(moderators, approving.choosePassage, "inPlace"),
    "gap:choose": feature(moderators, approveForGap, "private"),
  },
  form: { "approval:note": feature(moderators, approving.changeNote, "inPlace") },
} satisfies {
  readonly slash: Commands<ChatInputCommandInteraction>;
  readonly typing: Suggestions;
  readonly message: Commands<MessageContextMenuCommandInteraction>;
  readonly button: Actions<ButtonInteraction>;
  readonly menu: Actions<StringSelectMenuInteraction>;
  readonly form: Actions<ModalSubmitInteraction>;
};
