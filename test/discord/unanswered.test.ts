/** Whoever waits for an answer of a process that is gone is told so by the next one. */
import { hostname } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Collection } from "../../src/collections/collection.ts";
import { openDatabase } from "../../src/ledger/database.ts";
import { slash } from "../support/discordPayloads.ts";
import { eventually } from "../support/eventually.ts";
import { SENTENCE, openTestCollection, startTestBot, textOf } from "../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

it("in plain words, and in their language; whoever has an answer keeps it", async () => {
  const hanging = { ...collection, ask: () => new Promise<never>(() => undefined) };
  const { discord, bot, dataDir, answerTo } = await startTestBot(hanging);
  const pins = slash("pins", {});
  const shown = await answerTo(pins);
  const asked = slash("ask", { question: SENTENCE }, { locale: "zh-TW" });
  discord.dispatch("INTERACTION_CREATE", asked);
  const database = await openDatabase({ dataDir });
  await eventually(async () => {
    const underWay = await database
      .selectFrom("claims")
      .select("name")
      .where("token", "is not", null)
      .execute();
    expect(underWay).toEqual([{ name: `interaction:${asked.id}` }]);
  });
  await bot.runDueTasks();
  expect(discord.answerTo(asked.token)).toBeUndefined();
  await database
    .updateTable("claims")
    .set({ owner: `${hostname()}/2000000000/a` })
    .execute();
  await database.destroy();
  await bot.runDueTasks();
  const answer = discord.answerTo(asked.token);
  expect(answer && textOf(answer)).toContain("中斷");
  expect(discord.answerTo(pins.token)).toEqual(shown);
});
