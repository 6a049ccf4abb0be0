/** What moderators do with answers: approve, settle gaps, look at a week. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "../../../src/collections/collection.ts";
import { foldHan } from "../../../src/text/fold.ts";
import { IDS, choose, press, slash, submit } from "../../support/discordPayloads.ts";
import type { Actor, Interaction } from "../../support/discordPayloads.ts";
import { ADMIN, MODERATOR, choicesOf, click } from "../../support/moderators.ts";
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
import { eventually } from "../../support/eventually.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

/** A question that the report does not answer. */
const OTHER = "¿Cuál es la capital de Francia?";

const ask = (question: string, actor: Actor = {}): Interaction => slash("ask", { question }, actor);

/** Another user each time: what one user asks is limited. */
let lastUser = 410_000_000_000_000_000n;
const somebody = (): Actor => ({ user: String(++lastUser) });

/** Approves the first passage of an answer; the card that says so. */
async function approveFirst({ answerTo }: TestBot, question = SENTENCE): Promise<StoredMessage> {
  const answer = await answerTo(ask(question, somebody()));
  return answerTo(click("✓ Approve", answer));
}

describe("approving an answer", () => {
  it("puts its passage first for the same question, in either script, with a mark", async () => {
    const bot = await startTestBot(collection);
    const card = await approveFirst(bot);
    expect(isPrivate(card)).toBe(true);
    expect(textOf(card)).toContain("Approved: from now on this comes first");
    const again = await bot.answerTo(ask(SENTENCE, somebody()));
    expect(textOf(again)).toContain("✓ Verified by moderators");
    expect(textOf(again)).toContain("143個無物業小區納入統一管理");
    expect(textOf(again)).not.toContain("As the answer to");
    expect([...buttonsOf(again).keys()]).toContain("Edit");
    const simplified = await bot.answerTo(ask(`${foldHan(SENTENCE)}？`, somebody()));
    expect(textOf(simplified)).toContain("✓ Verified by moderators");
    expect(textOf(simplified)).toContain(`As the answer to: ${SENTENCE}`);
    const elsewhere = await bot.answerTo(ask(SENTENCE, { ...somebody(), isDirect: true }));
    expect(textOf(elsewhere)).not.toContain("Verified");
  });

  it("is for moderators: by right, or by the role that an administrator set", async () => {
    const { answerTo, ledger } = await startTestBot(collection);
    const answer = await answerTo(ask(SENTENCE));
    const withRole = { ...somebody(), roles: [IDS.moderatorRole] };
    for (const actor of [somebody(), withRole]) {
      const told = await answerTo(click("✓ Approve", answer, actor));
      expect(isPrivate(told)).toBe(true);
      expect(textOf(told)).toContain("This is for moderators");
    }
    expect(await ledger.approvals.count(IDS.guild)).toBe(0);
    const refused = await answerTo(slash("settings", { role: IDS.moderatorRole }, MODERATOR));
    expect(textOf(refused)).toContain("you need the permission Manage Server");
    await answerTo(slash("settings", { role: IDS.moderatorRole }, ADMIN));
    expect(textOf(await answerTo(click("✓ Approve", answer, withRole)))).toContain("Approved");
    expect(textOf(await answerTo(click("✓ Approve", answer, somebody())))).toContain("moderators");
  });

  it("can be edited: another passage, a note that stands apart, and removed", async () => {
    const bot = await startTestBot(collection);
    const { answerTo, discord } = bot;
    const card = await approveFirst(bot);
    const menu = buttonsOf(card).get("") ?? "";
    const [, second = ""] = choicesOf(card);
    const moved = await answerTo(choose(menu, [second], card, MODERATOR));
    expect(moved.id).toBe(card.id);
    expect(textOf(moved)).toContain(`passage ${second}`);
    const noteId = buttonsOf(moved).get("Note") ?? "";
    discord.dispatch("INTERACTION_CREATE", press(noteId, moved, MODERATOR));
    const { body } = await bot.request("POST", /callback/u, 4);
    expect(body).toMatchObject({ type: 9, data: { custom_id: noteId, title: "Note" } });
    const hostile = "> 143 @everyone **see** [here](https://evil.example)\n> quoted";
    const noted = await answerTo(submit(noteId, { note: hostile }, moved, MODERATOR));
    expect(textOf(noted)).toContain("Moderators' note: > 143 @everyone **see** [here]");
    const shown = await answerTo(ask(SENTENCE, somebody()));
    const line = textOf(shown)
      .split("\n")
      .find((it) => it.includes("Moderators' note"));
    expect(line).toContain("> quoted");
    const edit = await answerTo(click("Edit", shown));
    const removed = await answerTo(click("Remove", edit));
    expect(textOf(removed)).toBe("Removed: it is no longer shown first.");
    expect(textOf(await answerTo(ask(SENTENCE, somebody())))).not.toContain("Verified");
    for (const label of ["Remove", "Note"]) {
      expect(textOf(await answerTo(click(label, edit)))).toContain("no such verified answer");
    }
    const audit = textOf(await answerTo(slash("audit", {}, MODERATOR)));
    for (const did of ["approved", "edited", "removed"]) expect(audit).toContain(` ${did} `);
  });

  it("works by command too, for a passage that is named", async () => {
    const { answerTo } = await startTestBot(collection);
    const found = textOf(await answerTo(ask(SENTENCE)));
    const passage = /passage ([a-z2-7]{8})/u.exec(found)?.[1] ?? "";
    const options = { question: OTHER, passage, note: "a note" };
    expect(textOf(await answerTo(slash("approve", options, somebody())))).toContain("moderators");
    const card = await answerTo(slash("approve", options, MODERATOR));
    expect(textOf(card)).toContain("Approved");
    expect(textOf(card)).toContain("Moderators' note: a note");
    const shown = await answerTo(ask(OTHER, somebody()));
    expect(textOf(shown)).toContain("✓ Verified by moderators");
    const gone = { ...options, passage: "zzzzzzzz" };
    expect(textOf(await answerTo(slash("approve", gone, MODERATOR)))).toContain("no such passage");
    const empty = { ...options, question: "?" };
    expect(textOf(await answerTo(slash("approve", empty, MODERATOR)))).toContain("no words");
  });

  it("is listed in pages, and by itself where its passage is gone", async () => {
    const { answerTo, ledger } = await startTestBot(collection);
    expect(textOf(await answerTo(slash("approved", {}, MODERATOR)))).toContain("No answer is");
    const by = { guild: IDS.guild, user: "1" };
    const [first] = collection.lookup.headings;
    const there = collection.lookup.reference(first?.passage ?? "");
    if (there === undefined) throw new Error("the report has no headings");
    for (let i = 0; i < 18; i++) {
      const vector = await collection.vectorOf(`question ${i}`);
      const passages = i === 3 ? [{ id: "zzzzzzzz", words: "gone" }] : [there];
      await ledger.approvals.approve(by, { question: `question ${i}`, vector, passages }, i);
    }
    const page = await answerTo(slash("approved", {}, MODERATOR));
    expect(textOf(page)).toContain("Verified answers: 18");
    expect(textOf(page)).toContain("question 17\n");
    expect([...buttonsOf(page).keys()]).not.toContain("Newer");
    const next = await answerTo(click("Older", page));
    expect(next.id).toBe(page.id);
    expect(textOf(next)).toContain("question 9\n");
    const last = await answerTo(click("Older", next));
    expect(textOf(last)).toContain("question 0\n");
    expect([...buttonsOf(last).keys()]).not.toContain("Older");
    const lost = textOf(await answerTo(slash("approved", { lost: true }, MODERATOR)));
    expect(lost).toContain("question 3\n");
    expect(lost).toContain("This passage is no longer in the report");
    expect(lost).not.toContain("question 4");
    expect(textOf(await answerTo(ask("question 3", somebody())))).not.toContain("Verified");
  });
});

describe("/settings", () => {
  it("shows, sets and takes back who the moderators are and where they are asked", async () => {
    const { answerTo } = await startTestBot(collection);
    const set = async (options = {}) => textOf(await answerTo(slash("settings", options, ADMIN)));
    expect(await set()).toBe("Moderators' role: not set\nModerators' channel: not set");
    await set({ role: IDS.moderatorRole });
    expect(await set({ channel: IDS.otherChannel })).toBe(
      `Moderators' role: <@&${IDS.moderatorRole}>\nModerators' channel: <#${IDS.otherChannel}>`,
    );
    expect(await set({ channel: "no id", role: "" })).toContain(IDS.otherChannel);
    expect(await set({ reset: true })).toBe(
      "Moderators' role: not set\nModerators' channel: not set",
    );
    const direct = { ...ADMIN, isDirect: true };
    expect(textOf(await answerTo(slash("settings", {}, direct)))).toContain("only in a server");
  });
});

describe("gaps", () => {
  it("collect what was not answered, with a count and the first message, until they are settled", async () => {
    const { answerTo, ledger } = await startTestBot(collection);
    expect(textOf(await answerTo(slash("gaps", {}, MODERATOR)))).toContain("No question waits");
    const first = await answerTo(ask(OTHER, somebody()));
    await answerTo(ask(`${OTHER}!`, somebody()));
    await answerTo(ask(SENTENCE, somebody()));
    await answerTo(slash("ask", { question: "¿Quién ganó?", private: true }, somebody()));
    const list = await eventually(async () => {
      const shown = await answerTo(slash("gaps", {}, MODERATOR));
      expect(textOf(shown)).toContain("asked 2 times");
      return shown;
    });
    expect(textOf(list)).toContain(OTHER);
    expect(textOf(list)).toContain(
      `https://discord.com/channels/${IDS.guild}/${IDS.channel}/${first.id}`,
    );
    expect(textOf(list)).not.toContain("ganó");
    expect(textOf(list)).toContain("wait for an answer: 1");
    expect(textOf(await answerTo(click("Dismiss", list, somebody())))).toContain("moderators");
    expect(textOf(await answerTo(click("Not in the report", list)))).toContain("not in the report");
    expect(textOf(await answerTo(click("Dismiss", list)))).toContain("settled already");
    expect(await ledger.gaps.open(IDS.guild, 9)).toEqual([]);
    expect(textOf(await answerTo(slash("audit", {}, MODERATOR)))).toContain("as not in the report");
  });

  it("count an answer that is rated bad, once", async () => {
    const { answerTo, ledger } = await startTestBot(collection);
    const answer = await answerTo(ask(SENTENCE));
    for (const label of ["👎", "👍", "👎"]) await answerTo(click(label, answer, somebody()));
    await eventually(async () => {
      expect(await ledger.gaps.open(IDS.guild, 9)).toMatchObject([
        { question: SENTENCE, reason: "down", count: 1, message: answer.id },
      ]);
    });
  });

  it("are settled by a passage that is chosen for them", async () => {
    const { answerTo } = await startTestBot(collection);
    const asked = await answerTo(ask(OTHER, somebody()));
    const list = await eventually(async () => {
      const shown = await answerTo(slash("gaps", {}, MODERATOR));
      expect(textOf(shown)).toContain(OTHER);
      return shown;
    });
    const offer = await answerTo(click("Approve a passage", list));
    const [passage = ""] = choicesOf(offer);
    const menu = buttonsOf(offer).get("") ?? "";
    expect(textOf(await answerTo(choose(menu, [passage], offer, MODERATOR)))).toContain("Approved");
    expect(textOf(await answerTo(slash("gaps", {}, MODERATOR)))).toContain("No question waits");
    expect(textOf(await answerTo(choose(menu, [passage], offer, MODERATOR)))).toContain("settled");
    const again = await answerTo(ask(OTHER, somebody()));
    expect(textOf(again)).toContain("Verified by moderators");
    expect(textOf(again)).toContain(`passage ${passage}`);
    expect(textOf(asked)).not.toContain("Verified");
  });
});

describe("Ask a human", () => {
  it("asks the moderators once, and tells whoever waits when it is settled", async () => {
    const { answerTo, discord, request } = await startTestBot(collection);
    const before = await answerTo(ask(OTHER, somebody()));
    expect([...buttonsOf(before).keys()]).not.toContain("Ask a human");
    await answerTo(slash("settings", { channel: IDS.otherChannel }, ADMIN));
    const asker = somebody();
    const answer = await answerTo(ask(OTHER, asker));
    discord.setMessage({ ...answer, interaction_metadata: metadataOf(asker) });
    expect(textOf(await answerTo(click("Ask a human", answer, asker)))).toContain(
      "have been asked",
    );
    const told = await answerTo(click("Ask a human", answer, somebody()));
    expect(textOf(told)).toContain("have been asked already");
    const posts = () =>
      discord.requests.filter(
        ({ method, path }) =>
          method === "POST" && path === `/channels/${IDS.otherChannel}/messages`,
      );
    expect(posts()).toHaveLength(1);
    const post = [...discord.messages.values()].find((it) => textOf(it).includes("asks the mod"));
    if (post === undefined) throw new Error("the moderators were not asked");
    const offer = await answerTo(click("Approve a passage", post));
    const [passage = ""] = choicesOf(offer);
    await answerTo(choose(buttonsOf(offer).get("") ?? "", [passage], offer, MODERATOR));
    const news = await request("POST", new RegExp(`^/channels/${IDS.channel}/messages$`, "u"));
    expect(news.body).toMatchObject({
      message_reference: { message_id: answer.id },
      allowed_mentions: { parse: [], users: [asker.user] },
    });
    expect(JSON.stringify(news.body)).toContain("have found the passage");
    expect(JSON.stringify(news.body)).toContain(passage);
    const edited = discord.messages.get(post.id);
    expect(edited && textOf(edited)).toContain("have found the passage (mod).");
    expect(edited && buttonsOf(edited).size).toBe(0);
    expect(posts()).toHaveLength(1);
  });

  it("says which right is missing where the moderators cannot be asked, and asks when it is there", async () => {
    const { answerTo, discord } = await startTestBot(collection);
    await answerTo(slash("settings", { channel: IDS.otherChannel }, ADMIN));
    const answer = await answerTo(ask(OTHER, somebody()));
    discord.failNext({ method: "POST", path: /channels/u, status: 403, code: 50013 });
    const told = await answerTo(click("Ask a human", answer, somebody()));
    expect(textOf(told)).toContain(`I cannot write in <#${IDS.otherChannel}>`);
    const again = await answerTo(click("Ask a human", answer, somebody()));
    expect(textOf(again)).toContain("have been asked");
    const attempts = discord.requests.filter(({ method, path }) => {
      return method === "POST" && path === `/channels/${IDS.otherChannel}/messages`;
    });
    expect(attempts).toHaveLength(2);
  });
});

function metadataOf({ user = IDS.member }: Actor): object {
  const id = "700000000000000000";
  return {
    id,
    type: 2,
    authorizing_integration_owners: {},
    user: { id: user, username: "asker", discriminator: "0", avatar: null },
  };
}

describe("/digest", () => {
  it("sums up the last seven days of the server", async () => {
    let now = 1_000_000_000;
    const bot = await startTestBot(collection, { now: () => now });
    const { answerTo, ledger } = bot;
    await answerTo(ask(OTHER, somebody()));
    // An answer is kept after it is shown, with the time that it is then.
    await eventually(async () => {
      const digest = await ledger.digest(IDS.guild, { from: 0, to: now + 1 });
      expect(digest.asked).toBe(1);
    });
    now += 8 * 86_400_000;
    const answer = await answerTo(ask(SENTENCE, somebody()));
    await answerTo(click("👎", answer, somebody()));
    await approveFirst(bot);
    await answerTo(ask(SENTENCE, somebody()));
    await answerTo(ask(OTHER, somebody()));
    expect(textOf(await answerTo(slash("digest", {}, somebody())))).toContain("for moderators");
    await eventually(async () => {
      const digest = textOf(await answerTo(slash("digest", {}, MODERATOR)));
      expect(digest).toMatch(/Asked 4: found 3, .+ Verified answers shown: 1\./u);
      expect(digest).toContain(`1 👎 https://discord.com/channels/${IDS.guild}`);
      expect(digest).toMatch(/Sections that answered most\n- [34] × /u);
      expect(digest).toContain(`Verified answers used\n- 1 × ${SENTENCE.slice(0, 40)}`);
    });
  });
});

describe("due tasks", () => {
  const MONDAY = Date.UTC(2026, 10, 23, 8);

  it("post a digest in the moderators' channel once a week, of however many processes", async () => {
    let now = MONDAY - 1;
    const { answerTo, bot, discord } = await startTestBot(collection, { now: () => now });
    await answerTo(slash("settings", { channel: IDS.otherChannel }, ADMIN));
    await answerTo(ask(SENTENCE, somebody()));
    const posts = () =>
      discord.requests.filter(({ path }) => path === `/channels/${IDS.otherChannel}/messages`);
    await bot.runDueTasks();
    expect(posts()).toHaveLength(1);
    now += 1;
    await Promise.all([bot.runDueTasks(), bot.runDueTasks()]);
    expect(posts()).toHaveLength(2);
    expect(JSON.stringify(posts()[1]?.body)).toContain("Asked 1: found 1");
    now += 6 * 86_400_000;
    await bot.runDueTasks();
    expect(posts()).toHaveLength(2);
  });

  it("forget questions on time", async () => {
    let now = MONDAY;
    const { answerTo, bot, ledger } = await startTestBot(collection, { now: () => now });
    const { id } = await answerTo(ask(SENTENCE));
    await eventually(async () => {
      expect(await ledger.answers.questionOf(id)).toBe(SENTENCE);
    });
    now += 30 * 86_400_000 + 1;
    await bot.runDueTasks();
    expect(await ledger.answers.questionOf(id)).toBeUndefined();
  });

  it("give approvals of another model new vectors", async () => {
    const { bot, ledger } = await startTestBot(collection);
    const vector = { ...(await collection.vectorOf("q")), row: new Int8Array(), space: "" };
    const [heading] = collection.lookup.headings;
    const passage = collection.lookup.reference(heading?.passage ?? "");
    const approval = { question: "q", vector, passages: passage ? [passage] : [] };
    await ledger.approvals.approve({ guild: IDS.guild, user: "1" }, approval, 1);
    await bot.runDueTasks();
    expect((await ledger.approvals.approvedIn(IDS.guild)).same("q")?.vector).toEqual(
      await collection.vectorOf("q"),
    );
  });

  it("go on where one of them fails, and say so in the log", async () => {
    const { bot, ledger, log } = await startTestBot(collection);
    await ledger.close();
    await bot.runDueTasks();
    for (const task of ["purge", "reembed", "postDigests"]) {
      expect(log.join("")).toContain(`a task failed: ${task}`);
    }
  });
});
