/** What the bot says, as a type: a language that lacks a text does not compile. */
import type { Digest } from "../../ledger/digest.ts";
import type { AuditAction, GapReason, GapState, VoteReason } from "../../ledger/schema.ts";

/** Every text; functions take what varies. */
export interface Texts {
  readonly state: { readonly found: string; readonly maybe: string; readonly none: string };
  /** Before the excerpts that stand near the first one. */
  readonly nearIt: string;
  readonly nearestHeadings: string;
  readonly askAHuman: string;
  readonly place: (paragraph: number, from: number, to: number) => string;
  /** @param page What is printed on it. */
  readonly page: (page: string) => string;
  readonly passage: (id: string) => string;
  readonly match: { readonly strong: string; readonly fair: string; readonly weak: string };
  readonly alsoAt: (paragraphs: string) => string;
  readonly question: string;
  /** Before the earlier question on which this one leans. */
  readonly after: string;
  /** That only the beginning of a long question was compared by its meaning. */
  readonly questionCut: (chars: number) => string;
  readonly pinnedBy: (user: string) => string;
  readonly sharedBy: (user: string) => string;
  readonly buttons: {
    /** Opens a form for a question behind this one. */
    readonly followUp: string;
    /** Asks a question again without the one before. */
    readonly alone: string;
    readonly context: string;
    readonly previous: string;
    readonly next: string;
    readonly more: string;
    readonly words: string;
    /** To the words that a message had no room for. */
    readonly goOn: string;
    readonly pin: string;
    readonly unpin: string;
    readonly share: string;
    /** Shows how a passage is cited, to be copied. */
    readonly citation: string;
    /** Opens the page of the report, at the passage. */
    readonly openReport: string;
    /** Opens the page where the report was published. */
    readonly source: string;
    readonly up: string;
    readonly down: string;
    readonly approve: string;
    readonly edit: string;
    readonly note: string;
    readonly remove: string;
    readonly newer: string;
    readonly older: string;
    readonly human: string;
    readonly approvePassage: string;
    readonly absent: string;
    readonly dismiss: string;
  };
  /** The sentences that hold some words. */
  readonly mentions: {
    /** How many there are, one at least; the words follow. Without an asterisk. */
    readonly count: (total: number) => string;
    readonly inReport: (title: string) => string;
    readonly page: (from: number, to: number, total: number) => string;
    readonly previous: string;
    readonly next: string;
    readonly none: (words: string) => string;
    readonly noSuchReport: string;
  };
  /** What stands beside a passage's words. */
  readonly dictionarySenses: string;
  /** Above an answer that moderators approved, and for which question, where that is another one. */
  readonly verified: string;
  readonly verifiedFor: (question: string) => string;
  readonly note: (note: string) => string;
  readonly approval: {
    readonly title: string;
    readonly approved: string;
    readonly changed: string;
    readonly removed: string;
    readonly gone: string;
    readonly choose: string;
    readonly noteLabel: string;
    readonly none: string;
    readonly noneLost: string;
    readonly list: (total: number) => string;
  };
  readonly gap: {
    readonly list: (count: number) => string;
    readonly none: string;
    readonly also: (question: string) => string;
    readonly facts: (count: number, reason: string) => string;
    readonly reasons: Readonly<Record<GapReason, string>>;
    readonly post: string;
    readonly otherPassage: string;
    readonly asked: string;
    readonly askedBefore: string;
    readonly noChannel: string;
    readonly settled: Readonly<Record<Exclude<GapState, "open">, string>>;
    readonly settledBy: (what: string, user: string) => string;
    readonly settledBefore: string;
  };
  readonly digest: {
    readonly title: string;
    readonly figures: (
      figures: Pick<Digest, "asked" | "found" | "maybe" | "none" | "verified">,
    ) => string;
    readonly sections: string;
    readonly worst: string;
    readonly approvals: string;
  };
  /** What a server has set, mentions of a role and a channel, or nothing. */
  readonly settings: (role: string, channel: string) => string;
  readonly notSet: string;
  /** Why an answer is found bad, asked of whoever says so. */
  readonly reasonFor: string;
  readonly reasons: Readonly<Record<VoteReason, string>>;
  /** What Discord's settings call the permissions that the bot looks at. */
  readonly permissions: {
    readonly view: string;
    readonly history: string;
    readonly pin: string;
    readonly send: string;
    readonly sendInThreads: string;
    readonly manage: string;
  };
  readonly errors: {
    readonly stale: string;
    readonly interrupted: string;
    readonly fault: (id: string) => string;
    readonly busy: string;
    /** For a question that was taken and came to nothing: too late, or the models failed over it. */
    readonly unanswered: string;
    readonly cooldown: (when: string) => string;
    readonly noSuchPassage: string;
    readonly onlyInServers: string;
    readonly youLack: (permissions: string) => string;
    readonly iLack: (permissions: string) => string;
    readonly timedOut: string;
    readonly cannotPinHere: string;
    readonly archived: string;
    readonly refused: string;
    readonly messageGone: string;
    readonly alreadyPinned: (link: string) => string;
    readonly beingPinned: string;
    readonly pinsFull: string;
    readonly notMine: string;
    readonly noQuestion: string;
    readonly noSuchApproval: string;
    readonly notAModerator: (permission: string) => string;
    readonly cannotPost: (channel: string) => string;
  };
  readonly pinned: (link: string) => string;
  readonly unpinned: string;
  readonly noPins: string;
  readonly pins: string;
  readonly shared: string;
  readonly forgotten: string;
  readonly noAudit: string;
  readonly audit: string;
  readonly did: Readonly<Record<AuditAction, string>>;
  readonly thanks: string;
  readonly alreadyVoted: string;
  readonly help: string;
  /** Questions to begin with; the last names a heading of the report. */
  readonly starters: (heading: string) => readonly string[];
  readonly about: (facts: {
    readonly reports: string;
    readonly passages: number;
    readonly model: string;
    readonly index: string;
  }) => string;
  readonly commands: Readonly<Record<CommandName, CommandText>>;
}

/** The names by which the program knows its commands: each has its texts, its data (commands.ts) and its row in the router. */
export const COMMAND_NAMES = [
  "ask",
  "cite",
  "mentions",
  "help",
  "about",
  "pins",
  "approve",
  "approved",
  "gaps",
  "digest",
  "audit",
  "settings",
  "forgetMe",
  "find",
  "pinAnswer",
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

/** A command as Discord shows it; context-menu commands have no description and no options. */
export interface CommandText {
  readonly name: string;
  readonly description: string;
  readonly options: Readonly<
    Record<string, { readonly name: string; readonly description: string }>
  >;
}
