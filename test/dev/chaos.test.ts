/** The short form of `npm run bench -- --chaos`: a hundred events of one seed, with the small model. */
import path from "node:path";
import { expect, it } from "vitest";
import { measureChaos } from "../../scripts/dev/bench/chaos/chaos.ts";
import { drawPlan } from "../../scripts/dev/bench/chaos/plan.ts";
import { exitCodeOf, toTable } from "../../scripts/dev/measurements.ts";
import { readConfig } from "../../src/config.ts";
import { SMALL_MODEL, temporaryFolder } from "../support/folders.ts";
import { seededRandom } from "../support/seed.ts";
import { copyOfSmallIndex } from "../support/small.ts";
import { SENTENCE } from "../support/testBot.ts";

/** Parts of a sentence of the report: quoted, each is found whatever the model. */
const QUESTIONS = SENTENCE.split("，");

it("nothing is lost, doubled or pinged while everything fails", { timeout: 300_000 }, async () => {
  const indexDir = path.join(await temporaryFolder(), "index");
  const config = readConfig({ MODEL_DIR: SMALL_MODEL, INDEX_DIR: indexDir });
  await copyOfSmallIndex(config.reportsDir, indexDir);
  const rows = await measureChaos(config, QUESTIONS, { seed: 1, events: 100, database: "sqlite" });
  expect(exitCodeOf(rows), toTable(rows)).toBe(0);
});

it("a seed draws the same events each time, and every strike once a round", () => {
  const plan = (seed: number) => drawPlan(seededRandom(seed), 400, QUESTIONS);
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
  const strikesIn = (from: number) =>
    plan(7)
      .slice(from, from + 200)
      .flatMap(({ strike }) => strike ?? [])
      .sort();
  const all = ["bot is killed", "index is switched", "models are killed"];
  expect(strikesIn(0)).toEqual(all);
  expect(strikesIn(200)).toEqual(all);
});
