/** What `verbatim` says of itself. */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { Command } from "commander";
import { packageFile } from "./command.ts";

const PackageJson = v.object({ version: v.string() });

const EXAMPLES = `
Examples:
  verbatim ask "143个无物业小区后来怎么处理的？"
  verbatim ask --json --top 1 "who is zhang tao"
  verbatim index --reports my-reports
  verbatim ask --help`;

/** The command without another one's name: help, version, and what to do about a name that there is not. */
export function overview(commands: Readonly<Record<string, { readonly about: string }>>): Command {
  const { version } = v.parse(
    PackageJson,
    JSON.parse(readFileSync(packageFile("package.json"), "utf8")),
  );
  const program = new Command("verbatim")
    .description("Answers questions about reports with the reports' own words.")
    .version(version, "-V, --version")
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("(verbatim --help lists the commands)");
  for (const [name, { about }] of Object.entries(commands)) {
    program.command(name).description(about);
  }
  return program;
}
