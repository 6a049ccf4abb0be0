/** What Discord sends may be anything: the bot goes on, and the log says that something could not be read. */
import fc from "fast-check";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Collection } from "../../src/collections/collection.ts";
import { GUILD, IDS, memberMessage, mention, press, slash } from "../support/discordPayloads.ts";
import { eventually } from "../support/eventually.ts";
import { startFakeDiscord } from "../support/fakeDiscord.ts";
import { temporaryFolder } from "../support/folders.ts";
import { startLocalBot } from "../support/localBot.ts";
import { SEED } from "../support/seed.ts";
import { SENTENCE, openTestCollection, startTestBot, textOf } from "../support/testBot.ts";
import type { TestBot } from "../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

const options = { mentionChannels: [IDS.channel] };

/** The bot answers still, on the same connection. */
async function expectAlive({ discord, answerTo }: TestBot): Promise<void> {
  expect(textOf(await answerTo(slash("about")))).toContain("Passages:");
  expect(discord.sessions).toEqual({ identified: 1, resumed: 0 });
}

describe("an event", () => {
  const EVENTS = [
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "CHANNEL_UPDATE",
    "GUILD_ROLE_UPDATE",
    "THREAD_LIST_SYNC",
    "RESUMED",
  ];

  it.each(EVENTS)("%s with data that are not what they should be does no harm", async (event) => {
    const bot = await startTestBot(collection, options);
    for (const data of [null, undefined, {}, [], 7, "text", { id: null, data: null, author: 1 }]) {
      bot.discord.dispatch(event, data);
    }
    await expectAlive(bot);
  });

  it("of no known name does none either", async () => {
    const bot = await startTestBot(collection, options);
    bot.discord.dispatch("NEWER_THAN_THE_BOT", { id: 1 });
    await expectAlive(bot);
    expect(bot.log).toEqual([]);
  });

  it("that could not be read stands in the log, without what was in it", async () => {
    const bot = await startTestBot(collection, options);
    bot.discord.dispatch("INTERACTION_CREATE", { type: 2, token: "a-secret" });
    await expectAlive(bot);
    expect(bot.log).toHaveLength(1);
    expect(bot.log[0]).toContain("Discord told of something that could not be read");
    expect(bot.log[0]).not.toContain("a-secret");
  });

  it("that comes before all servers are known does none either", async () => {
    const discord = await startFakeDiscord();
    onTestFinished(() => discord.close());
    // A server that stays away for half a second.
    discord.isInGuild = false;
    const starting = startLocalBot({
      apiUrl: discord.apiUrl,
      collection,
      dataDir: await temporaryFolder(),
      log: pino({ level: "silent" }),
    });
    await eventually(() => {
      expect(discord.openSessions().size).toBe(1);
    });
    const asked = slash("about");
    for (const data of [null, {}, asked]) discord.dispatch("INTERACTION_CREATE", data);
    const { close } = await starting;
    onTestFinished(close);
    await eventually(() => {
      expect(discord.answerTo(asked.token)).toBeDefined();
    });
  });
});

describe("a frame of the gateway", () => {
  it.each([
    [7, undefined],
    [9, null],
    [10, null],
    [11, null],
    [99, {}],
  ])("with opcode %d and data %j does no harm", { timeout: 30_000 }, async (op, data) => {
    const bot = await startTestBot(collection, options);
    bot.discord.sendFrame({ op, d: data });
    bot.discord.sendFrame("no JSON");
    bot.discord.sendFrame(null);
    expect(textOf(await bot.answerTo(slash("about")))).toContain("Passages:");
    await eventually(() => {
      expect(bot.discord.openSessions()).toEqual(new Map([["[0,1]", 1]]));
    });
  });
});

/** A value of JSON in which one part is another one. */
function damaged(value: unknown, at: number, other: unknown): unknown {
  let left = at;
  const walk = (it: unknown): unknown => {
    if (left-- === 0) return other;
    if (Array.isArray(it)) return it.map(walk);
    if (typeof it !== "object" || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([key, part]) => [key, walk(part)]));
  };
  return walk(value);
}

it("answers what can be read, whatever part of an event is damaged before it", async () => {
  const bot = await startTestBot(collection, options);
  const events: (readonly [string, () => unknown])[] = [
    ["INTERACTION_CREATE", () => slash("ask", { question: SENTENCE })],
    ["INTERACTION_CREATE", () => press("v1:context:aaaaaaaa", memberMessage(""))],
    ["MESSAGE_CREATE", () => mention(SENTENCE)],
    ["GUILD_UPDATE", () => GUILD],
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...events),
      fc.nat(60),
      fc.constantFrom<unknown>(null, undefined, 0, "", [], {}, "7", -1, true),
      async ([name, data], at, other) => {
        bot.discord.dispatch(name, damaged(data(), at, other));
        await expectAlive(bot);
      },
    ),
    { numRuns: 150, seed: SEED },
  );
  // What went wrong in Discord's data is no fault of the messages that the bot sent.
  expect(bot.discord.faults).toEqual([]);
});
