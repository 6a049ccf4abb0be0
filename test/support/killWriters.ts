/** Kills a process whose writers are at work, again and again, and looks for what it had acknowledged. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openDatabase } from "../../src/ledger/database.ts";
import type { DatabaseOptions } from "../../src/ledger/database.ts";
import { WORKS } from "./ledgerWork.ts";

/** What came of some kills. */
export interface KillResult {
  readonly kills: number;
  /** Actions that the killed processes had acknowledged. */
  readonly acknowledged: number;
  /** Of these, the ones that are not there, and those that are there more than once. */
  readonly lost: number;
  readonly doubled: number;
}

/** A password that is apart from the address would not reach the processes. */
type LedgerPlace = Pick<DatabaseOptions, "dataDir" | "databaseUrl">;

/** A process is killed after at most so many acknowledgements, and so much later in milliseconds: amid some piece of work. */
const MOST_ACKNOWLEDGED = 30;
const LATEST_KILL_MS = 100;

/** Every so many-th process is killed at any time after its start, of which opening the ledger takes a part. */
const EARLY_KILL_EVERY = 4;
const LATEST_EARLY_KILL_MS = 600;

const WRITER = fileURLToPath(new URL("./ledgerWriter.js", import.meta.url));

/**
 * Starts a process, kills it with SIGKILL at a random moment, and so on; then counts.
 *
 * @param random Gives numbers in 0..1.
 * @param writer The built writer.ts, where this module is not built itself.
 */
export async function killWriters(
  ledger: LedgerPlace,
  kills: number,
  random: () => number,
  writer = WRITER,
): Promise<KillResult> {
  const acknowledged: string[] = [];
  for (let round = 0; round < kills; round++) {
    acknowledged.push(...(await killOne(ledger, { round, random, writer })));
  }
  const counts = await countAll(ledger, acknowledged);
  return {
    kills,
    acknowledged: acknowledged.length,
    lost: counts.filter((it) => it === 0).length,
    doubled: counts.filter((it) => it > 1).length,
  };
}

interface Killing {
  readonly round: number;
  readonly random: () => number;
  readonly writer: string;
}

async function killOne(
  { dataDir, databaseUrl }: LedgerPlace,
  { round, random, writer }: Killing,
): Promise<string[]> {
  const words = [String(round), dataDir, ...(databaseUrl === undefined ? [] : [databaseUrl])];
  const child = spawn(process.execPath, [writer, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  if (round % EARLY_KILL_EVERY === EARLY_KILL_EVERY - 1) {
    await sleep(random() * LATEST_EARLY_KILL_MS);
  } else {
    const wanted = Math.ceil(random() * MOST_ACKNOWLEDGED);
    const enough = new Promise<void>((resolve) => {
      child.stdout.on("data", () => {
        if (linesOf(output).length >= wanted) resolve();
      });
    });
    await Promise.race([enough, ended]);
    await sleep(random() * LATEST_KILL_MS);
  }
  if (child.exitCode !== null) throw new Error(`a writer ended with exit code ${child.exitCode}`);
  child.kill("SIGKILL");
  await ended;
  return linesOf(output);
}

/** A line without its end was not printed whole: it promises nothing. */
function linesOf(output: string): string[] {
  return output.split("\n").slice(0, -1);
}

async function countAll(ledger: LedgerPlace, lines: readonly string[]): Promise<number[]> {
  const database = await openDatabase(ledger);
  const counts: number[] = [];
  for (const line of lines) {
    const [kind = "", name = ""] = line.split(" ");
    counts.push((await WORKS[kind]?.count(database, name)) ?? 0);
  }
  await database.destroy();
  return counts;
}
