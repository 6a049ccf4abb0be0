import type { Texts } from "../texts.ts";

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
  passage: (id) => `passage ${id}`,
  match: { strong: "strong match", fair: "fair match", weak: "weak match" },
  alsoAt: (paragraphs) => `also in paragraph ${paragraphs}`,
  question: "Question",
  pinnedBy: (user) => `Pinned by ${user}`,
  sharedBy: (user) => `Shared by ${user}`,
  buttons: {
    context: "Context",
    previous: "Before",
    next: "After",
    more: "More",
    pin: "Pin",
    unpin: "Unpin",
    share: "Share here",
    up: "👍",
    down: "👎",
  },
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
  },
  errors: {
    stale: "This is from another version of the bot. Ask again with /ask.",
    fault: (id) => `Something went wrong that should not. Tell an operator this number: ${id}`,
    busy: "Too many questions are waiting. Ask again in a moment.",
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
    pinsFull:
      "This channel has as many pins as Discord allows. Release one, then try again. The oldest of mine:",
    notMine: "I can pin only answers of mine.",
    noQuestion: "This message holds no words that I could look for.",
  },
  pinned: (link) => `Pinned: ${link}`,
  unpinned: "Unpinned.",
  noPins: "I have pinned nothing in this channel.",
  pins: "Pinned answers in this channel",
  forgotten: "Done: your votes are removed, and your questions no longer have your name.",
  noAudit: "No moderator has done anything here yet.",
  audit: "What moderators did with the answers",
  did: { pin: "pinned", unpin: "unpinned" },
  shared: "Shared.",
  thanks: "Thank you, that is noted.",
  alreadyVoted: "You have said so already.",
  help: (ask) =>
    `Ask ${ask} in any language: I look in the report and show you its own words, with their place, or say that it is not there. ` +
    "I make nothing up.\nTry one of these:",
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
    help: { name: "help", description: "What you can ask, and how", options: {} },
    about: { name: "about", description: "Which report, model and index are in use", options: {} },
    pins: {
      name: "pins",
      description: "The answers that I have pinned in this channel",
      options: {},
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
