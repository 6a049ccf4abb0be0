/** The command `verbatim`: runs the command that its first word names. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import * as v from "valibot";
import { packageFile, runCommand } from "./command.ts";

interface Listed {
  readonly about: string;
  /** Loaded when it is asked for: an answer needs nothing of the bot. */
  readonly load: () => Promise<Command>;
}

/** What a user can do. */
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

const PackageJson = v.object({ version: v.string() });

const EXAMPLES = `
Examples:
  verbatim ask "143个无物业小区后来怎么处理的？"
  verbatim ask --json --top 1 "who is zhang tao"
  verbatim index --reports my-reports
  verbatim ask --help`;

const [first = "", ...rest] = process.argv.slice(2);
// `help ask` is `ask --help`.
const [name, words] =
  first === "help" && rest[0] !== undefined ? [rest[0], ["--help"]] : [first, rest];
const listed = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (listed) await runCommand((await listed.load()).name(`verbatim ${name}`), words);
else await runCommand(overview(), process.argv.slice(2));

/** What there is, and which version this is. */
function overview(): Command {
  const program = new Command("verbatim")
    .description("Answers questions about reports with the reports' own words.")
    .version(readVersion(), "-V, --version")
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("(verbatim --help lists the commands)");
  for (const [command, { about }] of Object.entries(COMMANDS)) {
    program.command(command).description(about);
  }
  return program;
}

function readVersion(): string {
  return v.parse(PackageJson, JSON.parse(readFileSync(packageFile("package.json"), "utf8")))
    .version;
}
