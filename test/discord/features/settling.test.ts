/** What becomes of questions and digests where something fails, is taken back, or comes from another ledger. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "../../../src/collections/collection.ts";
import type { Entry } from "../../../src/ledger/portable/ledgerFile.ts";
import { GUILD, IDS, choose, press, slash } from "../../support/discordPayloads.ts";
import type { Actor, Interaction } from "../../support/discordPayloads.ts";
import { eventually } from "../../support/eventually.ts";
import { ADMIN, MODERATOR, choicesOf, click } from "../../support/moderators.ts";
import type { StoredMessage } from "../../support/fakeDiscordRest.ts";
import { buttonsOf, openTestCollection, startTestBot, textOf } from "../../support/testBot.ts";
import type { TestBot } from "../../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

const QUESTION = "¿Cuál es la capital de Francia?";

let lastUser = 420_000_000_000_000_000n;
const somebody = (): Actor => ({ user: String(++lastUser) });
const ask = (question: string): Interaction => slash("ask", { question }, somebody());

/** Chooses the first passage that a card offers. */
function chooseFirst(offer: StoredMessage): Interaction {
  const [value = ""] = choicesOf(offer);
  return choose(buttonsOf(offer).get("") ?? "", [value], offer, MODERATOR);
}

/** What was posted in the moderators' channel. */
function postsIn(
  { discord }: TestBot,
  channel: string = IDS.otherChannel,
): Record<string, unknown>[] {
  const path = `/channels/${channel}/messages`;
  return discord.requests
    .filter((it) => it.method === "POST" && it.path === path)
    .map(({ body }) => body);
}

/** A bot that knows where its moderators are. */
async function moderated(options: { readonly now?: () => number } = {}): Promise<TestBot> {
  const bot = await startTestBot(collection, options);
  await bot.answerTo(slash("settings", { channel: IDS.otherChannel }, ADMIN));
  return bot;
}

describe("Ask a human, where what was approved was removed", () => {
  it.each(["with the first answer", "with a new one"])("asks moderators anew, %s", async (how) => {
    const bot = await moderated();
    const { answerTo, discord } = bot;
    const first = await answerTo(ask(QUESTION));
    await answerTo(click("Ask a human", first, somebody()));
    const post = [...discord.messages.values()].find((it) => textOf(it).includes("asks the mod"));
    if (post === undefined) throw new Error("the moderators were not asked");
    const card = await answerTo(chooseFirst(await answerTo(click("Approve a passage", post))));
    // What was approved is shown before its gap is settled.
    await eventually(async () => {
      expect(await bot.ledger.gaps.open(IDS.guild, 9)).toEqual([]);
    });
    const told = await answerTo(click("Ask a human", first, somebody()));
    expect(textOf(told)).toContain("have found the passage");
    expect(postsIn(bot)).toHaveLength(1);
    await answerTo(click("Remove", card));
    const shown = how === "with a new one" ? await answerTo(ask(QUESTION)) : first;
    const again = await answerTo(click("Ask a human", shown, somebody()));
    expect(textOf(again)).toContain("The moderators have been asked");
    expect(postsIn(bot)).toHaveLength(2);
    await answerTo(click("Ask a human", shown, somebody()));
    expect(postsIn(bot)).toHaveLength(2);
    expect(textOf(await answerTo(slash("gaps", {}, MODERATOR)))).toContain(QUESTION);
  });
});

it("what is posted and whose answer is lost is posted once: a question, what became of it, a digest", async () => {
  let now = Date.UTC(2026, 10, 23, 8);
  const bot = await moderated({ now: () => now });
  const { answerTo, discord } = bot;
  const lose = (channel: string): void => {
    const path = new RegExp(`^/channels/${channel}/messages$`, "u");
    discord.failNext({ method: "POST", path, status: 0, isLost: true });
  };
  const shown = () =>
    [...discord.messages.values()]
      .map(textOf)
      .filter((it) => /asks the mod|have found|seven/u.test(it));
  const first = await answerTo(ask(QUESTION));
  lose(IDS.otherChannel);
  const asked = await answerTo(click("Ask a human", first, somebody()));
  expect(textOf(asked)).toContain("have been asked");
  expect(shown()).toHaveLength(1);
  const post = [...discord.messages.values()].find((it) => textOf(it).includes("asks the mod"));
  if (post === undefined) throw new Error("the moderators were not asked");
  lose(IDS.channel);
  await answerTo(chooseFirst(await answerTo(click("Approve a passage", post))));
  await eventually(() => {
    expect(shown().filter((it) => it.includes("have found"))).toHaveLength(2);
  });
  now += 7 * 24 * 3_600_000;
  lose(IDS.otherChannel);
  await bot.bot.runDueTasks();
  expect(shown().filter((it) => it.includes("seven"))).toHaveLength(1);
  expect(shown()).toHaveLength(3);
});

function gapEntry(question: string, message: string): Entry {
  const place = { guild: IDS.guild, channel: IDS.channel, message };
  const asked = { question, language: "es", reason: "none", state: "open" } as const;
  return { type: "gap", ...place, ...asked, count: 1, firstAt: 1, lastAt: 1 };
}

describe("a gap", () => {
  it("that has no vector yet is settled by an approval as any other", async () => {
    const bot = await moderated();
    const { answerTo, ledger, log } = bot;
    await ledger.importEntries([gapEntry(QUESTION, "700000000000000001")]);
    const waiting = await answerTo(slash("ask", { question: "¿?1", private: true }, somebody()));
    const list = await answerTo(slash("gaps", {}, MODERATOR));
    expect(textOf(list)).toContain(QUESTION);
    const [gap] = await ledger.gaps.open(IDS.guild, 9);
    await ledger.gaps.wait(gap?.id ?? "", { channel: IDS.channel, message: waiting.id });
    const offer = await answerTo(click("Approve a passage", list));
    expect(textOf(await answerTo(chooseFirst(offer)))).toContain("Approved");
    await eventually(() => {
      expect(JSON.stringify(postsIn(bot, IDS.channel))).toContain("have found the passage");
    });
    expect(log.filter((it) => it.includes("fault") || it.includes("RangeError"))).toEqual([]);
  });

  it("that is listed with others is settled by an approval only if that is served for it too", async () => {
    const { answerTo, ledger } = await moderated();
    const { key, row, space } = await collection.vectorOf(QUESTION);
    // The first is near to both of the others, which are far from each other.
    const vectors = [
      { key: "between", row: turned(row, 35), language: "en", space },
      { key, row, language: "es", space },
      { key: "far", row: turned(row, 70), language: "de", space },
    ];
    for (const [i, vector] of vectors.entries()) {
      const question = i === 1 ? QUESTION : vector.key;
      const place = { guild: IDS.guild, channel: IDS.channel, message: `70000000000000000${i}` };
      const shown = { ...place, question, language: "en", passages: [], state: "none" } as const;
      await ledger.answers.record({ ...shown, asker: String(i) }, 10 - i);
      await ledger.gaps.recordOccurrence({ ...shown, vector, reason: "none" }, 10 - i);
    }
    const list = await answerTo(slash("gaps", {}, MODERATOR));
    expect(textOf(list)).toContain("wait for an answer: 1");
    const own = await ledger.gaps.ofKey(IDS.guild, key);
    const offer = await answerTo(press(`v1:gap:approve:${own?.id ?? ""}`, list, MODERATOR));
    expect(textOf(await answerTo(chooseFirst(offer)))).toContain("Approved");
    await eventually(async () => {
      const left = await ledger.gaps.open(IDS.guild, 9);
      expect(left.map(({ question }) => question)).toEqual(["far"]);
    });
  });
});

/** A row at so many degrees to another one. */
function turned(row: Int8Array, degrees: number): Int8Array {
  const norm = Math.hypot(...row);
  // Each two values change places, one of them with its sign: that is a row at a right angle.
  const across = Array.from(row, (_, i) => (i % 2 === 0 ? -(row[i + 1] ?? 0) : (row[i - 1] ?? 0)));
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const values = Array.from(row, (value, i) => (cos * value + sin * (across[i] ?? 0)) / norm);
  const largest = Math.max(...values.map(Math.abs));
  return Int8Array.from(values, (value) => Math.round((value / largest) * 127));
}

describe("due tasks", () => {
  const HOUR_MS = 3_600_000;
  const WEEK_MS = 7 * 24 * HOUR_MS;

  it("post a digest that could not be posted the next time, once, and those of other servers", async () => {
    let now = Date.UTC(2026, 10, 23, 8);
    const bot = await moderated({ now: () => now });
    const { discord, ledger, log } = bot;
    const other = { ...GUILD, id: "200000000000000000", channels: [], threads: [] };
    discord.dispatch("GUILD_CREATE", other);
    await ledger.settings.set(
      { guild: other.id, user: "1" },
      { moderatorChannel: "300000000000000098" },
      1,
    );
    // What came over the gateway before an answered question is known.
    await bot.answerTo(slash("help", {}, somebody()));
    await bot.bot.runDueTasks();
    expect(log.join("")).toContain("a digest could not be posted");
    expect(postsIn(bot)).toHaveLength(1);
    now += WEEK_MS;
    discord.failNext({ method: "POST", path: /channels/u, status: 403, code: 50013 });
    for (let run = 0; run < 2; run++) await bot.bot.runDueTasks();
    expect(postsIn(bot)).toHaveLength(2);
    now += HOUR_MS;
    for (let run = 0; run < 2; run++) await bot.bot.runDueTasks();
    now += HOUR_MS;
    await bot.bot.runDueTasks();
    expect(postsIn(bot)).toHaveLength(3);
  });

  it("forget what was claimed when it can no longer be asked for twice", async () => {
    let now = Date.UTC(2026, 10, 23, 8);
    const { bot, ledger } = await startTestBot(collection, { now: () => now });
    expect(await ledger.claims.take("x", now)).toBe(true);
    now += 2 * WEEK_MS;
    await bot.runDueTasks();
    expect(await ledger.claims.take("x", now)).toBe(false);
    now += HOUR_MS;
    await bot.runDueTasks();
    expect(await ledger.claims.take("x", now)).toBe(true);
  });
});
