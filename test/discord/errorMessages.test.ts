/** What Discord refuses, loses or breaks off: one plain sentence, the rest in the log, nothing answered twice. */
import path from "node:path";
import { readdir, stat, writeFile } from "node:fs/promises";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Collection } from "../../src/collections/collection.ts";
import { UnansweredError } from "../../src/errors.ts";
import {
  BOT_USER,
  IDS,
  MODERATOR_RIGHTS,
  memberMessage,
  mention,
  press,
  slash,
} from "../support/discordPayloads.ts";
import { TOKEN } from "../support/fakeDiscord.ts";
import {
  SENTENCE,
  buttonsOf,
  openTestCollection,
  startTestBot,
  textOf,
} from "../support/testBot.ts";
import { eventually } from "../support/eventually.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

const CALLBACK = /^\/interactions\//u;
const ORIGINAL = /@original$/u;
const ask = () => slash("ask", { question: SENTENCE });

describe("an acknowledgement", () => {
  it("that comes too late (10062) ends the matter, with one warning", async () => {
    const { discord, log, request } = await startTestBot(collection);
    discord.failNext({ method: "POST", path: CALLBACK, status: 404, code: 10062 });
    discord.dispatch("INTERACTION_CREATE", ask());
    await request("POST", CALLBACK);
    discord.dispatch("INTERACTION_CREATE", slash("help"));
    await request("POST", CALLBACK, 2);
    expect(discord.requests.some(({ path }) => ORIGINAL.test(path))).toBe(false);
    expect(log).toEqual([]);
  });

  it("whose answer was lost is sent again, refused (40060), and the question answered all the same", async () => {
    const { discord, answerTo, log } = await startTestBot(collection);
    discord.failNext({ method: "POST", path: CALLBACK, status: 0, code: 0, isLost: true });
    expect(textOf(await answerTo(ask()))).toContain("Found");
    expect(discord.requests.filter(({ path }) => CALLBACK.test(path))).toHaveLength(2);
    expect(log).toEqual([]);
  });
});

describe("an answer", () => {
  it.each([500, 502, 503])("is sent again after a %d", async (status) => {
    const { discord, answerTo, log } = await startTestBot(collection);
    discord.failNext({ method: "PATCH", path: ORIGINAL, status, code: 0 });
    expect(textOf(await answerTo(ask()))).toContain("Found");
    expect(log).toEqual([]);
  });

  it("waits for as long as a 429 says", async () => {
    const { discord, answerTo } = await startTestBot(collection);
    discord.failNext({ method: "PATCH", path: ORIGINAL, status: 429, code: 0 });
    expect(textOf(await answerTo(ask()))).toContain("Found");
  });

  it.each([
    [403, 50013, "I lack the permission View Channel"],
    [403, 50001, "I lack the permission View Channel"],
    [404, 10008, "That message is gone."],
    [400, 200000, "Discord's filters"],
    [400, 240000, "Discord's filters"],
  ])("that is refused (%d, %d) is explained", async (status, code, sentence) => {
    const { discord, answerTo, log } = await startTestBot(collection);
    discord.failNext({ method: "PATCH", path: ORIGINAL, status, code });
    expect(textOf(await answerTo(ask()))).toContain(sentence);
    expect(log).toEqual([]);
  });

  it.each([
    [403, 160014],
    [404, 0],
    [400, 50035],
  ])(
    "that is refused (%d, %d) without a reason that helps gets a number that is in the log",
    async (status, code) => {
      const { discord, answerTo, log } = await startTestBot(collection);
      discord.failNext({ method: "PATCH", path: ORIGINAL, status, code });
      const asked = ask();
      const text = textOf(await answerTo(asked));
      const id = /number: ([0-9a-f]{8})$/u.exec(text)?.[1];
      expect(id).toBeDefined();
      expect(log).toHaveLength(1);
      expect(log[0]).toContain(`"id":"${id ?? ""}"`);
      expect(log.join("")).not.toContain(asked.token);
      expect(log.join("")).not.toContain(TOKEN);
      expect(log.join("")).not.toContain(SENTENCE);
    },
  );

  it("that cannot be sent at all is logged once for each attempt, and the bot goes on", async () => {
    const { discord, answerTo, log, request } = await startTestBot(collection);
    discord.failNext({ method: "PATCH", path: ORIGINAL, status: 404, code: 10015 });
    discord.failNext({ method: "PATCH", path: ORIGINAL, status: 404, code: 10015 });
    discord.dispatch("INTERACTION_CREATE", ask());
    await request("PATCH", ORIGINAL, 2);
    await eventually(() => {
      expect(log).toHaveLength(2);
    });
    expect(textOf(await answerTo(ask()))).toContain("Found");
  });

  it("says at once when too many questions wait", async () => {
    const small = await openTestCollection({ maxWaiting: 1, questionCacheBytes: 0 });
    onTestFinished(() => small.close());
    const { answerTo } = await startTestBot(small);
    let isDone = false;
    let count = 0;
    // One text at work and one that waits, for as long as the test asks.
    const occupy = async (): Promise<void> => {
      while (!isDone) {
        await small.vectorOf(`${"字".repeat(1_500)} ${++count}`).catch(() => undefined);
        await setImmediate();
      }
    };
    const occupied = [occupy(), occupy(), occupy()];
    const asked = Array.from({ length: 40 }, (_, i) => {
      const user = String(410_000_000_000_000_000n + BigInt(i));
      return slash("ask", { question: `question ${i}` }, { user });
    });
    const texts = (await Promise.all(asked.map(answerTo))).map(textOf);
    isDone = true;
    await Promise.all(occupied);
    expect(texts).toContain("Too many questions are waiting. Ask again in a moment.");
    expect(textOf(await answerTo(ask()))).toContain("passage");
  });

  it("that did not come about is told as such, in one sentence", async () => {
    const failing: Collection = {
      ...collection,
      ask: () => Promise.reject(new UnansweredError("The model has stopped over this.")),
    };
    const { answerTo, log } = await startTestBot(failing);
    expect(textOf(await answerTo(ask()))).toBe(
      "This could not be answered just now. Ask again in a moment.",
    );
    expect(log).toEqual([]);
  });

  it("is never made from a text that has changed since it was indexed", async () => {
    const tampered = await openTestCollection();
    onTestFinished(() => tampered.close());
    const { answerTo, log } = await startTestBot(tampered);
    await tamper(tampered.indexDir);
    expect(textOf(await answerTo(ask()))).toContain("Tell an operator this number");
    expect(log.join("")).toContain("its text has changed");
  });
});

/** Writes other words over an index's texts. */
async function tamper(indexDir: string): Promise<void> {
  const [generation = ""] = (await readdir(indexDir)).filter((it) => it.startsWith("g"));
  const file = path.join(indexDir, generation, "texts.utf16");
  const { size } = await stat(file);
  await writeFile(file, Buffer.alloc(size, "假", "utf16le"), { flag: "r+" });
}

describe("pinning", () => {
  it.each([
    [403, 50013, "I lack the permission"],
    [404, 10008, "That message is gone."],
  ])("that Discord refuses (%d, %d) leaves no card behind", async (status, code, sentence) => {
    const { discord, answerTo } = await startTestBot(collection);
    const answer = await answerTo(ask());
    discord.failNext({ method: "PUT", path: /pins/u, status, code });
    const pin = buttonsOf(answer).get("Pin") ?? "";
    const told = await answerTo(press(pin, answer, { rights: MODERATOR_RIGHTS }));
    expect(textOf(told)).toContain(sentence);
    expect([...discord.messages.values()].some((it) => textOf(it).includes("Pinned by"))).toBe(
      false,
    );
  });
});

describe("the connection", () => {
  it("is resumed after close 4000 and after op 7, without identifying again", async () => {
    const { discord, answerTo } = await startTestBot(collection);
    discord.dropConnection(4000);
    await eventually(() => {
      expect(discord.sessions.resumed).toBe(1);
    });
    expect(textOf(await answerTo(ask()))).toContain("Found");
    discord.sendOpcode(7, null);
    await eventually(() => {
      expect(discord.sessions.resumed).toBe(2);
    });
    expect(discord.sessions.identified).toBe(1);
    expect(textOf(await answerTo(ask()))).toContain("Found");
  });

  it("is made anew after op 9", { timeout: 20_000 }, async () => {
    const { discord, answerTo } = await startTestBot(collection);
    discord.sendOpcode(9, false);
    await eventually(() => {
      expect(discord.sessions.identified).toBe(2);
    });
    expect(textOf(await answerTo(ask()))).toContain("Found");
  });

  it("ends for good after 4014, and says so", async () => {
    const { discord, bot } = await startTestBot(collection);
    discord.dropConnection(4014);
    expect((await bot.lost).message).toContain("(4014)");
    expect(discord.sessions).toEqual({ identified: 1, resumed: 0 });
  });
});

describe("the end", () => {
  it("waits for the answers under way, and takes no new question", async () => {
    const { discord, bot, request } = await startTestBot(collection);
    const release = discord.holdNext("POST", CALLBACK);
    const asked = ask();
    discord.dispatch("INTERACTION_CREATE", asked);
    await request("POST", CALLBACK);
    const closed = bot.close(10_000);
    discord.dispatch("INTERACTION_CREATE", ask());
    await sleep(200);
    expect(discord.requests.some(({ method }) => method === "CLOSE")).toBe(false);
    release();
    await closed;
    const answer = discord.answerTo(asked.token);
    expect(answer && textOf(answer)).toContain("Found");
    expect(discord.requests.filter(({ path: it }) => CALLBACK.test(it))).toHaveLength(1);
    expect(discord.requests.slice(-2).map(({ method }) => method)).toEqual(["PATCH", "CLOSE"]);
  });

  it("does not wait longer than it may", async () => {
    const { discord, bot, request } = await startTestBot(collection);
    const release = discord.holdNext("POST", CALLBACK);
    discord.dispatch("INTERACTION_CREATE", ask());
    await request("POST", CALLBACK);
    await bot.close(10);
    expect(discord.messages.size).toBe(0);
    release();
  });
});

describe("a mention", () => {
  const options = { mentionChannels: [IDS.channel] };

  it("is answered where the channel is set, once, however often the gateway tells of it", async () => {
    const { discord, request } = await startTestBot(collection, options);
    const message = mention(SENTENCE);
    discord.dispatch("MESSAGE_CREATE", message);
    const { body } = await request("POST", /^\/channels\//u);
    // What comes after is answered after.
    discord.dispatch("MESSAGE_CREATE", message);
    const next = mention(SENTENCE);
    discord.dispatch("MESSAGE_CREATE", next);
    expect((await request("POST", /^\/channels\//u, 2)).body).toMatchObject({ nonce: next.id });
    expect(body).toMatchObject({
      nonce: message.id,
      enforce_nonce: true,
      message_reference: { message_id: message.id },
    });
    const answers = [...discord.messages.values()];
    expect(answers).toHaveLength(2);
    expect(answers[0] && textOf(answers[0])).toContain("Found");
    expect(discord.intents).toBe(1 | (1 << 9) | (1 << 12));
  });

  it("of the bot's own role counts, and so does one in a thread of the channel", async () => {
    const { discord, request } = await startTestBot(collection, options);
    const role = memberMessage(`<@&${IDS.botRole}> ${SENTENCE}`, { mention_roles: [IDS.botRole] });
    discord.dispatch("MESSAGE_CREATE", role);
    await request("POST", /^\/channels\//u);
    discord.dispatch("MESSAGE_CREATE", mention(SENTENCE, { channel_id: IDS.thread }));
    await request("POST", new RegExp(`^/channels/${IDS.thread}/`, "u"));
  });

  it("without words is told what is missing", async () => {
    const { discord, request } = await startTestBot(collection, options);
    discord.dispatch("MESSAGE_CREATE", mention(""));
    const { body } = await request("POST", /^\/channels\//u);
    expect(body["content"]).toContain("no words");
  });

  it.each([
    ["another channel", mention(SENTENCE, { channel_id: IDS.otherChannel })],
    [
      "a message that mentions everyone",
      memberMessage(`@everyone ${SENTENCE}`, { mention_everyone: true }),
    ],
    ["a message that mentions nobody", memberMessage(SENTENCE)],
    ["a bot", mention(SENTENCE, { author: BOT_USER })],
  ])("is not answered: %s", async (_, message) => {
    const { discord, answerTo } = await startTestBot(collection, options);
    discord.dispatch("MESSAGE_CREATE", message);
    await answerTo(ask());
    expect(discord.requests.some(({ path }) => path.startsWith("/channels/"))).toBe(false);
  });

  it("is not even told of where no channel is set", async () => {
    const { discord } = await startTestBot(collection);
    expect(discord.intents).toBe(1 | (1 << 12));
  });

  it("is limited like a question, and a fault has its number", async () => {
    const broken = await openTestCollection();
    onTestFinished(() => broken.close());
    await tamper(broken.indexDir);
    const { discord, request, log } = await startTestBot(broken, { ...options, now: () => 0 });
    for (let i = 0; i < 4; i++) discord.dispatch("MESSAGE_CREATE", mention(SENTENCE));
    await request("POST", /^\/channels\//u, 4);
    const texts = discord.requests.flatMap(({ body: { content } }) =>
      typeof content === "string" ? [content] : [],
    );
    expect(texts.filter((it) => it.includes("Tell an operator this number"))).toHaveLength(3);
    expect(texts.filter((it) => it.includes("<t:5:R>"))).toHaveLength(1);
    expect(log).toHaveLength(3);
  });
});
