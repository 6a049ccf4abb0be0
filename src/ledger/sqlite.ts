/** SQLite for a file that other processes write to as well: this one waits for them without standing still. */
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSync } from "@photostructure/sqlite";
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver } from "kysely";
import type { DatabaseConnection, QueryResult, SqliteDatabase } from "kysely";

/** Another process that writes is waited for so long, in milliseconds, and asked so often. */
const BUSY_TIMEOUT_MS = 5_000;
const BUSY_RETRY_MS = 5;

/** SQLite keeps so much of the file in memory. Rows are looked up by key: more saves nothing. */
const CACHE_KIBIBYTES = 2_000;

/** Opens a file; what is acknowledged survives a crash of the machine too, not only of the process. */
export function openSqlite(file: string): SqliteDialect {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  database.exec("pragma journal_mode = WAL");
  database.exec("pragma synchronous = FULL");
  database.exec(`pragma cache_size = -${CACHE_KIBIBYTES}`);
  // From now on waiting within SQLite would block the event loop, and with it the gateway's heartbeat.
  database.exec("pragma busy_timeout = 0");
  const config = { database: forKysely(database) };
  return new PatientDialect(new PatientDriver(config), config);
}

/** Node's interface (`node:sqlite`) as Kysely's dialect, which was written for better-sqlite3, expects it. */
function forKysely(database: InstanceType<typeof DatabaseSync>): SqliteDatabase {
  return {
    close: () => {
      database.close();
    },
    prepare: (sql) => {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (values): unknown[] => statement.all(...values),
        run: (values) => statement.run(...values),
        iterate: (values) => statement.iterate(...values),
      };
    },
  };
}

class PatientDialect extends SqliteDialect {
  readonly #driver: SqliteDriver;

  constructor(driver: SqliteDriver, config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config);
    this.#driver = driver;
  }

  override createDriver(): SqliteDriver {
    return this.#driver;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** SQLite does undo changes of tables: a migration that is killed leaves nothing half made. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Takes the right to write at a transaction's beginning: where it is taken later, it may be refused for good. */
class PatientDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return patient(await super.acquireConnection());
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** A statement that found the file locked has done nothing: it can be sent again. */
function patient(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
      const deadline = performance.now() + BUSY_TIMEOUT_MS;
      for (;;) {
        try {
          return await connection.executeQuery<Row>(query);
        } catch (error) {
          if (!isBusy(error) || performance.now() > deadline) throw error;
          await sleep(BUSY_RETRY_MS);
        }
      }
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}

/** SQLite's result code for a file that another connection has locked; extended ones have more in the higher bytes. */
const SQLITE_BUSY = 5;

/** Its text: `all` and `iterate` of @photostructure/sqlite 1.2.1 tell no code. */
const SQLITE_BUSY_TEXT = "database is locked";

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (!("errcode" in error)) return error.message === SQLITE_BUSY_TEXT;
  return typeof error.errcode === "number" && (error.errcode & 0xff) === SQLITE_BUSY;
}
