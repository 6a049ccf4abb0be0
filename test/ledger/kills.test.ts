/** A process that is killed at any moment leaves what it acknowledged, once. */
import path from "node:path";
import { expect, it } from "vitest";
import { killWriters } from "../support/killWriters.ts";
import { temporaryFolder } from "../support/folders.ts";
import { isLong } from "../support/long.ts";
import { seededRandom } from "../support/seed.ts";
import { built, newDatabase } from "../support/shared.ts";

const KILLS = isLong ? 200 : 8;

it.each(["SQLite", "PostgreSQL"])(
  "nothing that a killed process acknowledged is lost or doubled in %s",
  { timeout: 15_000 * KILLS },
  async (engine) => {
    const dataDir = path.join(await temporaryFolder(), "data");
    const databaseUrl = engine === "PostgreSQL" ? await newDatabase() : undefined;
    await built();
    const result = await killWriters({ dataDir, databaseUrl }, KILLS, seededRandom());
    expect(result).toMatchObject({ kills: KILLS, lost: 0, doubled: 0 });
    expect(result.acknowledged).toBeGreaterThan(5 * KILLS);
  },
);
