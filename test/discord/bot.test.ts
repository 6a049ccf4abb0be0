/** The bot as its users meet it: a real client, the real report, a Discord on 127.0.0.1. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/ledger/database.ts";
import type { Collection } from "../../src/collections/collection.ts";
import {
  IDS,
  MODERATOR_RIGHTS,
  choose,
  memberMessage,
  onMessage,
  press,
  slash,
  submit,
  typing,
} from "../support/discordPayloads.ts";
import {
  SENTENCE,
  buttonsOf,
  isPrivate,
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

describe("/ask", () => {
  it("acknowledges first and answers with the quotation and its place", async () => {
    const { discord, answerTo } = await startTestBot(collection);
    const message = await answerTo(slash("ask", { question: SENTENCE }));
    const [first, second] = discord.requests.filter(({ path }) => !path.startsWith("/gateway"));
    expect(first?.path).toMatch(/^\/interactions\/\d+\/[^/]+\/callback/u);
    expect(first?.body["type"]).toBe(5);
    expect(second?.path).toMatch(/@original$/u);
    expect(isPrivate(message)).toBe(false);
    const text = textOf(message);
    expect(text).toContain("Found");
    expect(text).toContain(
      "推動解決辦證難問題3.5萬個，改造老舊小區41個，143個無物業小區納入統一管理",
    );
    expect(text).toMatch(
      /砥礪初心使命 凝聚奮進力量 › .+ · paragraph 13, sentence 2 · passage [a-z2-7]{8} · strong match/u,
    );
    expect(Array.from(buttonsOf(message).keys())).toEqual([
      "Follow up",
      "Context",
      "More",
      "Word by word",
      "Copy citation",
      "👍",
      "👎",
      "Pin",
      "✓ Approve",
    ]);
  });

  it("shows a private answer to its asker alone, in their language", async () => {
    const { answerTo } = await startTestBot(collection);
    const asked = slash("ask", { question: SENTENCE, private: true }, { locale: "zh-TW" });
    const message = await answerTo(asked);
    expect(isPrivate(message)).toBe(true);
    expect(textOf(message)).toContain("找到了");
    expect(Array.from(buttonsOf(message).keys())).toContain("分享到這裡");
  });

  it("speaks the server's language where all can see it", async () => {
    const { answerTo } = await startTestBot(collection);
    const actor = { locale: "en-US", guildLocale: "zh-CN" };
    expect(textOf(await answerTo(slash("ask", { question: SENTENCE }, actor)))).toContain("找到了");
  });

  it("is answered once, however often Discord tells of it", async () => {
    const { discord, answerTo, request } = await startTestBot(collection);
    const asked = slash("ask", { question: SENTENCE });
    discord.dispatch("INTERACTION_CREATE", asked);
    await answerTo(asked);
    // What comes after is answered after.
    await answerTo(slash("about"));
    await request("PATCH", /@original/u);
    const callbacks = discord.requests.filter(({ path }) => path.includes(asked.token));
    expect(callbacks.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
  });

  it("is answered outside a server too", async () => {
    const { answerTo } = await startTestBot(collection);
    const asked = slash("ask", { question: SENTENCE }, { isDirect: true, locale: "zh-CN" });
    expect(textOf(await answerTo(asked))).toContain("找到了");
  });

  it.each([
    ["nothing", " "],
    ["no word", "?!…"],
    ["too much", "字".repeat(3_000)],
  ])("says in one sentence that %s cannot be looked for", async (_, question) => {
    const { answerTo, log } = await startTestBot(collection);
    const message = await answerTo(slash("ask", { question }));
    expect(isPrivate(message)).toBe(true);
    expect(textOf(message)).toBe("This message holds no words that I could look for.");
    expect(log).toEqual([]);
  });

  it("limits how often one user asks, and says when they may again", async () => {
    const { answerTo } = await startTestBot(collection, { now: () => 1_000_000 });
    const ask = () => answerTo(slash("ask", { question: SENTENCE }));
    const states = [await ask(), await ask(), await ask(), await ask()].map(textOf);
    expect(states.slice(0, 3).every((it) => it.includes("Found"))).toBe(true);
    expect(states[3]).toBe("One question at a time, please. You can ask again <t:1005:R>.");
    const other = await answerTo(
      slash("ask", { question: SENTENCE }, { user: "400000000000000002" }),
    );
    expect(textOf(other)).toContain("Found");
  });
});

describe("buttons", () => {
  it("show the paragraph around a passage, and the ones before and after", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const context = await answerTo(press(buttonsOf(answer).get("Context") ?? "", answer));
    expect(isPrivate(context)).toBe(true);
    expect(textOf(context)).toContain("paragraph 13, sentences 1–2");
    expect(textOf(context)).toContain("143個無物業小區納入統一管理");
    const next = await answerTo(press(buttonsOf(context).get("After") ?? "", context));
    expect(next.id).toBe(context.id);
    expect(textOf(next)).toContain("paragraph 14");
    const before = await answerTo(press(buttonsOf(next).get("Before") ?? "", next));
    expect(textOf(before)).toContain("143個無物業小區納入統一管理");
  });

  it("show the next excerpts, each once", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const more = await answerTo(press(buttonsOf(answer).get("More") ?? "", answer));
    const ids = `${textOf(answer)}\n${textOf(more)}`.match(/passage [a-z2-7]{8}/gu) ?? [];
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(10);
  });

  it("show a Chinese passage word by word, to whoever asks alone", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const id = buttonsOf(answer).get("Word by word") ?? "";
    const words = await answerTo(press(id, answer));
    expect(isPrivate(words)).toBe(true);
    expect(textOf(words)).toContain("Dictionary senses, not a translation");
    expect(textOf(words)).toMatch(/\n無 wú — .+\n物業 wùyè — property/u);
    expect(textOf(words)).toContain("CC-CEDICT");
    const rest = await answerTo(press(id.replace(/0$/u, "5"), words));
    expect(textOf(rest)).toMatch(/^Word by word 6–\d+ \/ \d+\n/u);
  });

  it("show a private answer to all, with a button to pin it", async () => {
    const { discord, answerTo, request } = await startTestBot(collection);
    const answer = await answerTo(slash("ask", { question: SENTENCE, private: true }));
    const told = await answerTo(press(buttonsOf(answer).get("Share here") ?? "", answer));
    await request("POST", /^\/webhooks\//u);
    expect(textOf(told)).toBe("Shared.");
    const shared = [...discord.messages.values()].find((it) =>
      textOf(it).includes("Shared by member"),
    );
    expect(shared && isPrivate(shared)).toBe(false);
    expect(shared && textOf(shared)).toContain(`Question ${SENTENCE}`);
    expect(shared && textOf(shared)).toContain("143個無物業小區納入統一管理");
  });

  it("work after a restart, since all they need stands in them", async () => {
    const first = await startTestBot(collection);
    const answer = await first.answerTo(slash("ask", { question: SENTENCE }));
    await first.bot.close(1_000);
    const second = await startTestBot(collection);
    const context = await second.answerTo(press(buttonsOf(answer).get("Context") ?? "", answer));
    expect(textOf(context)).toContain("paragraph 13, sentences 1–2");
  });

  it.each([
    "",
    "v1",
    "v0:pin:aaaaaaaa",
    "v1:pin",
    "v1:pin:aaaaaaaa:more",
    "v1:pin:AAAAAAAA",
    "v1:nothing:aaaaaaaa",
    "v1:paragraph:0:-1",
    "v1:words:aaaaaaaa",
    "v1:words:aaaaaaaa:-1",
    "v1:paragraph:1e3:1",
    "v1:unpin:1",
    "v1:vote:sideways",
    "__proto__",
    "v1:reason:x",
    "v1:more:" + Array.from({ length: 11 }, () => "aaaaaaaa").join(","),
    "../../etc/passwd",
    "🙂".repeat(50),
  ])("that this version does not know get a private sentence: %j", async (customId) => {
    const { answerTo, log } = await startTestBot(collection);
    const answer = await answerTo(press(customId, memberMessage("")));
    expect(isPrivate(answer)).toBe(true);
    expect(textOf(answer)).toBe("This is from another version of the bot. Ask again with /ask.");
    expect(log).toEqual([]);
  });

  it.each([
    "v1:context:aaaaaaaa",
    "v1:more:aaaaaaaa,bbbbbbbb",
    "v1:share:aaaaaaaa",
    "v1:words:aaaaaaaa:0",
    "v1:paragraph:0:999999",
    "v1:paragraph:9:1",
  ])("for a passage that the report has no more get a private sentence: %s", async (customId) => {
    const { answerTo, log } = await startTestBot(collection);
    const answer = await answerTo(press(customId, memberMessage("")));
    expect(isPrivate(answer)).toBe(true);
    expect(textOf(answer)).toContain("There is no such passage");
    expect(log).toEqual([]);
  });

  it("and forms and commands of another version get one too", async () => {
    const { answerTo } = await startTestBot(collection);
    for (const odd of [
      slash("ask"),
      slash("ask", { question: true }),
      slash("ask", { question: "x", private: "yes" }),
      slash("cite"),
      submit("v9:x"),
      slash("no-such-command"),
      onMessage("No such command", memberMessage("x")),
    ]) {
      expect(textOf(await answerTo(odd))).toContain("another version");
    }
  });
});

describe("Find in the report", () => {
  it("answers somebody's message for whoever asked alone", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(onMessage("Find in the report", memberMessage(SENTENCE)));
    expect(isPrivate(answer)).toBe(true);
    expect(textOf(answer)).toContain("Found");
  });

  it("looks at the beginning of a long one", async () => {
    const { answerTo } = await startTestBot(collection);
    const message = memberMessage(`${SENTENCE}。${"字".repeat(4_000)}`);
    const answer = await answerTo(onMessage("Find in the report", message));
    expect(textOf(answer)).toContain("143個無物業小區納入統一管理");
  });

  it("says so where the message has no words", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(onMessage("Find in the report", memberMessage("")));
    expect(textOf(answer)).toContain("no words");
  });
});

describe("/cite", () => {
  it("offers the headings that hold what is typed, and shows the section of the chosen one", async () => {
    const { discord, answerTo, request } = await startTestBot(collection);
    discord.dispatch("INTERACTION_CREATE", typing("cite", { what: "群眾" }));
    const { body } = await request("POST", /callback/u);
    expect(body["type"]).toBe(8);
    const { choices } = body["data"] as { choices: { name: string; value: string }[] };
    expect(choices.length).toBeGreaterThan(0);
    expect(choices.length).toBeLessThanOrEqual(25);
    expect(choices.every(({ name }) => name.includes("群眾") && name.length <= 100)).toBe(true);
    const section = await answerTo(slash("cite", { what: choices[0]?.value ?? "" }));
    expect(isPrivate(section)).toBe(true);
    expect(textOf(section)).toContain("群眾");
  });

  it("shows a passage by its id", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const id = /passage ([a-z2-7]{8})/u.exec(textOf(answer))?.[1] ?? "";
    expect(textOf(await answerTo(slash("cite", { what: id })))).toContain(
      "143個無物業小區納入統一管理",
    );
  });

  it.each(["zzzzzzzz", "no such heading", "字".repeat(200)])(
    "knows nothing of %j",
    async (what) => {
      const { answerTo } = await startTestBot(collection);
      expect(textOf(await answerTo(slash("cite", { what })))).toContain("There is no such passage");
    },
  );
});

describe("/help and /about", () => {
  it("give three questions to begin with", async () => {
    const { answerTo } = await startTestBot(collection);
    const help = textOf(await answerTo(slash("help", {}, { locale: "zh-CN" })));
    expect(help).toContain("这份报告讲的是什么？");
    expect(help.match(/^- /gmu)).toHaveLength(3);
  });

  it("say what is in use", async () => {
    const { answerTo } = await startTestBot(collection);
    const about = textOf(await answerTo(slash("about")));
    expect(about).toMatch(
      /^Reports: dingzhou-2021-review\nPassages: \d+\nModel: [0-9a-f]{12}\nIndex: [0-9a-f]{12}$/u,
    );
  });
});

/** All rows of a table of the bot's ledger. */
async function rowsOf(table: "answers" | "votes", dataDir: string): Promise<unknown[]> {
  const database = await openDatabase({ dataDir });
  const rows = await database.selectFrom(table).selectAll().execute();
  await database.destroy();
  return rows;
}

describe("what is kept", () => {
  it("is each answer with its message and its question, the asker as a hash", async () => {
    const { answerTo, dataDir } = await startTestBot(collection, { now: () => 5_000 });
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const found = await answerTo(onMessage("Find in the report", memberMessage(SENTENCE)));
    const rows = await eventually(async () => {
      const kept = await rowsOf("answers", dataDir);
      expect(kept).toHaveLength(2);
      return kept;
    });
    const common = {
      guild_id: IDS.guild,
      channel_id: IDS.channel,
      question: SENTENCE,
      state: "found",
      at: 5_000,
    };
    expect(rows).toMatchObject([
      { ...common, message_id: answer.id },
      { ...common, message_id: found.id },
    ]);
    expect(JSON.stringify(rows)).not.toContain(IDS.member);
  });

  it("does not keep an answer from its asker where it cannot be kept", async () => {
    const { answerTo, ledger, log } = await startTestBot(collection);
    await ledger.close();
    expect(textOf(await answerTo(slash("ask", { question: SENTENCE })))).toContain("Found");
    await eventually(() => {
      expect(log.join("")).toContain("an answer could not be kept");
    });
  });

  it("is removed for whoever asks", async () => {
    const { answerTo, dataDir } = await startTestBot(collection);
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    await answerTo(press(buttonsOf(answer).get("👍") ?? "", answer));
    const told = await answerTo(slash("forget-me"));
    expect(isPrivate(told)).toBe(true);
    expect(textOf(told)).toContain("your votes are removed");
    expect(await rowsOf("votes", dataDir)).toEqual([]);
    expect(await rowsOf("answers", dataDir)).toMatchObject([{ asker: "", question: null }]);
  });

  it("tells moderators what moderators did, and nobody else", async () => {
    const { answerTo } = await startTestBot(collection, { now: () => 7_000 });
    const moderator = { rights: MODERATOR_RIGHTS };
    expect(textOf(await answerTo(slash("audit")))).toContain(
      "whoever has the permission Pin Messages",
    );
    expect(textOf(await answerTo(slash("audit", {}, moderator)))).toContain("No moderator");
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    await answerTo(press(buttonsOf(answer).get("Pin") ?? "", answer, moderator));
    const told = textOf(await answerTo(slash("audit", {}, moderator)));
    expect(told).toContain(`<t:7:s> <@${IDS.member}> pinned `);
    expect(textOf(await answerTo(slash("audit", {}, { isDirect: true })))).toContain(
      "only in a server",
    );
  });
});

describe("👍 and 👎", () => {
  it("count one vote a user, and ask why an answer is bad", async () => {
    const { answerTo, dataDir } = await startTestBot(collection);
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const vote = (label: string) => answerTo(press(buttonsOf(answer).get(label) ?? "", answer));
    expect(textOf(await vote("👍"))).toBe("Thank you, that is noted.");
    expect(textOf(await vote("👍"))).toBe("You have said so already.");
    const asked = await vote("👎");
    expect(await rowsOf("votes", dataDir)).toMatchObject([{ opinion: "down", reason: null }]);
    expect(JSON.stringify(asked)).toContain("What is wrong with this answer?");
    const menu = [...buttonsOf(asked).values()][0] ?? "";
    expect(textOf(await answerTo(choose(menu, ["wrong"], asked)))).toBe(
      "Thank you, that is noted.",
    );
    expect(await rowsOf("votes", dataDir)).toMatchObject([
      { message_id: answer.id, opinion: "down", reason: "wrong" },
    ]);
  });

  it("of a menu that names no reason of ours are votes without one", async () => {
    const { answerTo } = await startTestBot(collection);
    const asked = memberMessage("");
    const answer = await answerTo(choose(`v1:reason:${asked.id}`, ["__proto__"], asked));
    expect(textOf(answer)).toBe("Thank you, that is noted.");
  });
});
