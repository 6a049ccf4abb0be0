/** Opens the ledger's database: a file of SQLite's, or PostgreSQL. */
import path from "node:path";
import { mkdir } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { Kysely, Migrator, PostgresDialect } from "kysely";
import type { Dialect } from "kysely";
import { parseIntoClientConfig } from "pg-connection-string";
import { UserError } from "../errors.ts";
import { MIGRATIONS } from "./migrations.ts";
import type { Tables } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** Where the ledger is. */
export interface DatabaseOptions {
  /** The folder of SQLite's file, made if it is not there. */
  readonly dataDir: string;
  /** PostgreSQL, instead of the file. */
  readonly databaseUrl?: string | undefined;
  /** PostgreSQL's password, where it is not in the address. */
  readonly databasePassword?: string | undefined;
}

export type Database = Kysely<Tables>;

const FILE = "ledger.sqlite";

/** An interaction is taken before it is acknowledged, which it must be within three seconds: without PostgreSQL too. */
const CONNECTION_TIMEOUT_MS = 1_500;
const QUERY_TIMEOUT_MS = 10_000;

/**
 * Opens the database and brings its tables up to date; of several processes that do so, one after the other.
 *
 * @throws {UserError} that names the folder or the setting, without the password in it.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const where = options.databaseUrl === undefined ? options.dataDir : "DATABASE_URL";
  let database: Database | undefined;
  try {
    database = new Kysely<Tables>({ dialect: await dialectOf(options) });
    await migrate(database);
    return database;
  } catch (cause) {
    await database?.destroy();
    const remedy =
      options.databaseUrl === undefined
        ? "check DATA_DIR, its rights and the room on the disk"
        : "check the address, the password, the user's rights and that PostgreSQL runs";
    throw new UserError(`The ledger in ${where} cannot be opened: ${remedy}.`, { cause });
  }
}

async function dialectOf(options: DatabaseOptions): Promise<Dialect> {
  const { dataDir, databaseUrl, databasePassword } = options;
  if (databaseUrl !== undefined) {
    const types = new pg.TypeOverrides();
    // Their values come as text, since they may be beyond 2⁵³: times are not.
    types.setTypeParser(pg.types.builtins.INT8, Number);
    const pool = new pg.Pool({
      // Not connectionString, beside which a password of its own counts for nothing.
      ...parseIntoClientConfig(databaseUrl),
      ...(databasePassword !== undefined && { password: databasePassword }),
      types,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    // A connection that breaks while nobody uses it: the next query makes another one, or says what is wrong.
    pool.on("error", () => undefined);
    return new PostgresDialect({ pool });
  }
  await mkdir(dataDir, { recursive: true });
  return openSqlite(path.join(dataDir, FILE));
}

async function migrate(database: Database): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) };
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error !== undefined) throw new Error("the tables are not up to date", { cause: error });
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const ID_CHARS = 12;

/** A random name for a row: 60 bits, fit for a custom_id. */
export function newId(): string {
  return Array.from(randomBytes(ID_CHARS), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
