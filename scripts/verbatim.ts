/** The command `verbatim`: runs the command that its first word names. Nothing is loaded that this command does not need. */
import type { Command } from "commander";

/** A command of a user's. */
interface Listed {
  readonly about: string;
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Listed>> = {
  ask: {
    about: "answer a question with the words of the reports, or open a prompt",
    load: async () => (await import("./ask.ts")).command,
  },
  index: {
    about: "build the index anew, or go back to the one before",
    load: async () => (await import("./build-index.ts")).command,
  },
  start: {
    about: "run the Discord bot",
    load: async () => (await import("./start.ts")).command,
  },
  ledger: {
    about: "write a community's approvals, gaps and settings to a file, or read them",
    load: async () => (await import("./ledger.ts")).command,
  },
  "deploy-commands": {
    about: "tell Discord the bot's commands",
    load: async () => (await import("./deploy-commands.ts")).command,
  },
};

const [first = "", ...rest] = process.argv.slice(2);
// `help ask` is `ask --help`.
const isHelp = first === "help" && rest[0] !== undefined;
const [name, words] = isHelp ? [rest[0] ?? "", ["--help"]] : [first, rest];
const listed = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
const loading =
  listed?.load() ?? import("./overview.ts").then(({ overview }) => overview(COMMANDS));
const [{ runCommand }, command] = await Promise.all([import("./command.ts"), loading]);
if (listed) await runCommand(command.name(`verbatim ${name}`), words);
else await runCommand(command);
