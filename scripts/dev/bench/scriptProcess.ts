/** The program's scripts in processes of their own, with the settings that are given and no others. */
import path from "node:path";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { hear } from "../../../test/support/childOutput.ts";
import type { Heard } from "../../../test/support/childOutput.ts";
import { TOKEN } from "../../../test/support/fakeDiscord.ts";
import type { Config } from "../../../src/config.ts";

/** Settings by their names. */
export type Settings = Readonly<Record<string, string>>;

/** The settings of a bot that is connected to a fake Discord and has a ledger of its own. */
export function botSettings(
  { modelDir, reportsDir, indexDir }: Pick<Config, "modelDir" | "reportsDir" | "indexDir">,
  { dataDir, apiUrl }: { readonly dataDir: string; readonly apiUrl: string },
): Settings {
  return {
    MODEL_DIR: path.resolve(modelDir),
    REPORTS_DIR: path.resolve(reportsDir),
    INDEX_DIR: path.resolve(indexDir),
    DATA_DIR: dataDir,
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_URL: apiUrl,
  };
}

/** A script that runs; what it says on standard error is heard. */
export interface ScriptProcess extends Heard {
  readonly child: ChildProcess;
}

const SCRIPT = path.resolve("scripts/verbatim.cjs");

/** Runs a command of the program, as its npm script does. */
export function runScript(name: "start" | "index", settings: Settings): ScriptProcess {
  const flags = name === "start" ? ["--optimize-for-size"] : [];
  const env = { PATH: process.env["PATH"], ...settings };
  const stdio = ["ignore", "ignore", "pipe"] satisfies Parameters<typeof spawn>[2]["stdio"];
  const child = spawn(process.execPath, [...flags, SCRIPT, name], { env, stdio });
  return { ...hear(child), child };
}
