/** All that can be asked of the bot: a row for each command, button, menu and form. */
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import { administrators, askers, everybody, moderators, pinners } from "./access.ts";
import { feature } from "./feature.ts";
import type { Actions, Commands, Suggestions } from "./feature.ts";
import { handleAudit, handleSettings } from "./features/administration.ts";
import { handleAsk, handleFind } from "./features/answering.ts";
import * as approving from "./features/approving.ts";
import * as browsing from "./features/browsing.ts";
import { handleHuman } from "./features/escalation.ts";
import { answerFollowUp, askAlone, openFollowUp } from "./features/followingUp.ts";
import { approveForGap, dismissGap, handleGaps, offerPassages } from "./features/gapReview.ts";
import { handleAbout, handleForgetMe, handleHelp } from "./features/help.ts";
import { findWords, suggestMentions, turnMentions } from "./features/wordSearch.ts";
import { listPins, pinMessage, pinShown, unpin } from "./features/pinning.ts";
import { handleReason, handleVote } from "./features/voting.ts";
import { handleDigest } from "./features/weeklyDigest.ts";

/** Every command, by its name in the program, and every button, menu and form, by its action; who may, what is done, how it is acknowledged. */
export const FEATURES = {
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
    followUp: feature(everybody, openFollowUp),
    alone: feature(askers, askAlone),
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
  form: {
    followUp: feature(askers, answerFollowUp),
    "approval:note": feature(moderators, approving.changeNote, "inPlace"),
  },
} satisfies {
  readonly slash: Commands<ChatInputCommandInteraction>;
  readonly typing: Suggestions;
  readonly message: Commands<MessageContextMenuCommandInteraction>;
  readonly button: Actions<ButtonInteraction>;
  readonly menu: Actions<StringSelectMenuInteraction>;
  readonly form: Actions<ModalSubmitInteraction>;
};
