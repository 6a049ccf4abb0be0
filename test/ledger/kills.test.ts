/** A process that is killed at any moment leaves what it acknowledged, once. The benchmark does the same for longer. */
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { killWriters } from "../../scripts/bench/ledger/kills.ts";
import { temporaryFolder } from "../support/folders.ts";
import { startPostgres } from "../support/postgres.ts";
import { seededRandom } from "../support/seed.ts";

const KILLS = 20;

it.each(["SQLite", "PostgreSQL"])(
  "nothing that a killed process acknowledged is lost or doubled in %s",
  { timeout: 120_000 },
  async (engine) => {
    const dataDir = path.join(await temporaryFolder(), "data");
    let databaseUrl: string | undefined;
    if (engine === "PostgreSQL") {
      const postgres = await startPostgres();
      onTestFinished(() => postgres.stop());
      databaseUrl = await postgres.newDatabase();
    }
    const result = await killWriters({ dataDir, databaseUrl }, KILLS, seededRandom());
    expect(result).toMatchObject({ kills: KILLS, lost: 0, doubled: 0 });
    expect(result.acknowledged).toBeGreaterThan(100);
  },
);
