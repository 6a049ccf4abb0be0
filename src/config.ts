import path from "node:path";
import * as v from "valibot";
import { ConfigError } from "./errors.ts";

const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;

/** Where things are and how much is said. Each is a variable of .env.example. */
export interface Config {
  readonly modelDir: string;
  readonly reportsDir: string;
  readonly indexDir: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Most windows of the text that are read for a question, beside headings, title and byline; 0 reads none. */
  readonly readWindows: number;
  /** What people said of the answers is kept here. */
  readonly dataDir: string;
  /** PostgreSQL's address, for a ledger that several machines share; a file in dataDir where undefined. */
  readonly databaseUrl: string | undefined;
  /** The password for that address, where it is not in it. */
  readonly databasePassword: string | undefined;
  /** How long questions are kept, in days; 0 keeps none. */
  readonly retentionDays: number;
  readonly discord: DiscordConfig;
  readonly site: SiteConfig;
}

/** Where the reports can be read as pages. */
interface SiteConfig {
  /** The address of the site, with a slash at its end; undefined where the reports are not published. */
  readonly siteUrl: string | undefined;
  /** Whether search engines may list the pages. */
  readonly isIndexed: boolean;
}

/** How the bot reaches Discord; undefined where it is not set. */
interface DiscordConfig {
  readonly token: string | undefined;
  /** The one server that the commands are registered in; all where undefined. */
  readonly guildId: string | undefined;
  /** The root of the API; Discord's own where undefined. */
  readonly apiUrl: string | undefined;
  /** The channels in which the bot answers when it is mentioned, by id. */
  readonly mentionChannels: readonly string[];
  /** The shards that this machine runs, each in a process of its own; undefined for one process that runs all, as many as Discord asks for. */
  readonly shards: ShardRange | undefined;
}

/** Shards of a bot, counted from 0. */
export interface ShardRange {
  readonly from: number;
  /** Included. */
  readonly to: number;
  /** Of all machines together. */
  readonly total: number;
}

/** As many windows of the text as pay: more are only more to be wrong about. */
export const DEFAULT_READ_WINDOWS = 5;

const trimmed = v.pipe(v.string(), v.trim());

const folder = (fallback: string): v.GenericSchema<string | undefined, string> =>
  v.optional(v.pipe(trimmed, v.nonEmpty("a folder's path")), fallback);

const snowflake = v.regex<string, string>(/^\d{17,20}$/u, "an id of Discord's, 17 to 20 digits");

const SHARDS_EXPECTED =
  "auto, a number of shards like 4, or like 0-3/8, the first and the last that this machine runs of all";

const ShardIds = v.pipe(
  trimmed,
  v.regex(/^\d{1,4}-\d{1,4}\/\d{1,4}$/u),
  v.transform((text) => {
    const [from = 0, to = 0, total = 0] = text.split(/[-/]/u).map(Number);
    return { from, to, total };
  }),
  v.check(({ from, to, total }) => from <= to && to < total, SHARDS_EXPECTED),
);

const ShardTotal = v.pipe(
  trimmed,
  v.regex(/^0*[1-9]\d{0,3}$/u),
  v.transform((text) => ({ from: 0, to: Number(text) - 1, total: Number(text) })),
);

const AllShards = v.pipe(
  trimmed,
  v.literal("auto"),
  v.transform(() => undefined),
);

/** Only to try a site on this machine. */
const LOCAL_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

const SiteUrl = v.pipe(
  trimmed,
  v.check(isSiteUrl, "the https:// address of a site, without a user's name, ? or #"),
  v.transform((url) => new URL(url).href.replace(/(?<!\/)$/u, "/")),
);

function isSiteUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, search, hash, href } = new URL(url);
  const isSafe = protocol === "https:" || (protocol === "http:" && LOCAL_HOSTS.has(hostname));
  return isSafe && username === "" && search === "" && hash === "" && !/[?#]$/u.test(href);
}

const Settings = v.object({
  MODEL_DIR: folder("embeddings/model/multilingual-e5-small"),
  REPORTS_DIR: folder("reports"),
  INDEX_DIR: folder("embeddings/index"),
  DATA_DIR: folder("data"),
  READ_WINDOWS: v.optional(
    v.pipe(trimmed, v.regex(/^\d{1,2}$/u, "a whole number, 0 to 99"), v.transform(Number)),
    String(DEFAULT_READ_WINDOWS),
  ),
  DATABASE_URL: v.optional(
    v.pipe(trimmed, v.regex(/^postgres(?:ql)?:\/\//u, "an address, postgres://…")),
  ),
  // As it is: blanks may belong to it.
  DATABASE_PASSWORD: v.optional(v.string()),
  QUESTION_RETENTION_DAYS: v.optional(
    v.pipe(
      trimmed,
      v.regex(/^\d{1,5}$/u, "a whole number of days, 0 or more"),
      v.transform(Number),
    ),
    "30",
  ),
  DISCORD_TOKEN: v.optional(v.pipe(trimmed, v.nonEmpty())),
  DISCORD_GUILD_ID: v.optional(v.pipe(trimmed, snowflake)),
  DISCORD_MENTION_CHANNELS: v.optional(
    v.pipe(
      v.string(),
      v.transform((list) => list.split(",").map((id) => id.trim())),
      v.array(v.pipe(v.string(), snowflake)),
    ),
  ),
  DISCORD_API_URL: v.optional(v.pipe(trimmed, v.url("an address, https://…"))),
  SHARDS: v.optional(v.union([ShardIds, ShardTotal, AllShards], SHARDS_EXPECTED)),
  /** Other bots are told by it how many shards there are: here it would say a second time, and perhaps otherwise, what SHARDS says. */
  SHARD_COUNT: v.optional(v.never("left out: SHARDS says how many shards there are")),
  SITE_URL: v.optional(SiteUrl),
  SITE_INDEX: v.optional(v.picklist(["true", "false"], "true or false"), "false"),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `one of ${LOG_LEVELS.join(", ")}`), "warn"),
});

const Environment = v.pipe(
  Settings,
  v.forward(
    v.check(
      ({ DATABASE_URL, DATABASE_PASSWORD }) =>
        DATABASE_PASSWORD === undefined || lacksPassword(DATABASE_URL),
      "given together with DATABASE_URL, an address without a password",
    ),
    ["DATABASE_PASSWORD"],
  ),
);

/** Whether it is an address that a password can be given to. */
function lacksPassword(url: string | undefined): boolean {
  return url !== undefined && !(URL.canParse(url) && new URL(url).password !== "");
}

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
  const settings = result.output;
  return {
    modelDir: path.normalize(settings.MODEL_DIR),
    reportsDir: path.normalize(settings.REPORTS_DIR),
    indexDir: path.normalize(settings.INDEX_DIR),
    logLevel: settings.LOG_LEVEL,
    readWindows: settings.READ_WINDOWS,
    dataDir: path.normalize(settings.DATA_DIR),
    databaseUrl: settings.DATABASE_URL,
    databasePassword: settings.DATABASE_PASSWORD,
    retentionDays: settings.QUESTION_RETENTION_DAYS,
    discord: {
      token: settings.DISCORD_TOKEN,
      guildId: settings.DISCORD_GUILD_ID,
      apiUrl: settings.DISCORD_API_URL,
      mentionChannels: settings.DISCORD_MENTION_CHANNELS ?? [],
      shards: settings.SHARDS,
    },
    site: { siteUrl: settings.SITE_URL, isIndexed: settings.SITE_INDEX === "true" },
  };
}
