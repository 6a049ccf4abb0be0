/** The ledger under kills, among processes, beside index switches, and what it costs an answer. */
import type { Config } from "../../../src/config.ts";
import { startPostgres } from "../../../test/support/postgres.ts";
import { seededRandom } from "../../../test/support/seed.ts";
import { killWriters } from "../../../test/support/killWriters.ts";
import { askWhileSwitching } from "../../../test/support/askWhileSwitching.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { measureLookup } from "./approvalCost.ts";
import { shareAmongProcesses } from "./manyProcesses.ts";

const KILLS = 200;
const QUESTIONS = 1_000;
const SWITCHES = 20;

/** An encoder that is fast: what it finds does not matter while indexes are switched. */
const SMALL_MODEL = "test/fixtures/small-encoder";

const none = (name: string, value: number): Measurement => measured(name, value, "", { atMost: 0 });

/** Measures all of it; some minutes. */
export async function measureLedger(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  return [
    ...(await lookupRows(config, questions)),
    ...(await switchRows()),
    ...(await processRows(config, questions)),
    ...(await killRows("SQLite")),
    ...(await killRows("PostgreSQL")),
  ];
}

async function lookupRows(config: Config, questions: readonly string[]): Promise<Measurement[]> {
  const { withMs, withoutMs, firstReadMs } = await measureLookup(config, questions, seededRandom());
  const name = "10,000 approvals";
  return [
    measured(`${name}: an answer, p50`, withMs, "ms"),
    measured(`${name}: an answer without them, p50`, withoutMs, "ms"),
    measured(`${name}: added to an answer, p50`, withMs - withoutMs, "ms", { atMost: 1 }),
    measured(`${name}: read for the first time`, firstReadMs, "ms"),
  ];
}

async function switchRows(): Promise<Measurement[]> {
  const result = await askWhileSwitching(SMALL_MODEL, { questions: QUESTIONS, switches: SWITCHES });
  const name = `${result.asked} questions during ${result.switches} index switches`;
  return [
    none(`${name}: failed`, result.failed),
    none(`${name}: from more than one index`, result.mixed),
    measured(`${name}: indexes that answered`, result.seen),
  ];
}

async function processRows(config: Config, questions: readonly string[]): Promise<Measurement[]> {
  const result = await shareAmongProcesses(config, questions);
  const name = `4 processes, ${result.interactions} interactions`;
  return [
    none(`${name}: unanswered`, result.unanswered),
    none(`${name}: not handled once`, result.doubled),
    none(`${name}: rows missing or too many`, result.miscounted),
    none(`${name}: messages that Discord would refuse`, result.refused),
    none(`${name}: lock waits over 1 s`, result.longLockWaits),
    measured(`${name}: all of them`, result.seconds, "s"),
  ];
}

async function killRows(engine: "SQLite" | "PostgreSQL"): Promise<Measurement[]> {
  const postgres = engine === "PostgreSQL" ? await startPostgres() : undefined;
  try {
    const databaseUrl = await postgres?.newDatabase();
    const result = await inTemporaryFolder((dataDir) =>
      killWriters({ dataDir, databaseUrl }, KILLS, seededRandom()),
    );
    const name = `${result.kills} kills, 8 writers, ${engine}`;
    return [
      measured(`${name}: acknowledged`, result.acknowledged),
      none(`${name}: lost`, result.lost),
      none(`${name}: there twice`, result.doubled),
    ];
  } finally {
    await postgres?.stop();
  }
}
