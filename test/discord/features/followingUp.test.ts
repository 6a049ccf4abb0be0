/** Questions behind an answer: by its button, by a reply, and in a direct conversation. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "../../../src/collections/collection.ts";
import {
  BOT_USER,
  IDS,
  memberMessage,
  mention,
  press,
  slash,
  submit,
} from "../../support/discordPayloads.ts";
import type { MessagePayload } from "../../support/discordPayloads.ts";
import { eventually } from "../../support/eventually.ts";
import type { StoredMessage } from "../../support/fakeDiscordRest.ts";
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

/** Few words, which alone say nothing. */
const WORDS = "那去年呢";
const OTHER = { user: "400000000000000002" };

/** Sends the form that a card's button opens. */
function followUp(
  { answerTo }: Pick<TestBot, "answerTo">,
  card: StoredMessage,
  question: string,
): Promise<StoredMessage> {
  const form = buttonsOf(card).get("Follow up") ?? "";
  return answerTo(submit(form, { question }, card, OTHER));
}

describe("Follow up", () => {
  it("opens a form at once whose label is the question, for whoever presses it, also after a restart", async () => {
    const first = await startTestBot(collection);
    const card = await first.answerTo(slash("ask", { question: SENTENCE }));
    await first.bot.close(1_000);
    const second = await startTestBot(collection);
    const form = buttonsOf(card).get("Follow up") ?? "";
    second.discord.dispatch("INTERACTION_CREATE", press(form, card, OTHER));
    const { body } = await second.request("POST", /callback/u);
    expect(body).toMatchObject({ type: 9, data: { custom_id: form, title: "Follow up" } });
    const label = `"label":"${SENTENCE.slice(0, 44)}…"`;
    expect(JSON.stringify(body)).toContain(label);
    const answer = await followUp(second, card, WORDS);
    expect(isPrivate(answer)).toBe(false);
    expect(textOf(answer)).toContain(`Question ${WORDS}\nAfter ${SENTENCE}\n`);
  });

  it("is answered once, acknowledged first, and kept with the question before", async () => {
    const bot = await startTestBot(collection);
    const card = await bot.answerTo(slash("ask", { question: SENTENCE }));
    const sent = submit(buttonsOf(card).get("Follow up") ?? "", { question: WORDS }, card, OTHER);
    bot.discord.dispatch("INTERACTION_CREATE", sent);
    const answer = await bot.answerTo(sent);
    const requests = bot.discord.requests.filter(({ path }) => path.includes(sent.token));
    expect(requests.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
    expect(requests[0]?.body["type"]).toBe(5);
    await eventually(async () => {
      const kept = await bot.ledger.answers.questionOf(answer.id);
      expect(kept).toBe(`${SENTENCE.slice(0, 120)} ${WORDS}`);
    });
  });

  it("is private behind a private answer", async () => {
    const bot = await startTestBot(collection);
    const card = await bot.answerTo(slash("ask", { question: SENTENCE, private: true }));
    expect(isPrivate(await followUp(bot, card, WORDS))).toBe(true);
  });

  it("is there below an answer that was not found, and below its own answer", async () => {
    const bot = await startTestBot(collection);
    const none = await bot.answerTo(slash("ask", { question: "How do I bake sourdough bread?" }));
    const behind = await followUp(bot, none, WORDS);
    const again = await followUp(bot, behind, "為什麼");
    // One question before, never more.
    expect(textOf(again)).toContain(`After ${WORDS}\n`);
    expect(textOf(again)).not.toContain("sourdough");
  });

  it("stands by itself where it is a question of its own", async () => {
    const bot = await startTestBot(collection);
    const card = await bot.answerTo(slash("ask", { question: SENTENCE }));
    const answer = await followUp(bot, card, "How do I bake sourdough bread at home?");
    expect(textOf(answer)).not.toContain("After");
    expect(buttonsOf(answer).has("Ask alone")).toBe(false);
  });

  it("can be asked alone after all", async () => {
    const bot = await startTestBot(collection);
    const card = await bot.answerTo(slash("ask", { question: SENTENCE }));
    const answer = await followUp(bot, card, WORDS);
    const alone = await bot.answerTo(press(buttonsOf(answer).get("Ask alone") ?? "", answer));
    expect(isPrivate(alone)).toBe(false);
    expect(textOf(alone)).toContain(`Question ${WORDS}\n`);
    expect(textOf(alone)).not.toContain("After");
  });

  it("of no word is refused in private, of 2,000 characters answered", async () => {
    const bot = await startTestBot(collection);
    const card = await bot.answerTo(slash("ask", { question: SENTENCE }));
    const refused = await followUp(bot, card, "😂");
    expect(isPrivate(refused)).toBe(true);
    expect(textOf(refused)).toContain("no words");
    expect(textOf(await followUp(bot, card, "字".repeat(2_000)))).toContain("Question 字字");
    expect(bot.log).toEqual([]);
  });

  it("behind an answer that is gone is told so, and so is a button of a card that shows no question", async () => {
    const bot = await startTestBot(collection);
    const gone = await bot.answerTo(submit("v1:followUp", { question: WORDS }));
    expect(isPrivate(gone)).toBe(true);
    expect(textOf(gone)).toBe("That message is gone.");
    const stale = await bot.answerTo(press("v1:followUp", memberMessage("")));
    expect(textOf(stale)).toContain("another version");
    expect(textOf(await bot.answerTo(press("v1:alone", memberMessage(""))))).toContain("no words");
    expect(bot.log).toEqual([]);
  });
});

/** The answer to a message that is sent now. */
async function answerToMessage(
  { discord }: Pick<TestBot, "discord">,
  message: MessagePayload,
): Promise<StoredMessage> {
  discord.dispatch("MESSAGE_CREATE", message);
  return eventually(() => {
    const found = discord.nonces.get(message.id);
    if (found) return found;
    throw new Error("no answer");
  });
}

/** Waits until all that follows an answer is done. */
async function untilKept(
  { ledger }: Pick<TestBot, "ledger">,
  { id }: StoredMessage,
): Promise<void> {
  await eventually(async () => {
    expect(await ledger.answers.questionOf(id)).toBeDefined();
  });
}

/** A reply to a message of the bot's, which pings it. */
function reply(content: string, to: string, more: object = {}): MessagePayload {
  return memberMessage(content, {
    type: 19,
    mentions: [BOT_USER],
    message_reference: { message_id: to, channel_id: IDS.channel, guild_id: IDS.guild },
    referenced_message: { ...memberMessage(""), id: to, author: BOT_USER },
    ...more,
  });
}

describe("a reply", () => {
  const options = { mentionChannels: [IDS.channel] };
  const POST = /^\/channels\//u;

  async function answered() {
    const bot = await startTestBot(collection, options);
    bot.discord.dispatch("MESSAGE_CREATE", mention(SENTENCE));
    await bot.request("POST", POST);
    const [card] = bot.discord.messages.values();
    if (card === undefined) throw new Error("no answer");
    return { ...bot, card };
  }

  it("that pings the bot is asked behind the answer that it replies to", async () => {
    const bot = await answered();
    expect(textOf(await answerToMessage(bot, reply(WORDS, bot.card.id)))).toContain(
      `After ${SENTENCE}`,
    );
    const named = reply(`<@${IDS.bot}> ${WORDS}`, bot.card.id);
    expect(textOf(await answerToMessage(bot, named))).toContain(`Question ${WORDS}\nAfter `);
  });

  it("to an answer that is gone, or to no answer, is a question only where it names the bot", async () => {
    const bot = await answered();
    const plain = await answerToMessage(bot, mention(""));
    expect(textOf(plain)).toContain("no words");
    const notice = [...bot.discord.messages.keys()].at(-1) ?? "";
    bot.discord.deleteMessage(bot.card.id);
    bot.discord.dispatch("MESSAGE_CREATE", reply(WORDS, bot.card.id));
    bot.discord.dispatch("MESSAGE_CREATE", reply(WORDS, notice));
    const answer = await answerToMessage(bot, reply(`<@${IDS.bot}> ${SENTENCE}`, bot.card.id));
    const named = textOf(answer);
    await bot.bot.close(5_000);
    expect(named).toContain("Found");
    expect(named).not.toContain("After");
    expect(
      bot.discord.requests.filter(({ method, path }) => method === "POST" && POST.test(path)),
    ).toHaveLength(3);
    expect(bot.log).toEqual([]);
  });

  it("in a channel that is not set is not looked at", async () => {
    const bot = await startTestBot(collection);
    const card = await bot.answerTo(slash("ask", { question: SENTENCE }));
    bot.discord.dispatch("MESSAGE_CREATE", reply(WORDS, card.id));
    await bot.answerTo(slash("about"));
    await bot.bot.close(5_000);
    expect(bot.discord.requests.some(({ path }) => POST.test(path))).toBe(false);
  });
});

describe("a direct conversation", () => {
  const channel = "320000000000000001";
  const actor = { isDirect: true, channel, locale: "zh-TW" };
  const say = (content: string): MessagePayload =>
    memberMessage(content, { guild_id: undefined, channel_id: channel });

  it("goes on for ten minutes after an answer, in the asker's language", async () => {
    let now = 1_000_000;
    const bot = await startTestBot(collection, { now: () => now });
    const asked = await bot.answerTo(slash("ask", { question: SENTENCE }, actor));
    await untilKept(bot, asked);
    now += 9 * 60_000;
    const answer = await answerToMessage(bot, say(WORDS));
    expect(textOf(answer)).toContain(`問題 ${WORDS}\n承接上問 ${SENTENCE}`);
    // Behind that one, and ten minutes from it.
    await untilKept(bot, answer);
    now += 9 * 60_000;
    const next = await answerToMessage(bot, say("為什麼"));
    expect(textOf(next)).toContain(`承接上問 ${WORDS}`);
    await untilKept(bot, next);
    now += 11 * 60_000;
    const late = say(WORDS);
    bot.discord.dispatch("MESSAGE_CREATE", late);
    await bot.answerTo(slash("about"));
    await bot.bot.runDueTasks();
    await bot.bot.close(5_000);
    expect(bot.discord.nonces.has(late.id)).toBe(false);
    expect(bot.log).toEqual([]);
  });

  it("that nobody has asked anything in is left alone, and so is a bot", async () => {
    const bot = await startTestBot(collection);
    bot.discord.dispatch("MESSAGE_CREATE", say(SENTENCE));
    await untilKept(bot, await bot.answerTo(slash("ask", { question: SENTENCE }, actor)));
    bot.discord.dispatch("MESSAGE_CREATE", { ...say(WORDS), author: BOT_USER });
    await bot.answerTo(slash("about"));
    await bot.bot.close(5_000);
    expect(bot.discord.requests.some(({ path }) => path.startsWith("/channels/"))).toBe(false);
  });

  it("of a message without words is told what is missing", async () => {
    const bot = await startTestBot(collection);
    const english = { ...actor, locale: "en-US" };
    await untilKept(bot, await bot.answerTo(slash("ask", { question: SENTENCE }, english)));
    expect(textOf(await answerToMessage(bot, say("😂")))).toContain("no words");
  });
});
