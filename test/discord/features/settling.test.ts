/** What becomes of questions and digests where something fails, is taken back, or comes from another ledger. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "../../../src/collections/collection.ts";
import type { Entry } from "../../../src/ledger/portable/ledgerFile.ts";
import {
  GUILD,
  IDS,
  MODERATOR_RIGHTS,
  choose,
  press,
  slash,
} from "../../support/discordPayloads.ts";
import type { Actor, Interaction } from "../../support/discordPayloads.ts";
import { flatten } from "../../support/discordLimits.ts";
import { eventually } from "../../support/eventually.ts";
import type { StoredMessage } from "../../support/fakeDiscordRest.ts";
import { buttonsOf, openTestCollection, startTestBot, textOf } from "../../support/testBot.ts";
import type { TestBot } from "../../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

const MODERATOR: Actor = { rights: MODERATOR_RIGHTS, user: "400000000000000009", name: "mod" };
const ADMIN: Actor = { rights: MODERATOR_RIGHTS | (1n << 5n), user: "400000000000000008" };
const QUESTION = "¿Cuál es la capital de Francia?";

let lastUser = 420_000_000_000_000_000n;
const somebody = (): Actor => ({ user: String(++lastUser) });
const ask = (question: string): Interaction => slash("ask", { question }, somebody());

function click(label: string, message: StoredMessage, actor: Actor = MODERATOR): Interaction {
  return press(buttonsOf(message).get(label) ?? "", message, actor);
}

/** Chooses the first passage that a card offers. */
function chooseFirst(offer: StoredMessage): Interaction {
  const { components } = offer;
  const menus = flatten(components) as { options?: { value: string }[] }[];
  const [value = ""] = menus.flatMap(({ options = [] }) => options.map((it) => it.value));
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
