/** Kills a process whose writers are at work, again and again, and looks for what it had acknowledged. */
import path from "node:path";
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../../src/ledger/database.ts";
import type { DatabaseOptions } from "../../src/ledger/database.ts";
import { hear } from "./childOutput.ts";
import { WORKS } from "./ledgerWork.ts";

/** A password that is apart from the address would not reach the processes. */
type LedgerPlace = Pick<DatabaseOptions, "dataDir" | "databaseUrl">;

/** A process is killed after at most so many acknowledgements, and so much later in milliseconds: amid some piece of work. */
const MOST_ACKNOWLEDGED = 30;
const LATEST_KILL_MS = 100;

/** Every so many-th process is killed at any time after its start, of which opening the ledger takes a part. */
const EARLY_KILL_EVERY = 4;
const LATEST_EARLY_KILL_MS = 600;

/** As it was built. */
const WRITER = path.resolve(".cache/dev/test/support/ledgerWriter.js");

/**
 * Starts a process, kills it with SIGKILL at a random moment, and so on; then counts the actions that the processes had
 * acknowledged, those of them that are not there, and those that are there more than once.
 *
 * @param random Gives numbers in 0..1.
 */
export async function killWriters(ledger: LedgerPlace, kills: number, random: () => number) {
  const acknowledged: string[] = [];
  for (let round = 0; round < kills; round++) {
    acknowledged.push(...(await killOne(ledger, round, random)));
  }
  const counts = await countAll(ledger, acknowledged);
  return {
    kills,
    acknowledged: acknowledged.length,
    lost: counts.filter((it) => it === 0).length,
    doubled: counts.filter((it) => it > 1).length,
  };
}

async function killOne(
  { dataDir, databaseUrl }: LedgerPlace,
  round: number,
  random: () => number,
): Promise<string[]> {
  const words = [String(round), dataDir, ...(databaseUrl === undefined ? [] : [databaseUrl])];
  const child = spawn(process.execPath, [WRITER, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { text, ended } = hear(child, child.stdout);
  if (round % EARLY_KILL_EVERY === EARLY_KILL_EVERY - 1) {
    await sleep(random() * LATEST_EARLY_KILL_MS);
  } else {
    const wanted = Math.ceil(random() * MOST_ACKNOWLEDGED);
    const enough = new Promise<void>((resolve) => {
      child.stdout.on("data", () => {
        if (linesOf(text()).length >= wanted) resolve();
      });
    });
    await Promise.race([enough, ended]);
    await sleep(random() * LATEST_KILL_MS);
  }
  if (child.exitCode !== null) throw new Error(`a writer ended with exit code ${child.exitCode}`);
  child.kill("SIGKILL");
  await ended;
  return linesOf(text());
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
