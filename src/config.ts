import path from "node:path";
import * as v from "valibot";
import { ConfigError } from "./errors.ts";

export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;

/** Where things are and how much is said. Each is a variable of .env.example. */
export interface Config {
  readonly modelDir: string;
  readonly reportsDir: string;
  readonly indexDir: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

const folder = (fallback: string): v.GenericSchema<string | undefined, string> =>
  v.optional(v.pipe(v.string(), v.trim(), v.nonEmpty("a folder's path")), fallback);

const Environment = v.object({
  MODEL_DIR: folder("embeddings/model/multilingual-e5-small"),
  REPORTS_DIR: folder("reports"),
  INDEX_DIR: folder("embeddings/index"),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `one of ${LOG_LEVELS.join(", ")}`), "warn"),
});

/**
 * Reads the settings from environment variables. Relative paths are taken from the current folder.
 *
 * @throws {ConfigError} that names every bad variable and what was expected.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const result = v.safeParse(Environment, env);
  if (!result.success) {
    const faults = result.issues.map(
      (issue) => `${v.getDotPath(issue) ?? ""} must be ${issue.message}`,
    );
    throw new ConfigError(`Settings that cannot be used: ${faults.join("; ")}. See .env.example.`);
  }
  const { MODEL_DIR, REPORTS_DIR, INDEX_DIR, LOG_LEVEL } = result.output;
  return {
    modelDir: path.normalize(MODEL_DIR),
    reportsDir: path.normalize(REPORTS_DIR),
    indexDir: path.normalize(INDEX_DIR),
    logLevel: LOG_LEVEL,
  };
}
