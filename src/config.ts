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
  /** What people said of the answers is kept here. */
  readonly dataDir: string;
  /** PostgreSQL's address, for a ledger that several machines share; a file in dataDir where undefined. */
  readonly databaseUrl: string | undefined;
  /** How long questions are kept, in days; 0 keeps none. */
  readonly retentionDays: number;
  readonly discord: DiscordConfig;
}

/** How the bot reaches Discord; undefined where it is not set. */
export interface DiscordConfig {
  readonly token: string | undefined;
  /** The one server that the commands are registered in; all where undefined. */
  readonly guildId: string | undefined;
  /** The root of the API; Discord's own where undefined. */
  readonly apiUrl: string | undefined;
  /** The channels in which the bot answers when it is mentioned, by id. */
  readonly mentionChannels: readonly string[];
}

const folder = (fallback: string): v.GenericSchema<string | undefined, string> =>
  v.optional(v.pipe(v.string(), v.trim(), v.nonEmpty("a folder's path")), fallback);

const snowflake = v.regex<string, string>(/^\d{17,20}$/u, "an id of Discord's, 17 to 20 digits");

/** Unless the settings say otherwise. */
const RETENTION_DAYS = 30;

const Environment = v.object({
  MODEL_DIR: folder("embeddings/model/multilingual-e5-small"),
  REPORTS_DIR: folder("reports"),
  INDEX_DIR: folder("embeddings/index"),
  DATA_DIR: folder("data"),
  DATABASE_URL: v.optional(
    v.pipe(v.string(), v.trim(), v.regex(/^postgres(?:ql)?:\/\//u, "an address, postgres://…")),
  ),
  QUESTION_RETENTION_DAYS: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.regex(/^\d{1,5}$/u, "a whole number of days, 0 or more"),
      v.transform(Number),
    ),
  ),
  DISCORD_TOKEN: v.optional(v.pipe(v.string(), v.trim(), v.nonEmpty())),
  DISCORD_GUILD_ID: v.optional(v.pipe(v.string(), v.trim(), snowflake)),
  DISCORD_MENTION_CHANNELS: v.optional(
    v.pipe(
      v.string(),
      v.transform((list) => list.split(",").map((id) => id.trim())),
      v.array(v.pipe(v.string(), snowflake)),
    ),
  ),
  DISCORD_API_URL: v.optional(v.pipe(v.string(), v.trim(), v.url("an address, https://…"))),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `one of ${LOG_LEVELS.join(", ")}`), "warn"),
});

/**
 * Reads the settings from environment variables. Relative paths are taken from the current folder.
 *
 * @throws {ConfigError} that names every bad variable and what was expected.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // A line of .env without a value is as good as none.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = v.safeParse(Environment, given);
  if (!result.success) {
    const faults = result.issues.map(
      (issue) => `${v.getDotPath(issue)?.split(".")[0] ?? ""} must be ${issue.message}`,
    );
    throw new ConfigError(`Settings that cannot be used: ${faults.join("; ")}. See .env.example.`);
  }
  const { MODEL_DIR, REPORTS_DIR, INDEX_DIR, LOG_LEVEL } = result.output;
  const { DATA_DIR, DISCORD_TOKEN, DISCORD_GUILD_ID, DISCORD_API_URL } = result.output;
  return {
    modelDir: path.normalize(MODEL_DIR),
    reportsDir: path.normalize(REPORTS_DIR),
    indexDir: path.normalize(INDEX_DIR),
    logLevel: LOG_LEVEL,
    dataDir: path.normalize(DATA_DIR),
    databaseUrl: result.output.DATABASE_URL,
    retentionDays: result.output.QUESTION_RETENTION_DAYS ?? RETENTION_DAYS,
    discord: {
      token: DISCORD_TOKEN,
      guildId: DISCORD_GUILD_ID,
      apiUrl: DISCORD_API_URL,
      mentionChannels: result.output.DISCORD_MENTION_CHANNELS ?? [],
    },
  };
}
