/** What the commands share: settings from .env, exit codes, and one plain sentence for each error. */
import path from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import type { Command } from "commander";
import { config as loadDotenv } from "dotenv";
import { readConfig } from "../src/config.ts";
import type { Config } from "../src/config.ts";
import { UsageError, UserError } from "../src/errors.ts";
import { readSecretFiles } from "../src/secretFiles.ts";

/** Bad use: what was typed cannot be used. */
export const EXIT_USAGE = 2;

/** A fault: the work could not be done. */
export const EXIT_FAULT = 1;

/** Warnings and errors, until the settings say otherwise. */
let logLevel = "warn";

/** Folders that a command's options name instead of the settings. */
export interface FolderOptions {
  readonly reports?: string;
  readonly index?: string;
}

/**
 * Reads .env, the environment and the files of secrets that it names; options win. The model and the first report come with this
 * package: where the settings name folders that are not in the current one, those of the package are taken.
 *
 * @throws {ConfigError} if a variable or a file cannot be used.
 */
export function readSettings({ reports, index }: FolderOptions): Config {
  loadDotenv({ quiet: true });
  const config = readConfig({
    ...readSecretFiles(process.env, (path) => readFileSync(path, "utf8")),
    ...(reports !== undefined && { REPORTS_DIR: reports }),
    ...(index !== undefined && { INDEX_DIR: index }),
  });
  logLevel = config.logLevel;
  return {
    ...config,
    modelDir: ofPackageUnlessThere(config.modelDir),
    // Whoever types a folder means that one.
    reportsDir: reports === undefined ? ofPackageUnlessThere(config.reportsDir) : config.reportsDir,
  };
}

/** A file of this package, by its path in it; in src as in dist. */
export function packageFile(name: string): string {
  return path.join(path.dirname(fileURLToPath(import.meta.resolve("#package.json"))), name);
}

function ofPackageUnlessThere(folder: string): string {
  if (path.isAbsolute(folder) || existsSync(folder)) return folder;
  const own = packageFile(folder);
  return existsSync(own) ? own : folder;
}

/** Says that an index is built first, and why. */
export function sayBuilding(why: string): void {
  console.error(`Building the index: ${why}.`);
}

/**
 * Runs a command to its end and sets the exit code: 0 done, 2 bad use, 1 a fault.
 *
 * @param words What was typed behind the command's name.
 */
export async function runCommand(
  command: Command,
  words: readonly string[] = process.argv.slice(2),
): Promise<void> {
  // A reader that has seen enough, such as `head`, closes the pipe: that is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? 0 : EXIT_FAULT);
  });
  try {
    await command.exitOverride().parseAsync(words, { from: "user" });
  } catch (error) {
    process.exitCode = await report(error);
  }
}

/** Tells the user what went wrong; returns the exit code. */
async function report(error: unknown): Promise<number> {
  // Commander has said it already; its code is 0 where the help was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  // Loaded when it is needed: an answer needs no log.
  const { createLog } = await import("../src/log.ts");
  const log = createLog(logLevel);
  if (error instanceof UserError) {
    console.error(error.message);
    log.debug(error);
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAULT;
  }
  log.error(error);
  console.error(
    "Something went wrong that should not: the line above says where; please report it.",
  );
  return EXIT_FAULT;
}
