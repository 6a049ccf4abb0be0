/** Acknowledged before anything is awaited, and answered by one process of those that are told. */
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Collection } from "../../src/collections/collection.ts";
import { startBot } from "../../src/discord/bot.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import {
  IDS,
  MODERATOR_RIGHTS,
  memberMessage,
  mention,
  press,
  slash,
} from "../support/discordPayloads.ts";
import {
  SENTENCE,
  isPrivate,
  openTestCollection,
  startTestBot,
  textOf,
} from "../support/testBot.ts";
import type { TestBot } from "../support/testBot.ts";
import { eventually } from "../support/eventually.ts";
import { TOKEN } from "../support/fakeDiscord.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

const CALLBACK = /^\/interactions\//u;
const ORIGINAL = /@original$/u;
const MODERATOR = { rights: MODERATOR_RIGHTS };

/** Another user each time: what one user asks is limited. */
let lastUser = 410_000_000_000_000_000n;
const ask = () => slash("ask", { question: SENTENCE }, { user: String(++lastUser) });

/** Another process of the same shard, with the same ledger. */
async function startAnother({ discord, dataDir }: TestBot): Promise<void> {
  const ledger = await openLedger({ dataDir, retentionDays: 30 });
  const bot = await startBot({
    token: TOKEN,
    apiUrl: discord.apiUrl,
    collection,
    ledger,
    mentionChannels: [],
    log: pino({ level: "silent" }),
  });
  onTestFinished(async () => {
    await bot.close(1_000);
    await ledger.close();
  });
}

describe("a ledger that is slow", () => {
  it.each([
    ["a question", ask()],
    ["a vote", press("v1:vote:up", memberMessage(""))],
    ["a moderator by role", slash("gaps", {}, { roles: [IDS.moderatorRole] })],
    ["a page in its place", press("v1:approved:0", memberMessage(""), MODERATOR)],
  ])("delays no acknowledgement: %s", async (_, interaction) => {
    const { discord, ledger, answerTo, request } = await startTestBot(collection);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const nothing = { moderatorRole: undefined, moderatorChannel: undefined };
    vi.spyOn(ledger.claims, "take").mockReturnValue(released.then(() => true));
    vi.spyOn(ledger.settings, "of").mockReturnValue(released.then(() => nothing));
    const answered = answerTo(interaction);
    await request("POST", CALLBACK);
    expect(discord.requests.some(({ path }) => ORIGINAL.test(path))).toBe(false);
    release();
    await answered;
  });
});

describe("an interaction that two processes are told of", () => {
  it("is answered by one of them, whichever acknowledged it", async () => {
    const bot = await startTestBot(collection);
    await startAnother(bot);
    const { discord } = bot;
    const asked = Array.from({ length: 12 }, ask);
    for (const it of asked) discord.dispatchToAll("INTERACTION_CREATE", it);
    await eventually(() => {
      for (const { token } of asked) {
        const sent = discord.requests.filter(({ path }) => path.includes(token));
        expect(sent.filter(({ path }) => CALLBACK.test(path))).toHaveLength(2);
        expect(sent.filter(({ path }) => ORIGINAL.test(path))).toHaveLength(1);
        const answer = discord.answerTo(token);
        expect(answer && textOf(answer)).toContain("Found");
      }
    });
    await eventually(async () => {
      const kept = await bot.ledger.digest(IDS.guild, { from: 0, to: Date.now() + 1 });
      expect(kept.asked).toBe(asked.length);
    });
  });

  it("is told what went wrong, whichever acknowledged it", async () => {
    const bot = await startTestBot(collection);
    await startAnother(bot);
    const { discord } = bot;
    const asked = Array.from({ length: 12 }, () =>
      press("v1:pin:aaaaaaaa", memberMessage(""), { rights: 0n, user: String(++lastUser) }),
    );
    for (const it of asked) discord.dispatchToAll("INTERACTION_CREATE", it);
    await eventually(() => {
      for (const { token } of asked) {
        const answer = discord.answerTo(token);
        expect(answer && textOf(answer)).toContain("you need the permission");
      }
    });
  });
});

describe("what goes wrong in a card's place", () => {
  it("is said in a card, since Discord takes no plain text there", async () => {
    const { answerTo, discord, ledger, log } = await startTestBot(collection);
    const list = await listOfApprovals({ answerTo, ledger });
    discord.setMessage(list);
    const turn = (actor = {}) => answerTo(press("v1:approved:8", list, actor));
    const refused = await turn();
    expect(refused.id).toBe(list.id);
    expect(textOf(refused)).toContain("This is for moderators");
    discord.setMessage(list);
    vi.spyOn(ledger.approvals, "count").mockRejectedValue(new Error("the disk is gone"));
    const failed = await turn(MODERATOR);
    expect(failed.id).toBe(list.id);
    expect(isPrivate(failed)).toBe(true);
    expect(textOf(failed)).toContain("Tell an operator this number");
    expect(log.join("")).toContain("the disk is gone");
  });
});

describe("what was shown is kept as it was shown", () => {
  const elsewhere = "¿Cuál es la capital de Francia?";

  it("to the asker alone, where they may not send: no moderator's business", async () => {
    const { ledger, answerTo } = await startTestBot(collection);
    const mayNotSend = { user: String(++lastUser), rights: 1n << 10n };
    const hidden = await answerTo(slash("ask", { question: elsewhere }, mayNotSend));
    expect(isPrivate(hidden)).toBe(true);
    const shown = await answerTo(
      slash("ask", { question: `${elsewhere} 2` }, { user: String(++lastUser) }),
    );
    expect(isPrivate(shown)).toBe(false);
    await eventually(async () => {
      const gaps = await ledger.gaps.open(IDS.guild, 10);
      expect(gaps.map(({ question }) => question)).toEqual([`${elsewhere} 2`]);
    });
  });

  it("to all, once, where the answer to sending it was lost", async () => {
    const options = { mentionChannels: [IDS.channel] };
    const { discord, ledger, request } = await startTestBot(collection, options);
    const path = /^\/channels\/\d+\/messages$/u;
    discord.failNext({ method: "POST", path, status: 0, isLost: true });
    discord.dispatch("MESSAGE_CREATE", mention(SENTENCE));
    await request("POST", path, 2);
    expect(discord.messages.size).toBe(1);
    await eventually(async () => {
      const kept = await ledger.digest(IDS.guild, { from: 0, to: Date.now() + 1 });
      expect(kept.asked).toBe(1);
    });
  });
});

/** A list of one approval, as a moderator sees it. */
async function listOfApprovals({ answerTo, ledger }: Pick<TestBot, "answerTo" | "ledger">) {
  const [heading] = collection.lookup.headings;
  const passage = collection.lookup.reference(heading?.passage ?? "");
  if (passage === undefined) throw new Error("the report has no headings");
  const approval = {
    question: SENTENCE,
    vector: await collection.vectorOf(SENTENCE),
    passages: [passage],
  };
  await ledger.approvals.approve({ guild: IDS.guild, user: "1" }, approval, 1);
  return answerTo(slash("approved", {}, MODERATOR));
}
