/** Opens the ledger's database: a file of SQLite's, or PostgreSQL. */
import path from "node:path";
import { mkdir } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { Kysely, Migrator, PostgresDialect } from "kysely";
import type { Dialect } from "kysely";
import { UserError } from "../errors.ts";
import { BASE_32 } from "../report.ts";
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

/** The ledger's tables, or a transaction on them. */
export type Database = Kysely<Tables>;

const FILE = "ledger.sqlite";

/**
 * Opens the database and brings its tables up to date; of several processes that do so, one after the other.
 *
 * @throws {UserError} that names the folder or the setting, without the password in it.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  let database: Database | undefined;
  try {
    database = new Kysely<Tables>({ dialect: await dialectOf(options) });
    await migrate(database);
    return database;
  } catch (cause) {
    await database?.destroy();
    const [where, remedy] =
      options.databaseUrl === undefined
        ? [options.dataDir, "check DATA_DIR, its rights and the room on the disk"]
        : [
            "DATABASE_URL",
            "check the address, the password, the user's rights and that PostgreSQL runs",
          ];
    throw new UserError(`The ledger in ${where} cannot be opened: ${remedy}.`, { cause });
  }
}

async function dialectOf({
  dataDir,
  databaseUrl,
  databasePassword,
}: DatabaseOptions): Promise<Dialect> {
  if (databaseUrl !== undefined) {
    // Loaded when it is needed: most ledgers are a file.
    const { openPool } = await import("../postgres.ts");
    return new PostgresDialect({ pool: openPool(databaseUrl, databasePassword) });
  }
  await mkdir(dataDir, { recursive: true });
  return openSqlite(path.join(dataDir, FILE));
}

async function migrate(database: Database): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) };
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error !== undefined) throw new Error("the tables are not up to date", { cause: error });
}

const ID_CHARS = 12;

/** A random name for a row: 60 bits, fit for a custom_id. */
export function newId(): string {
  return Array.from(randomBytes(ID_CHARS), (byte) => BASE_32[byte % BASE_32.length]).join("");
}
