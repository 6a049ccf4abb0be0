/** The ledger under kills, among processes, beside index switches, and what it costs an answer. */
import type { Config } from "../../../src/config.ts";
import { startPostgres } from "../../../test/support/postgres.ts";
import { seededRandom } from "../../../test/support/seed.ts";
import { killWriters } from "../../../test/support/killWriters.ts";
import { askWhileSwitching } from "../../../test/support/askWhileSwitching.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured, noneOf } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { measureApprovals } from "./approvalCost.ts";
import { shareAmongProcesses } from "./manyProcesses.ts";

const KILLS = 200;
const QUESTIONS = 1_000;
const SWITCHES = 20;

/** An encoder that is fast: what it finds does not matter while indexes are switched. */
const SMALL_MODEL = "test/fixtures/small-encoder";

/** Measures all of it; some minutes. */
export async function measureLedger(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  return [
    ...(await measureApprovals(config, questions)),
    ...(await switchRows()),
    ...(await shareAmongProcesses(config, questions)),
    ...(await killRows("SQLite")),
    ...(await killRows("PostgreSQL")),
  ];
}

async function switchRows(): Promise<Measurement[]> {
  const { asked, switches, failed, mixed, seen } = await askWhileSwitching(SMALL_MODEL, {
    questions: QUESTIONS,
    switches: SWITCHES,
  });
  const name = `${asked} questions during ${switches} index switches`;
  return [
    ...noneOf(name, { failed, "from more than one index": mixed }),
    measured(`${name}: indexes that answered`, seen),
  ];
}

async function killRows(engine: "SQLite" | "PostgreSQL"): Promise<Measurement[]> {
  const postgres = engine === "PostgreSQL" ? await startPostgres() : undefined;
  try {
    const databaseUrl = await postgres?.newDatabase();
    const { kills, acknowledged, lost, doubled } = await inTemporaryFolder((dataDir) =>
      killWriters({ dataDir, databaseUrl }, KILLS, seededRandom()),
    );
    const name = `${kills} kills, 8 writers, ${engine}`;
    return [
      measured(`${name}: acknowledged`, acknowledged),
      ...noneOf(name, { lost, "there twice": doubled }),
    ];
  } finally {
    await postgres?.stop();
  }
}
