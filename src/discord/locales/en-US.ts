import type { Texts } from "./texts.ts";

/** The texts in American English. */
export const enUS: Texts = {
  state: {
    found: "Found",
    maybe: "Maybe. These passages come nearest; the answer may not be among them",
    none: "Not in this report",
  },
  nearIt: "Near it",
  nearestHeadings: "The nearest sections",
  askAHuman: "Ask again in other words, or ask somebody here.",
  place: (paragraph, from, to) =>
    from === to
      ? `paragraph ${paragraph}, sentence ${from}`
      : `paragraph ${paragraph}, sentences ${from}–${to}`,
  page: (page) => `p. ${page}`,
  passage: (id) => `passage ${id}`,
  match: { strong: "strong match", fair: "fair match", weak: "weak match" },
  alsoAt: (paragraphs) => `also in paragraph ${paragraphs}`,
  question: "Question",
  questionCut: (chars) =>
    `The question is long: its meaning is taken from its first ${chars} characters.`,
  pinnedBy: (user) => `Pinned by ${user}`,
  sharedBy: (user) => `Shared by ${user}`,
  buttons: {
    context: "Context",
    previous: "Before",
    next: "After",
    more: "More",
    words: "Word by word",
    goOn: "Continue",
    pin: "Pin",
    unpin: "Unpin",
    share: "Share here",
    citation: "Copy citation",
    openReport: "Open in the report",
    source: "Source",
    up: "👍",
    down: "👎",
    approve: "✓ Approve",
    edit: "Edit",
    note: "Note",
    remove: "Remove",
    newer: "Newer",
    older: "Older",
    human: "Ask a human",
    approvePassage: "Approve a passage",
    absent: "Not in the report",
    dismiss: "Dismiss",
  },
  mentions: {
    count: (total) =>
      total === 1 ? "1 sentence holds" : `${total.toLocaleString("en-US")} sentences hold`,
    inReport: (title) => `in: ${title}`,
    page: (from, to, total) => {
      const [first, last, all] = [from, to, total].map((it) => it.toLocaleString("en-US"));
      return from === to ? `${first} of ${all}` : `${first}–${last} of ${all}`;
    },
    previous: "Previous page",
    next: "Next page",
    none: (words) => `No sentence holds: ${words}. What it means can be asked with /ask.`,
    noSuchReport: "There is no such report. Pick one from the list.",
  },
  dictionarySenses: "Dictionary senses, not a translation",
  verified: "✓ Verified by moderators",
  verifiedFor: (question) => `As the answer to: ${question}`,
  note: (note) => `-# Moderators' note: ${note}`,
  approval: {
    title: "Verified answer",
    approved:
      "Approved: from now on this comes first, for this question and near ones in any language",
    changed: "Changed",
    removed: "Removed: it is no longer shown first.",
    gone: "This passage is no longer in the report: the answer is not shown until another one is chosen.",
    choose: "Choose another passage",
    noteLabel: "Note, shown apart from the quotation",
    none: "No answer is approved yet. Press ✓ Approve below an answer, or use /approve.",
    noneLost: "All approved passages are still in the report.",
    list: (total) => `Verified answers: ${total}`,
  },
  gap: {
    list: (count) => `Questions that wait for an answer: ${count}`,
    none: "No question waits for an answer.",
    also: (question) => `also: ${question}`,
    facts: (count, reason) => `asked ${count === 1 ? "once" : `${count} times`} · ${reason}`,
    reasons: { none: "not in this report", maybe: "maybe", down: "answer rated bad" },
    post: "Somebody asks the moderators",
    otherPassage: "Another passage: /cite shows its id, /approve takes it.",
    asked: "The moderators have been asked. You will be told here when it is settled.",
    askedBefore: "The moderators have been asked already.",
    noChannel:
      "This server has no moderators' channel: an administrator can set it with /settings.",
    settled: {
      approved: "The moderators have found the passage",
      absent: "The moderators have looked: it is not in the report",
      dismissed: "The moderators have closed this question",
    },
    settledBy: (what, user) => `${what} (${user}).`,
    settledBefore: "This question is settled already.",
  },
  digest: {
    title: "The last seven days",
    figures: ({ asked, found, maybe, none, verified }) =>
      `Asked ${asked}: found ${found}, maybe ${maybe}, not in the report ${none}. Verified answers shown: ${verified}.`,
    sections: "Sections that answered most",
    worst: "Worst rated answers",
    approvals: "Verified answers used",
  },
  settings: (role, channel) => `Moderators' role: ${role}\nModerators' channel: ${channel}`,
  notSet: "not set",
  reasonFor: "What is wrong with this answer?",
  reasons: {
    wrong: "The wrong passage",
    incomplete: "Only part of the answer",
    unanswered: "Does not answer the question",
    other: "Something else",
  },
  permissions: {
    view: "View Channel",
    history: "Read Message History",
    pin: "Pin Messages",
    send: "Send Messages",
    sendInThreads: "Send Messages in Threads",
    manage: "Manage Server",
  },
  errors: {
    interrupted: "I was interrupted before I could answer. Please ask again.",
    stale: "This is from another version of the bot. Ask again with /ask.",
    fault: (id) => `Something went wrong that should not. Tell an operator this number: ${id}`,
    busy: "Too many questions are waiting. Ask again in a moment.",
    unanswered: "This could not be answered just now. Ask again in a moment.",
    cooldown: (when) => `One question at a time, please. You can ask again ${when}.`,
    noSuchPassage: "There is no such passage or section in the reports. Pick one from the list.",
    onlyInServers: "This works only in a server that I am a member of.",
    youLack: (permissions) => `For this you need the permission ${permissions} in this channel.`,
    iLack: (permissions) =>
      `I lack the permission ${permissions} in this channel. Ask an administrator to give it to me.`,
    timedOut: "You are timed out in this server: ask a moderator.",
    cannotPinHere: "Messages cannot be pinned in this kind of channel.",
    archived: "This thread is archived: open it again first.",
    refused: "Discord's filters did not let this message through.",
    messageGone: "That message is gone.",
    alreadyPinned: (link) => `This answer is pinned already: ${link}`,
    beingPinned: "This answer is being pinned just now.",
    pinsFull:
      "This channel has as many pins as Discord allows. Release one, then try again. The oldest of mine:",
    notMine: "I can pin only answers of mine.",
    noQuestion: "This message holds no words that I could look for.",
    noSuchApproval: "There is no such verified answer any more.",
    notAModerator: (permission) =>
      `This is for moderators: whoever has the permission ${permission}, or the role set with /settings.`,
    cannotPost: (channel) =>
      `I cannot write in ${channel}: give me the rights to see it and to send messages.`,
  },
  pinned: (link) => `Pinned: ${link}`,
  unpinned: "Unpinned.",
  noPins: "I have pinned nothing in this channel.",
  pins: "Pinned answers in this channel",
  forgotten: "Done: your votes are removed, and your questions no longer have your name.",
  noAudit: "No moderator has done anything here yet.",
  audit: "What moderators did with the answers",
  did: {
    pin: "pinned",
    unpin: "unpinned",
    approve: "approved",
    edit: "edited",
    remove: "removed",
    absent: "marked as not in the report",
    dismiss: "dismissed",
    settings: "changed the settings of",
  },
  shared: "Shared.",
  thanks: "Thank you, that is noted.",
  alreadyVoted: "You have said so already.",
  help:
    "Ask `/ask` in any language: I look in the report and show you its own words, with their place, or say that it is not there. " +
    "I make nothing up. `/find` lists every sentence that holds some words.\nTry one of these:",
  starters: (heading) => [
    "What is this report about?",
    "Who wrote this report, and when?",
    `What does the report say about “${heading}”?`,
  ],
  about: ({ reports, passages, model, index }) =>
    `Reports: ${reports}\nPassages: ${passages}\nModel: ${model}\nIndex: ${index}`,
  commands: {
    ask: {
      name: "ask",
      description: "Find the passage of the report that answers a question",
      options: {
        question: { name: "question", description: "Your question, in any language" },
        private: { name: "private", description: "Show the answer to you alone" },
      },
    },
    cite: {
      name: "cite",
      description: "Show a passage by its id, or a section of the report",
      options: { what: { name: "what", description: "A passage id, or words of a heading" } },
    },
    mentions: {
      name: "find",
      description: "Every sentence that holds some words, in the report's order",
      options: {
        words: { name: "words", description: 'All in one sentence; "in quotation marks" together' },
        report: { name: "report", description: "Only in this report" },
      },
    },
    help: { name: "help", description: "What you can ask, and how", options: {} },
    about: { name: "about", description: "Which report, model and index are in use", options: {} },
    pins: {
      name: "pins",
      description: "The answers that I have pinned in this channel",
      options: {},
    },
    approve: {
      name: "approve",
      description: "Make a passage the verified answer to a question",
      options: {
        question: { name: "question", description: "The question, in any language" },
        passage: { name: "passage", description: "A passage id, or words of a heading" },
        note: { name: "note", description: "A short note, shown apart from the quotation" },
      },
    },
    approved: {
      name: "approved",
      description: "Verified answers: list, edit, remove",
      options: {
        lost: { name: "lost", description: "Only those whose passage is no longer in the report" },
      },
    },
    gaps: {
      name: "gaps",
      description: "Questions that were not answered well",
      options: {},
    },
    digest: { name: "digest", description: "The last seven days in figures", options: {} },
    settings: {
      name: "settings",
      description: "Who the moderators are and where they are asked",
      options: {
        role: { name: "role", description: "Who has this role is a moderator" },
        channel: { name: "channel", description: "Where moderators are asked and told" },
        reset: { name: "reset", description: "Take back what is set" },
      },
    },
    audit: {
      name: "audit",
      description: "What moderators of this server did with the answers",
      options: {},
    },
    forgetMe: {
      name: "forget-me",
      description: "Remove your votes, and your name and words from what you asked",
      options: {},
    },
    find: { name: "Find in the report", description: "", options: {} },
    pinAnswer: { name: "Pin as sourced answer", description: "", options: {} },
  },
};
