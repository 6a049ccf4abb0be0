/** Pinning for moderators: their right and the bot's, once, and what happens at Discord's limits. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Collection } from "../../../src/collections/collection.ts";
import {
  BOT_USER,
  IDS,
  MEMBER_RIGHTS,
  MODERATOR_RIGHTS,
  memberMessage,
  onMessage,
  press,
  slash,
} from "../../support/discordPayloads.ts";
import type { Actor } from "../../support/discordPayloads.ts";
import {
  SENTENCE,
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

const MODERATOR: Actor = { rights: MODERATOR_RIGHTS, name: "Mod_*erator*" };
const PINNED = /^\/channels\/\d+\/messages\/pins\/\d+$/u;
const POSTED = /^\/channels\/\d+\/messages$/u;
const PIN_COMMAND = "Pin as sourced answer";

/** The cards that were posted for pins, and stand still. */
function cardsOf({ discord }: TestBot) {
  return [...discord.messages.values()].filter((it) => textOf(it).includes("Pinned by"));
}

/** A public answer, and the custom_id of its pin button. */
async function answered({ answerTo }: TestBot) {
  const message = await answerTo(slash("ask", { question: `${SENTENCE}?` }));
  return { message, pin: buttonsOf(message).get("Pin") ?? "" };
}

describe("the pin button", () => {
  it("posts a clean card and pins it, with the reason in the audit log", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    const told = await bot.answerTo(press(pin, message, MODERATOR));
    expect(isPrivate(told)).toBe(true);
    const [id = ""] = bot.discord.pins;
    expect(textOf(told)).toBe(
      `Pinned: https://discord.com/channels/${IDS.guild}/${IDS.channel}/${id}`,
    );
    const card = bot.discord.messages.get(id);
    const text = card ? textOf(card) : "";
    expect(text).toContain(`Question ${SENTENCE}?`);
    expect(text).toContain("143個無物業小區納入統一管理");
    expect(text).toContain("Pinned by Mod_*erator*");
    expect(card && buttonsOf(card).size).toBe(0);
    const { reason } = await bot.request("PUT", PINNED);
    expect(reason).toMatch(
      new RegExp(`^Pinned for Mod_\\*erator\\* \\(${IDS.member}\\) [a-z2-7]{8}$`, "u"),
    );
  });

  it("pins once, however often it is pressed, in one process or two", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    const clicks = Array.from({ length: 5 }, () => bot.answerTo(press(pin, message, MODERATOR)));
    const told = (await Promise.all(clicks)).map(textOf);
    expect(bot.discord.pins).toHaveLength(1);
    expect(told.filter((it) => it.startsWith("Pinned:"))).toHaveLength(1);
    expect(told.filter((it) => it.startsWith("This answer is pinned already:"))).toHaveLength(4);
  });

  it("posts one card where the answer to posting it is lost", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    bot.discord.failNext({ method: "POST", path: POSTED, status: 502, isLost: true });
    const told = await bot.answerTo(press(pin, message, MODERATOR));
    expect(textOf(told)).toMatch(/^Pinned:/u);
    expect(cardsOf(bot)).toHaveLength(1);
  });

  it("does not pin a second card where another process has pinned one since it looked", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    const { pins } = bot.ledger;
    const begin = pins.begin.bind(pins);
    vi.spyOn(pins, "begin").mockImplementationOnce(async (attempt) => {
      const card = memberMessage("", { author: BOT_USER });
      await begin(attempt);
      bot.discord.addPin(card);
      await pins.finish(attempt, card.id);
      return begin(attempt);
    });
    const told = await bot.answerTo(press(pin, message, MODERATOR));
    expect(textOf(told)).toMatch(/^This answer is pinned already:/u);
    expect(cardsOf(bot)).toEqual([]);
  });

  it("takes its card back where it took so long that another process began anew", async () => {
    let now = 0;
    const bot = await startTestBot(collection, { now: () => now });
    const { message, pin } = await answered(bot);
    const begin = vi.spyOn(bot.ledger.pins, "begin");
    const release = bot.discord.holdNext("PUT", PINNED);
    const told = bot.answerTo(press(pin, message, MODERATOR));
    await bot.request("PUT", PINNED);
    now = 60_001;
    const [attempt] = begin.mock.calls[0] ?? [];
    if (attempt === undefined) throw new Error("the pin was not begun");
    expect(await bot.ledger.pins.begin({ ...attempt, at: now })).toBe("begun");
    release();
    expect(textOf(await told)).toBe("This answer is being pinned just now.");
    expect(cardsOf(bot)).toEqual([]);
    expect(await bot.ledger.pins.finish({ ...attempt, at: now }, "7")).toBe(true);
  });

  it("posts a new card where the pinned one was deleted by hand", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    await bot.answerTo(press(pin, message, MODERATOR));
    bot.discord.deleteMessage(bot.discord.pins[0] ?? "");
    expect(textOf(await bot.answerTo(press(pin, message, MODERATOR)))).toMatch(/^Pinned:/u);
    expect(bot.discord.pins).toHaveLength(1);
  });

  it("can be pressed again where the card was deleted before it was pinned", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    const release = bot.discord.holdNext("PUT", PINNED);
    const told = bot.answerTo(press(pin, message, MODERATOR));
    await bot.request("PUT", PINNED);
    for (const { id } of cardsOf(bot)) bot.discord.deleteMessage(id);
    release();
    expect(textOf(await told)).toBe("That message is gone.");
    expect(textOf(await bot.answerTo(press(pin, message, MODERATOR)))).toMatch(/^Pinned:/u);
    expect(bot.log).toEqual([]);
  });

  it.each<[string, Actor, string]>([
    [
      "a member without the right",
      { rights: MEMBER_RIGHTS },
      "you need the permission Pin Messages in",
    ],
    [
      "a member who can neither see nor pin",
      { rights: 0n },
      "View Channel, Read Message History, Pin Messages",
    ],
    [
      "somebody with Manage Messages alone",
      { rights: MEMBER_RIGHTS | (1n << 13n) },
      "you need the permission Pin Messages",
    ],
    [
      "a bot without the right",
      { rights: MODERATOR_RIGHTS, botRights: MEMBER_RIGHTS },
      "I lack the permission Pin Messages",
    ],
    [
      "a bot that cannot send",
      { rights: MODERATOR_RIGHTS, botRights: MODERATOR_RIGHTS & ~(1n << 11n) },
      "I lack the permission Send Messages",
    ],
    [
      "a moderator who is timed out",
      { rights: MODERATOR_RIGHTS, timedOutUntil: "2999-01-01T00:00:00.000Z" },
      "timed out",
    ],
    [
      "a voice channel",
      { rights: MODERATOR_RIGHTS, channel: IDS.voiceChannel },
      "cannot be pinned in this kind of channel",
    ],
    ["an archived thread", { rights: MODERATOR_RIGHTS, channel: IDS.archivedThread }, "archived"],
    [
      "a channel that the bot does not know",
      { rights: MODERATOR_RIGHTS, channel: "300000000000000099" },
      "only in a server",
    ],
    ["no server", { isDirect: true }, "only in a server"],
  ])("refuses %s, and says why", async (_, actor, why) => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    const told = await bot.answerTo(press(pin, message, actor));
    expect(isPrivate(told)).toBe(true);
    expect(textOf(told)).toContain(why);
    expect(bot.discord.pins).toEqual([]);
    expect(bot.discord.requests.some(({ path }) => path.startsWith("/channels/"))).toBe(false);
  });

  it("is enough for an administrator, and works in a thread", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    const actor = { rights: 8n, channel: IDS.thread };
    expect(textOf(await bot.answerTo(press(pin, message, actor)))).toMatch(/^Pinned:/u);
    expect(
      bot.discord.requests.some(({ path }) =>
        path.startsWith(`/channels/${IDS.thread}/messages/pins/`),
      ),
    ).toBe(true);
  });

  it("says so where the passage is no more in the report", async () => {
    const bot = await startTestBot(collection);
    const told = await bot.answerTo(press("v1:pin:aaaaaaaa", memberMessage(""), MODERATOR));
    expect(textOf(told)).toContain("There is no such passage");
  });
});

describe("Discord's limit of pins", () => {
  it("leads to an offer to release the oldest of the bot's own, and then there is room", async () => {
    const bot = await startTestBot(collection);
    const first = await answered(bot);
    await bot.answerTo(press(first.pin, first.message, MODERATOR));
    const [oldest = ""] = bot.discord.pins;
    for (let i = 1; i < 250; i++) bot.discord.addPin(memberMessage(`pin ${i}`));
    const second = await bot.answerTo(slash("ask", { question: `「${SENTENCE}」` }));
    const pin = buttonsOf(second).get("Pin") ?? "";
    const offer = await bot.answerTo(press(pin, second, MODERATOR));
    expect(textOf(offer)).toContain("as many pins as Discord allows");
    expect(textOf(offer)).toContain(oldest);
    expect(bot.discord.pins).toHaveLength(250);
    const unpin = buttonsOf(offer).get("Unpin") ?? "";
    expect(textOf(await bot.answerTo(press(unpin, offer, MODERATOR)))).toBe("Unpinned.");
    expect(bot.discord.pins).not.toContain(oldest);
    expect(textOf(await bot.answerTo(press(pin, second, MODERATOR)))).toMatch(/^Pinned:/u);
  });

  it("leaves no card behind where it is reached in between", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    bot.discord.failNext({ method: "PUT", path: PINNED, status: 400, code: 30003 });
    const told = await bot.answerTo(press(pin, message, MODERATOR));
    expect(textOf(told)).toContain("as many pins as Discord allows");
    expect([...bot.discord.messages.values()].some((it) => textOf(it).includes("Pinned by"))).toBe(
      false,
    );
  });

  it("names no pin of somebody else's", async () => {
    const bot = await startTestBot(collection);
    for (let i = 0; i < 250; i++) bot.discord.addPin(memberMessage(`pin ${i}`));
    const { message, pin } = await answered(bot);
    const told = await bot.answerTo(press(pin, message, MODERATOR));
    expect(textOf(told)).toContain("as many pins as Discord allows");
    expect(buttonsOf(told).size).toBe(0);
  });
});

describe("Pin as sourced answer", () => {
  it("pins an answer of the bot's", async () => {
    const bot = await startTestBot(collection);
    const { message } = await answered(bot);
    const told = await bot.answerTo(onMessage(PIN_COMMAND, message, MODERATOR));
    expect(textOf(told)).toMatch(/^Pinned:/u);
  });

  it("finds the pinned card pinned already", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    await bot.answerTo(press(pin, message, MODERATOR));
    const card = bot.discord.messages.get(bot.discord.pins[0] ?? "");
    if (card === undefined) throw new Error("there is no card");
    const told = await bot.answerTo(onMessage(PIN_COMMAND, card, MODERATOR));
    expect(textOf(told)).toMatch(/^This answer is pinned already:/u);
  });

  it.each([
    ["somebody else's message", memberMessage("-# a place · passage abcdefgh")],
    ["a message of the bot's that quotes nothing", memberMessage("hello", { author: BOT_USER })],
  ])("refuses %s", async (_, message) => {
    const bot = await startTestBot(collection);
    const told = await bot.answerTo(onMessage(PIN_COMMAND, message, MODERATOR));
    expect(textOf(told)).toBe("I can pin only answers of mine.");
  });
});

describe("/pins", () => {
  it("lists the bot's own pinned answers with links, and releases one by its button", async () => {
    const bot = await startTestBot(collection);
    bot.discord.addPin(memberMessage("somebody else's"));
    const { message, pin } = await answered(bot);
    await bot.answerTo(press(pin, message, MODERATOR));
    const list = await bot.answerTo(slash("pins"));
    expect(isPrivate(list)).toBe(true);
    expect(textOf(list)).toContain(`/${IDS.channel}/${bot.discord.pins[0] ?? ""} ${SENTENCE}?`);
    expect(textOf(list)).not.toContain("somebody else's");
    const unpin = buttonsOf(list).get("Unpin") ?? "";
    const refused = await bot.answerTo(press(unpin, list));
    expect(textOf(refused)).toContain("you need the permission Pin Messages");
    expect(bot.discord.pins).toHaveLength(2);
    expect(textOf(await bot.answerTo(press(unpin, list, MODERATOR)))).toBe("Unpinned.");
    expect(bot.discord.pins).toHaveLength(1);
    expect(textOf(await bot.answerTo(press(unpin, list, MODERATOR)))).toBe(
      "I have pinned nothing in this channel.",
    );
  });

  it("releases one whose card is deleted while it is released", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    await bot.answerTo(press(pin, message, MODERATOR));
    const list = await bot.answerTo(slash("pins"));
    const release = bot.discord.holdNext("DELETE", PINNED);
    const told = bot.answerTo(press(buttonsOf(list).get("Unpin") ?? "", list, MODERATOR));
    await bot.request("DELETE", PINNED);
    bot.discord.deleteMessage(bot.discord.pins[0] ?? "");
    release();
    expect(textOf(await told)).toBe("Unpinned.");
  });

  it("reads all pages of pins", async () => {
    const bot = await startTestBot(collection);
    const { message, pin } = await answered(bot);
    await bot.answerTo(press(pin, message, MODERATOR));
    for (let i = 0; i < 120; i++) bot.discord.addPin(memberMessage(`pin ${i}`));
    expect(textOf(await bot.answerTo(slash("pins")))).toContain(SENTENCE);
  });

  it("never releases a pin that is not the bot's", async () => {
    const bot = await startTestBot(collection);
    const theirs = memberMessage("rules");
    bot.discord.addPin(theirs);
    const told = await bot.answerTo(press(`v1:unpin:${theirs.id}`, memberMessage(""), MODERATOR));
    expect(textOf(told)).toBe("I have pinned nothing in this channel.");
    expect(bot.discord.pins).toEqual([theirs.id]);
  });

  it("says so where there are none, and outside a server", async () => {
    const bot = await startTestBot(collection);
    expect(textOf(await bot.answerTo(slash("pins")))).toBe(
      "I have pinned nothing in this channel.",
    );
    expect(textOf(await bot.answerTo(slash("pins", {}, { isDirect: true })))).toContain(
      "only in a server",
    );
  });
});
