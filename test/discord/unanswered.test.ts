/** Whoever waits for an answer of a process that is gone is told so by the next one. */
import { hostname } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Collection } from "../../src/collections/collection.ts";
import { openDatabase } from "../../src/ledger/database.ts";
import { MODERATOR_RIGHTS, press, slash, stranger } from "../support/discordPayloads.ts";
import { eventually } from "../support/eventually.ts";
import {
  SENTENCE,
  buttonsOf,
  isPrivate,
  openTestCollection,
  startTestBot,
  textOf,
} from "../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

/** A process of this machine that there is not. */
const ENDED = `${hostname()}/2000000000/a`;

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
  await database.updateTable("claims").set({ owner: ENDED }).execute();
  await database.destroy();
  await bot.runDueTasks();
  const answer = discord.answerTo(asked.token);
  expect(answer && textOf(answer)).toContain("中斷");
  expect(discord.answerTo(pins.token)).toEqual(shown);
});

it("though an answer whose process ended before it was settled stays, and so does a card that was pressed", async () => {
  const { discord, bot, dataDir, answerTo } = await startTestBot(collection);
  const asked = slash("ask", { question: SENTENCE });
  const shown = await answerTo(asked);
  const by = { rights: MODERATOR_RIGHTS };
  await answerTo(press(buttonsOf(shown).get("✓ Approve") ?? "", shown, by));
  const list = await answerTo(slash("approved", {}, by));
  const turned = press("v1:approved:0", list, by);
  const card = await answerTo(turned);
  const database = await openDatabase({ dataDir });
  for (const { id, token } of [asked, turned]) {
    await database
      .updateTable("claims")
      .set({ token, owner: ENDED })
      .where("name", "=", `interaction:${id}`)
      .execute();
  }
  await database.destroy();
  await bot.runDueTasks();
  expect(discord.answerTo(asked.token)).toEqual(shown);
  expect(discord.answerTo(turned.token)).toEqual(card);
  const beside = discord.requests.filter(
    ({ method, path }) => method === "POST" && path.endsWith(turned.token),
  );
  expect(beside.map(({ body }) => textOf({ ...body, id: "" }))).toEqual([
    "I was interrupted before I could answer. Please ask again.",
  ]);
  expect(beside.map(({ body }) => isPrivate({ ...body, id: "" }))).toEqual([true]);
});

it("again, where Discord could not be reached; not again where it refuses", async () => {
  const { discord, bot, dataDir } = await startTestBot({
    ...collection,
    ask: () => new Promise<never>(() => undefined),
  });
  const asked = [
    slash("ask", { question: SENTENCE }),
    slash("ask", { question: "other" }, stranger(1)),
  ];
  for (const it of asked) discord.dispatch("INTERACTION_CREATE", it);
  const database = await openDatabase({ dataDir });
  const open = () =>
    database.selectFrom("claims").select("name").where("token", "is not", null).execute();
  await eventually(async () => {
    expect(await open()).toHaveLength(2);
  });
  const abandon = () => database.updateTable("claims").set({ owner: ENDED }).execute();
  await abandon();
  const [first, second] = asked.map(({ token }) => token);
  discord.interactions.expire(second ?? "");
  const path = new RegExp(`${first ?? ""}/messages`, "u");
  const heal = discord.failWhile({ method: "GET", path, status: 502, isBare: true });
  await bot.runDueTasks();
  expect(await open()).toEqual([{ name: `interaction:${asked[0]?.id ?? ""}` }]);
  heal();
  await abandon();
  await bot.runDueTasks();
  const answer = discord.answerTo(first ?? "");
  expect(answer && textOf(answer)).toContain("interrupted");
  expect(await open()).toEqual([]);
  await database.destroy();
});
