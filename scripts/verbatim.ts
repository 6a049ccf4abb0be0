/** The command `verbatim`: runs the command that its first word names. Nothing is loaded that this command does not need. */
import type { Command } from "commander";

/** A command of a user's. */
interface Listed {
  readonly about: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

const COMMANDS: Readonly<Record<string, Listed>> = {
  ask: {
    about: "answer a question with the words of the reports, or open a prompt",
    load: () => import("./ask.ts"),
  },
  find: {
    about: "list every sentence of the reports that holds some words",
    load: () => import("./find.ts"),
  },
  index: {
    about: "build the index anew, or go back to the one before",
    load: () => import("./build-index.ts"),
  },
  site: {
    about: "write the reports as pages, with an address for each sentence",
    load: () => import("./site.ts"),
  },
  start: {
    about: "run the Discord bot",
    load: async () => {
      await import("./endOfProcess.ts");
      return import("./start.ts");
    },
  },
  ledger: {
    about: "write a community's approvals, gaps and settings to a file, or read them",
    load: () => import("./ledger.ts"),
  },
  "deploy-commands": {
    about: "tell Discord the bot's commands",
    load: () => import("./deploy-commands.ts"),
  },
};

const [first = "", ...rest] = process.argv.slice(2);
// `help ask` is `ask --help`.
const isHelp = first === "help" && rest[0] !== undefined;
const [name, words] = isHelp ? [rest[0] ?? "", ["--help"]] : [first, rest];
const listed = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
const loading = listed
  ? listed.load().then(({ command }) => command.name(`verbatim ${name}`))
  : import("./overview.ts").then(({ overview }) => overview(COMMANDS));
const [{ runCommand }, command] = await Promise.all([import("./command.ts"), loading]);
await runCommand(command, listed && words);
