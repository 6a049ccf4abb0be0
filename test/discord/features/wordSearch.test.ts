/** /find as its users meet it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "../../../src/collections/collection.ts";
import { memberMessage, press, slash, typing } from "../../support/discordPayloads.ts";
import type { Interaction } from "../../support/discordPayloads.ts";
import {
  buttonsOf,
  isPrivate,
  openTestCollection,
  startTestBot,
  textOf,
} from "../../support/testBot.ts";
import type { TestBot } from "../../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

/** The places on a card, by which its sentences are told apart. */
function placesOf(card: Parameters<typeof textOf>[0]): string[] {
  return Array.from(textOf(card).matchAll(/paragraph (\d+), sentence (\d+)/gu), ([it]) => it);
}

/** What is offered while something is typed. */
async function offered(
  { discord, request }: TestBot,
  interaction: Interaction,
): Promise<{ name: string; value: string }[]> {
  discord.dispatch("INTERACTION_CREATE", interaction);
  const { body } = await request("POST", new RegExp(`${interaction.token}/callback`, "u"));
  expect(body["type"]).toBe(8);
  return (body["data"] as { choices: { name: string; value: string }[] }).choices;
}

describe("/find", () => {
  it("shows the asker how many sentences hold the words, and each with its place and the words in bold", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(slash("find", { words: "35000 小区" }));
    expect(isPrivate(answer)).toBe(true);
    const text = textOf(answer);
    expect(text).toContain("1 sentence holds 35000 小区");
    expect(text).toContain("143個無物業小區納入統一管理");
    expect(text).toMatch(/砥礪初心使命 凝聚奮進力量 › .+ · paragraph 13, sentence 2/u);
    expect(JSON.stringify(answer)).toContain(
      "推動解決辦證難問題**3\\\\.5萬**個，改造老舊**小區**41個",
    );
    expect(buttonsOf(answer)).toEqual(new Map());
  });

  it("turns pages in its place, so that each sentence is shown once, in order", async () => {
    const { answerTo } = await startTestBot(collection);
    let card = await answerTo(slash("find", { words: "群众" }));
    const { id } = card;
    expect(textOf(card)).toContain("18 sentences hold 群众\n1–8 of 18");
    const places = placesOf(card);
    for (const of of ["9–16 of 18", "17–18 of 18"]) {
      card = await answerTo(press(buttonsOf(card).get("Next page") ?? "", card));
      expect(card.id).toBe(id);
      expect(textOf(card)).toContain(`18 sentences hold 群众\n${of}`);
      places.push(...placesOf(card));
    }
    expect(Array.from(buttonsOf(card).keys())).toEqual(["Previous page"]);
    expect(places).toHaveLength(18);
    expect(new Set(places).size).toBe(18);
    const { mentions } = await collection.mentions.find("群众", { offset: 0, limit: 18 });
    expect(places).toEqual(
      mentions.map(
        ({ paragraph, sentences: [from] }) => `paragraph ${paragraph}, sentence ${from}`,
      ),
    );
    card = await answerTo(press(buttonsOf(card).get("Previous page") ?? "", card));
    expect(textOf(card)).toContain("9–16 of 18");
  });

  it("turns pages after a restart, since the words stand on the card", async () => {
    const words = '"群众" *_~`|<@&>\\';
    const first = await startTestBot(collection);
    const card = await first.answerTo(slash("find", { words, report: "dingzhou-2021-review" }));
    expect(textOf(card)).toContain("1–8 of 18");
    expect(textOf(card)).toContain("in: 砥礪初心使命 凝聚奮進力量");
    await first.bot.close(1_000);
    const second = await startTestBot(collection);
    const next = await second.answerTo(press(buttonsOf(card).get("Next page") ?? "", card));
    expect(textOf(next)).toContain(words);
    expect(textOf(next)).toContain("in: 砥礪初心使命 凝聚奮進力量 · 9–16 of 18");
  });

  it.each([
    ["en-US", "No sentence holds: 大海. What it means can be asked with /ask."],
    ["zh-TW", "沒有句子含有：大海。想按意思查找，請用 /ask。"],
    ["zh-CN", "没有句子含有：大海。想按意思查找，请用 /ask。"],
  ])("says in one sentence that there is none, in %s", async (locale, sentence) => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(slash("find", { words: "大海" }, { locale }));
    expect(textOf(answer)).toBe(sentence);
    expect(isPrivate(answer)).toBe(true);
    expect(buttonsOf(answer)).toEqual(new Map());
  });

  it.each([
    ["nothing", " "],
    ["empty quotation marks", '"" 「」'],
    ["marks alone", "?!…——"],
    ["too much", "字".repeat(2_000)],
  ])("says in one sentence that %s cannot be looked for", async (_, words) => {
    const { answerTo, log } = await startTestBot(collection);
    expect(textOf(await answerTo(slash("find", { words })))).toBe(
      "This message holds no words that I could look for.",
    );
    expect(log).toEqual([]);
  });

  it("says so where there is no such report, also to a button from before", async () => {
    const { answerTo } = await startTestBot(collection);
    const sentence = "There is no such report. Pick one from the list.";
    expect(textOf(await answerTo(slash("find", { words: "的", report: "other" })))).toBe(sentence);
    const card = await answerTo(slash("find", { words: "群众" }));
    expect(textOf(await answerTo(press("v1:mentions:0000aaaa:8", card)))).toBe(sentence);
  });

  it("goes back to the first page where the report has fewer than before", async () => {
    const { answerTo } = await startTestBot(collection);
    const card = await answerTo(slash("find", { words: "群众" }));
    expect(textOf(await answerTo(press("v1:mentions:all:9000", card)))).toContain("1–8 of 18");
  });

  it("finds no words on a card that shows none", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(press("v1:mentions:all:8", memberMessage("")));
    expect(textOf(answer)).toBe("This message holds no words that I could look for.");
  });
});

describe("what is offered while /find is typed", () => {
  it("are words of the report that hold what is typed, and are found", async () => {
    const bot = await startTestBot(collection);
    const choices = await offered(bot, typing("find", { words: "小区 无物" }));
    expect(choices.length).toBeGreaterThan(0);
    expect(choices.length).toBeLessThanOrEqual(25);
    for (const { name, value } of choices) {
      expect(name.startsWith("小区 ") && name.includes("無物")).toBe(true);
      expect(value).toBe(name);
      const found = textOf(
        await bot.answerTo(slash("find", { words: value }, { user: newUser() })),
      );
      expect(found).toContain("1 sentence holds");
    }
  });

  it("are the reports by their titles", async () => {
    const bot = await startTestBot(collection);
    const title = "砥礪初心使命 凝聚奮進力量";
    const report = { name: title, value: "dingzhou-2021-review" };
    expect(await offered(bot, typing("find", { words: "x", report: "初心" }))).toEqual([report]);
    expect(await offered(bot, typing("find", { words: "x", report: "" }))).toEqual([report]);
    expect(await offered(bot, typing("find", { words: "x", report: "other" }))).toEqual([]);
  });

  it.each(["", "?!", "字".repeat(2_000), "的".repeat(99), "[(*\\"])(
    "is taken by Discord, whatever is typed: %j",
    async (words) => {
      const bot = await startTestBot(collection);
      for (const { name, value } of await offered(bot, typing("find", { words }))) {
        expect(name.length).toBeLessThanOrEqual(100);
        expect(value.length).toBeLessThanOrEqual(100);
      }
    },
  );

  it("is nothing, without a word, where it cannot be made", async () => {
    const broken: Collection = {
      ...collection,
      mentions: { ...collection.mentions, suggest: () => Promise.reject(new Error("broken")) },
    };
    const bot = await startTestBot(broken);
    expect(await offered(bot, typing("find", { words: "小" }))).toEqual([]);
    expect(bot.log).toEqual([]);
  });
});

let users = 0;

/** Somebody who has not asked yet. */
function newUser(): string {
  return String(400_000_000_000_001_000n + BigInt(users++));
}
