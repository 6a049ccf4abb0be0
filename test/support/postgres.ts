/** A PostgreSQL server on 127.0.0.1, from an npm package's programs. */
import path from "node:path";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import pg from "pg";
import { hear } from "./childOutput.ts";
import type { Heard } from "./childOutput.ts";
import { copyPrograms } from "./postgresPrograms.ts";
import type { Programs } from "./postgresPrograms.ts";

export interface Postgres {
  /** Its address, with the name and password of whoever may do all. */
  readonly url: string;
  /** Makes an empty database; its address. */
  newDatabase(): Promise<string>;
  /** How often a process has waited for a lock for longer than was asked for. */
  lockWaits(): number;
  stop(): Promise<void>;
}

interface PostgresOptions {
  /** Waits for a lock are counted from here, in milliseconds. */
  readonly logLockWaitsFromMs?: number;
  /** Whether what is committed need not survive the machine's own end. */
  readonly isForgetful?: boolean;
}

/** PostgreSQL refuses to be run by root; it runs as nobody then, who can read and write nothing else. */
const NOBODY = 65_534;
const IS_ROOT = process.getuid?.() === 0;
const USER = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};

/** The one sentence that it says when it can be asked. */
const READY = "database system is ready to accept connections";

/** Starts a server; whoever starts it stops it. It ends with this process, however this process ends. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  // Not within a folder of ours, which nobody could not enter.
  const folder = await mkdtemp(path.join(tmpdir(), "verbatim-postgres-"));
  try {
    await chmod(folder, 0o755);
    const programs = await copyPrograms(path.join(folder, "programs"));
    return await startIn(folder, programs, options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(
  folder: string,
  { initdb, postgres }: Programs,
  { logLockWaitsFromMs, isForgetful = false }: PostgresOptions,
): Promise<Postgres> {
  const data = path.join(folder, "data");
  const password = randomUUID();
  await makeData(folder, initdb, { data, password });
  const port = await freePort();
  const settings = [
    // A socket's path may be about 100 bytes long, which the folder for temporary files may exceed.
    "unix_socket_directories=",
    ...(isForgetful ? ["fsync=off", "full_page_writes=off"] : []),
    ...(logLockWaitsFromMs === undefined
      ? []
      : ["log_lock_waits=on", `deadlock_timeout=${logLockWaitsFromMs}ms`]),
  ];
  const words = ["-D", data, "-h", "127.0.0.1", "-p", String(port)];
  const server = run(postgres, [...words, ...settings.flatMap((it) => ["-c", it])]);
  const guard = guardOf(server.process, folder);
  const stop = async (): Promise<void> => {
    server.process.kill("SIGINT");
    await server.ended;
    await guard.release();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await server.said(READY);
  } catch (cause) {
    await stop();
    throw new Error("PostgreSQL does not start.", { cause });
  }
  const url = `postgres://verbatim:${password}@127.0.0.1:${port}/`;
  const lockWaits = (): number => server.text().match(/still waiting for/gu)?.length ?? 0;
  return { url, newDatabase: () => createDatabase(url), lockWaits, stop };
}

let databases = 0;

/** Makes an empty database on a server, named after this process; its address. */
export async function createDatabase(url: string): Promise<string> {
  const name = `test_${process.pid}_${++databases}`;
  const client = new pg.Client({ connectionString: `${url}postgres` });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return url + name;
}

async function makeData(
  folder: string,
  initdb: string,
  { data, password }: { readonly data: string; readonly password: string },
): Promise<void> {
  await mkdir(data, { mode: 0o700 });
  const passwordFile = path.join(folder, "password");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (IS_ROOT) for (const it of [data, passwordFile]) await chown(it, NOBODY, NOBODY);
  const { ended, text } = run(initdb, [
    `--pgdata=${data}`,
    `--pwfile=${passwordFile}`,
    "--username=verbatim",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-locale",
    "--no-sync",
  ]);
  const { code } = await ended;
  if (code !== 0) throw new Error(`PostgreSQL's initdb failed: ${text()}`);
}

/** Runs a program of PostgreSQL. */
function run(
  program: string,
  words: readonly string[],
): Heard & { readonly process: ChildProcess } {
  const { PATH, SystemRoot } = process.env;
  const child = spawn(program, words, {
    ...USER,
    cwd: path.dirname(program),
    // Only English is understood here, whatever the machine speaks.
    env: { PATH, SystemRoot, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  return { ...hear(child), process: child };
}

/** Waits for the end of its input, which is the end of the process that started it, and ends the server. */
const GUARD = `
  const [pid, folder] = process.argv.slice(1);
  process.stdin.resume().once("end", () => {
    try { process.kill(Number(pid), "SIGINT"); } catch {}
    setTimeout(() => require("node:fs").rmSync(folder, { recursive: true, force: true }), 1000);
  });
`;

/** Ends the server also where this process is killed. */
function guardOf({ pid }: ChildProcess, folder: string): { release: () => Promise<void> } {
  if (pid === undefined) return { release: () => Promise.resolve() };
  const child = spawn(process.execPath, ["-e", GUARD, String(pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const { ended } = hear(child);
  return {
    release: async () => {
      child.kill("SIGKILL");
      await ended;
    },
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
