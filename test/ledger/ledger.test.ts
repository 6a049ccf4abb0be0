/** The ledger keeps its promises on both of its databases. */
import path from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { newId, openDatabase } from "../../src/ledger/database.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import type { Ledger, LedgerOptions } from "../../src/ledger/ledger.ts";
import type { ShownAnswer } from "../../src/ledger/answers.ts";
import type { NewApproval } from "../../src/ledger/approvals.ts";
import type { GapOccurrence } from "../../src/ledger/gaps.ts";
import { readLedgerFile } from "../../src/ledger/portable/ledgerFile.ts";
import { questionKey } from "../../src/search/question.ts";
import type { QuestionVector } from "../../src/ask/similarQuestions.ts";
import type { Vote } from "../../src/ledger/votes.ts";
import { temporaryFolder } from "../support/folders.ts";
import { newDatabase } from "../support/shared.ts";

const DAY_MS = 86_400_000;
const ASKER = "400000000000000001";
const UP: Vote = { message: "1", user: ASKER, opinion: "up" };
const DOWN: Vote = { message: "1", user: ASKER, opinion: "down", reason: "wrong" };
const ANSWER: ShownAnswer = {
  message: "1",
  guild: "2",
  channel: "3",
  asker: ASKER,
  question: "張濤是誰？'; drop table answers; --",
  language: "zh",
  state: "maybe",
  passages: ["aaaaaaaa", "bbbbbbbb"],
};

const BY = { guild: "2", user: "5" };

function vectorOf(key: string, space = "s"): QuestionVector {
  return { key, language: "en", row: Int8Array.of(1, 2, 3), space };
}

function approvalOf(key: string, passages = ["aaaaaaaa"], note?: string): NewApproval {
  const references = passages.map((id) => ({ id, words: id }));
  return { question: key, vector: vectorOf(key), passages: references, note };
}

const OCCURRENCE: GapOccurrence = {
  guild: "2",
  channel: "3",
  message: "1",
  question: "q",
  vector: vectorOf("q"),
  reason: "none",
};

async function settings(engine: string): Promise<LedgerOptions> {
  const dataDir = path.join(await temporaryFolder(), "data");
  const databaseUrl = engine === "PostgreSQL" ? await newDatabase() : undefined;
  return { dataDir, databaseUrl, retentionDays: 30 };
}

async function open(options: LedgerOptions): Promise<Ledger> {
  const ledger = await openLedger(options);
  onTestFinished(() => ledger.close());
  return ledger;
}

/** All rows of a table, as they are stored. */
async function rowsOf(table: "answers" | "votes", options: LedgerOptions): Promise<unknown[]> {
  const database = await openDatabase(options);
  const rows = await database
    .selectFrom(table)
    .selectAll()
    .orderBy("at")
    .orderBy("message_id")
    .execute();
  await database.destroy();
  return rows;
}

function voterOf(row: unknown): unknown {
  return typeof row === "object" && row !== null && "voter" in row ? row.voter : undefined;
}

describe.each(["SQLite", "PostgreSQL"])("the ledger in %s", (engine) => {
  it("keeps one vote a person and answer, the last one, also after a restart", async () => {
    const options = await settings(engine);
    const first = await openLedger(options);
    expect(await first.votes.cast(UP, 1)).toBe("cast");
    expect(await first.votes.cast(UP, 2)).toBe("same");
    await first.close();
    const second = await open(options);
    expect(await second.votes.cast(UP, 3)).toBe("same");
    expect(await second.votes.cast({ message: "1", user: ASKER, opinion: "down" }, 4)).toBe("cast");
    expect(await second.votes.cast(DOWN, 5)).toBe("cast");
    expect(await second.votes.cast(DOWN, 6)).toBe("same");
    expect(await second.votes.cast({ ...UP, user: "8" }, 7)).toBe("cast");
    expect(await rowsOf("votes", options)).toMatchObject([
      { message_id: "1", opinion: "down", reason: "wrong", at: 5 },
      { message_id: "1", opinion: "up", reason: null, at: 7 },
    ]);
  });

  it("counts votes that are cast at the same time once", async () => {
    const options = await settings(engine);
    const [one, other] = [await open(options), await open(options)];
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : other).votes.cast(UP, i)),
    );
    expect(results.filter((it) => it === "cast")).toHaveLength(1);
    expect(await rowsOf("votes", options)).toHaveLength(1);
  });

  it("keeps an answer once, with its question as it was asked and its asker as a hash", async () => {
    const options = await settings(engine);
    const ledger = await open(options);
    await ledger.answers.record(ANSWER, 10);
    await ledger.answers.record({ ...ANSWER, question: "another" }, 11);
    const rows = await rowsOf("answers", options);
    expect(rows).toMatchObject([
      { message_id: "1", question: ANSWER.question, passages: "aaaaaaaa,bbbbbbbb", at: 10 },
    ]);
    expect(JSON.stringify(rows)).not.toContain(ASKER);
  });

  it("hashes a person the same way in every process, and otherwise in another database", async () => {
    const [one, other] = [await settings(engine), await settings(engine)];
    for (const options of [one, one, other]) {
      const ledger = await open(options);
      await ledger.votes.cast({ ...UP, message: newId() }, 1);
    }
    const [a, b] = await rowsOf("votes", one);
    const [c] = await rowsOf("votes", other);
    expect(voterOf(a)).toBe(voterOf(b));
    expect(voterOf(a)).not.toBe(voterOf(c));
  });

  it("forgets questions on time, and keeps none where none may be kept", async () => {
    const options = await settings(engine);
    const ledger = await open(options);
    await ledger.answers.record(ANSWER, 0);
    await ledger.answers.record({ ...ANSWER, message: "2" }, 1);
    expect(await ledger.purge(30 * DAY_MS)).toBe(0);
    expect(await ledger.purge(30 * DAY_MS + 1)).toBe(1);
    expect(await ledger.purge(30 * DAY_MS + 1)).toBe(0);
    expect(await rowsOf("answers", options)).toMatchObject([
      { message_id: "1", question: null, state: "maybe" },
      { message_id: "2", question: ANSWER.question },
    ]);
    const none = { ...(await settings(engine)), retentionDays: 0 };
    await (await open(none)).answers.record(ANSWER, 0);
    expect(await rowsOf("answers", none)).toMatchObject([{ question: null }]);
  });

  it("forgets a person, and nobody else", async () => {
    const options = await settings(engine);
    const ledger = await open(options);
    await ledger.answers.record(ANSWER, 1);
    await ledger.answers.record({ ...ANSWER, message: "2", asker: "9" }, 1);
    await ledger.votes.cast(UP, 1);
    await ledger.votes.cast({ ...UP, user: "9" }, 1);
    expect(await ledger.forgetPerson(ASKER)).toBe(2);
    expect(await ledger.forgetPerson(ASKER)).toBe(0);
    expect(await rowsOf("votes", options)).toHaveLength(1);
    expect(await rowsOf("answers", options)).toMatchObject([
      { message_id: "1", asker: "", question: null },
      { message_id: "2", question: ANSWER.question },
    ]);
  });

  it("lists what moderators did in a server, the newest first", async () => {
    const ledger = await open(await settings(engine));
    const entry = { guild: "2", actor: "5", action: "pin", target: "7" } as const;
    await ledger.audit.record(entry, 1);
    await ledger.audit.record({ ...entry, action: "unpin" }, 2);
    await ledger.audit.record({ ...entry, guild: "3" }, 3);
    expect(await ledger.audit.latest("2", 5)).toEqual([
      { ...entry, action: "unpin", at: 2 },
      { ...entry, at: 1 },
    ]);
    expect(await ledger.audit.latest("2", 1)).toHaveLength(1);
  });

  it("keeps an approval to a question once, with its audit row, and changes it", async () => {
    const options = await settings(engine);
    const { approvals, audit } = await open(options);
    const first = await approvals.approve(BY, approvalOf("q", ["aaaaaaaa"], "a note"), 1);
    const again = await approvals.approve(BY, approvalOf("q", ["bbbbbbbb"]), 2);
    expect(again.id).toBe(first.id);
    expect(again.note).toBe("a note");
    expect(await approvals.list(BY.guild, 0, 9)).toEqual([again]);
    expect(await approvals.edit(BY, first.id, { note: "" }, 3)).toMatchObject({
      note: undefined,
      passages: [{ id: "bbbbbbbb", words: "bbbbbbbb" }],
      at: 3,
    });
    const stranger = { ...BY, guild: "another" };
    expect(await approvals.edit(stranger, first.id, { note: "x" }, 4)).toBeUndefined();
    expect(await approvals.remove(stranger, first.id, 4)).toBe(false);
    expect(await approvals.get(stranger.guild, first.id)).toBeUndefined();
    expect(await approvals.remove(BY, first.id, 5)).toBe(true);
    expect(await approvals.remove(BY, first.id, 6)).toBe(false);
    expect(await approvals.edit(BY, first.id, { note: "x" }, 7)).toBeUndefined();
    expect([await approvals.count(BY.guild), await approvals.get(BY.guild, first.id)]).toEqual([
      0,
      undefined,
    ]);
    const entries = await audit.latest(BY.guild, 9);
    expect(entries.map(({ action, at }) => `${at} ${action}`)).toEqual([
      "5 remove",
      "3 edit",
      "2 approve",
      "1 approve",
    ]);
    expect(await audit.latest(stranger.guild, 9)).toEqual([]);
  });

  it("lists approvals in pages, the newest first, those of one moment always in the same order", async () => {
    const { approvals } = await open(await settings(engine));
    for (const key of ["a", "b", "c", "d", "e"]) {
      await approvals.approve(BY, approvalOf(key, ["aaaaaaaa"]), 1);
    }
    const newest = await approvals.approve(BY, approvalOf("f", ["aaaaaaaa"]), 2);
    const pages = await Promise.all([0, 2, 4].map((offset) => approvals.list(BY.guild, offset, 2)));
    const [first, ...others] = pages.flat().map(({ id }) => id);
    expect(first).toBe(newest.id);
    expect(others).toHaveLength(5);
    expect(others).toEqual(others.toSorted());
  });

  it("gives what any process approves, edits or removes, from then on", async () => {
    const options = await settings(engine);
    const [one, other] = [await open(options), await open(options)];
    const same = async (key: string) => (await other.approvals.approvedIn(BY.guild)).same(key);
    expect(await same("q")).toBeUndefined();
    const { id } = await one.approvals.approve(BY, approvalOf("q", ["aaaaaaaa"]), 1);
    expect(await same("q")).toMatchObject({ id, passages: [{ id: "aaaaaaaa" }] });
    await one.approvals.approve(BY, approvalOf("r", ["aaaaaaaa"]), 1);
    await one.approvals.edit(BY, id, { passages: [{ id: "bbbbbbbb", words: "w" }] }, 2);
    expect(await same("q")).toMatchObject({ passages: [{ id: "bbbbbbbb" }] });
    await one.approvals.remove(BY, id, 3);
    expect([await same("q"), (await same("r"))?.id]).toEqual([undefined, expect.any(String)]);
    expect((await other.approvals.approvedIn("another")).same("r")).toBeUndefined();
  });

  it("gives approvals of another space for a new vector, until they have it", async () => {
    const { approvals } = await open(await settings(engine));
    const { id } = await approvals.approve(BY, approvalOf("q", ["aaaaaaaa"]), 1);
    expect(await approvals.withOldVectors("s", 9)).toEqual([]);
    expect(await approvals.withOldVectors("t", 9)).toMatchObject([{ id, guild: BY.guild }]);
    await approvals.reembed(BY.guild, id, { ...vectorOf("q"), space: "t" });
    expect(await approvals.withOldVectors("t", 9)).toEqual([]);
    expect((await approvals.approvedIn(BY.guild)).same("q")?.vector.space).toBe("t");
  });

  it("counts a gap once a message, whoever tells of it, and settles it once", async () => {
    const options = await settings(engine);
    const [one, other] = [await open(options), await open(options)];
    for (const message of ["1", "2", "3"]) {
      await one.answers.record({ ...ANSWER, message, asker: message }, 1);
    }
    const occurrence = { ...OCCURRENCE, message: "1" };
    await Promise.all([
      one.gaps.recordOccurrence(occurrence, 1),
      other.gaps.recordOccurrence(occurrence, 1),
    ]);
    await one.gaps.recordOccurrence({ ...OCCURRENCE, message: "2", question: "Q?" }, 2);
    expect(
      await one.gaps.recordOccurrence({ ...OCCURRENCE, message: "unknown" }, 2),
    ).toBeUndefined();
    const [gap, ...others] = await one.gaps.open("2", 9);
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ question: "q", count: 2, message: "1", state: "open" });
    const id = gap?.id ?? "";
    expect(await one.gaps.ofMessage("2")).toEqual(gap);
    expect(await one.gaps.ofMessage("3")).toBeUndefined();
    expect(await one.gaps.wait(id, { channel: "3", message: "1" })).toBe(true);
    expect(await other.gaps.wait(id, { channel: "3", message: "1" })).toBe(false);
    const by = { guild: "2", user: "5" };
    const settled = await Promise.all(
      [one, other].map(({ gaps }) => gaps.settle(by, [id], "absent", 3)),
    );
    expect(settled.flat()).toMatchObject([
      { gap: { id, state: "absent" }, waiters: [{ channel: "3", message: "1" }] },
    ]);
    expect(await one.audit.latest("2", 9)).toMatchObject([{ action: "absent", target: id }]);
    await one.gaps.recordOccurrence({ ...OCCURRENCE, message: "3" }, 4);
    expect(await one.gaps.get("2", id)).toMatchObject({ count: 3, state: "absent" });
    expect(await one.gaps.settle({ guild: "9", user: "5" }, [id], "dismissed", 5)).toEqual([]);
  });

  it("opens a gap again that was approved, and is not answered all the same", async () => {
    const { answers, gaps } = await open(await settings(engine));
    await answers.record(ANSWER, 1);
    await answers.record({ ...ANSWER, message: "2" }, 1);
    const id = (await gaps.recordOccurrence(OCCURRENCE, 1)) ?? "";
    await gaps.settle({ guild: "2", user: "5" }, [id], "approved", 2);
    expect(await gaps.open("2", 9)).toEqual([]);
    await gaps.recordOccurrence({ ...OCCURRENCE, message: "2" }, 3);
    expect(await gaps.open("2", 9)).toMatchObject([{ id, count: 2 }]);
  });

  it("forgets gaps with their time, and with the only person who asked", async () => {
    const ledger = await open(await settings(engine));
    const { answers, gaps } = ledger;
    const ask = async (message: string, asker: string, question: string, at: number) => {
      await answers.record({ ...ANSWER, message, asker, question }, at);
      await gaps.recordOccurrence(
        { ...OCCURRENCE, message, question, vector: vectorOf(question) },
        at,
      );
    };
    await ask("1", ASKER, "mine", 1);
    await ask("2", ASKER, "ours", 1);
    await ask("3", "9", "ours", 2);
    await ask("4", "9", "theirs", DAY_MS);
    await ledger.forgetPerson(ASKER);
    const questions = async () => (await gaps.open("2", 9)).map(({ question }) => question);
    expect(await questions()).toEqual(["ours", "theirs"]);
    await ledger.purge(30 * DAY_MS + 3);
    expect(await questions()).toEqual(["theirs"]);
  });

  it("lets one process do what is done once, until it is given back or forgotten", async () => {
    const options = await settings(engine);
    const [one, other] = [await open(options), await open(options)];
    const taken = await Promise.all([one, other].map(({ claims }) => claims.take("x", 1)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    await one.claims.release("x");
    expect(await other.claims.take("x", 2)).toBe(true);
    expect(await one.claims.forget(2)).toBe(0);
    expect(await one.claims.forget(3)).toBe(1);
    expect(await one.claims.take("x", 3)).toBe(true);
  });

  it("lets one process pin an answer, and another one when that is gone", async () => {
    const { pins } = await open(await settings(engine));
    const pin = { channel: "1", source: "2", passage: "aaaaaaaa" };
    const first = { ...pin, at: 0 };
    const second = { ...pin, at: 60_001 };
    const third = { ...pin, at: 200_000 };
    expect(await pins.begin(first)).toBe("begun");
    expect(await pins.begin({ ...pin, at: 60_000 })).toBe("underWay");
    expect(await pins.begin(second)).toBe("begun");
    // What took too long neither ends nor gives up what another one does.
    expect(await pins.finish(first, "6")).toBe(false);
    await pins.forget(first);
    expect(await pins.finish(second, "7")).toBe(true);
    await pins.forget(second);
    expect(await pins.begin(third)).toEqual({ message: "7" });
    expect(await pins.begin({ ...first, passage: "bbbbbbbb" })).toBe("begun");
    await pins.released("7");
    expect(await pins.begin(third)).toBe("begun");
    await pins.forget(third);
    expect(await pins.begin(third)).toBe("begun");
  });

  it("lets one of those that find a pin released by hand pin it again", async () => {
    const { pins } = await open(await settings(engine));
    const pin = { channel: "1", source: "2", passage: "aaaaaaaa", at: 0 };
    await pins.begin(pin);
    await pins.finish(pin, "7");
    const again = [1, 2, 3].map((at) => pins.beginAgain({ ...pin, at }, "7"));
    expect((await Promise.all(again)).filter(Boolean)).toHaveLength(1);
    expect(await pins.begin({ ...pin, at: 4 })).toBe("underWay");
  });

  it("keeps a server's settings, and leaves those that are not given", async () => {
    const ledger = await open(await settings(engine));
    const nothing = { moderatorRole: undefined, moderatorChannel: undefined };
    expect(await ledger.settings.set(BY, {}, 1)).toEqual(nothing);
    await ledger.settings.set(BY, { moderatorRole: "7" }, 2);
    const both = { moderatorRole: "7", moderatorChannel: "8" };
    expect(await ledger.settings.set(BY, { moderatorChannel: "8" }, 3)).toEqual(both);
    expect(await ledger.settings.of("another")).toEqual(nothing);
    expect(await ledger.settings.withChannel()).toEqual([{ guild: BY.guild, channel: "8" }]);
    expect(await ledger.audit.latest(BY.guild, 9)).toHaveLength(2);
    expect(await ledger.settings.set(BY, { moderatorRole: null }, 4)).toEqual({
      ...both,
      moderatorRole: undefined,
    });
  });

  it("imports what another ledger exports, and nothing twice", async () => {
    const one = await open(await settings(engine));
    const passages = [{ id: "aaaaaaaa", words: "0".repeat(64) }];
    const hostile = "q'); drop table approvals; --";
    await one.approvals.approve(BY, { ...approvalOf(hostile), passages }, 1);
    await one.answers.record(ANSWER, 1);
    await one.gaps.recordOccurrence({ ...OCCURRENCE, question: "why" }, 2);
    await one.settings.set(BY, { moderatorRole: "7" }, 3);
    const lines = await one.exportLines();
    const other = await open(await settings(engine));
    const read = () => readLedgerFile(Readable.from([lines.join("\n")]));
    expect(await other.importEntries(await read())).toEqual({ changed: 3, unchanged: 0 });
    expect(await other.importEntries(await read())).toEqual({ changed: 0, unchanged: 3 });
    expect(await other.exportLines()).toEqual(lines);
    expect((await other.approvals.approvedIn(BY.guild)).same(questionKey(hostile))).toMatchObject({
      question: hostile,
      passages,
    });
  });

  it("sums up what a time was like", async () => {
    const ledger = await open(await settings(engine));
    const { answers, approvals, votes } = ledger;
    const { id: approval } = await approvals.approve({ ...BY, guild: "2" }, approvalOf("q"), 1);
    const shown: Partial<ShownAnswer>[] = [
      { message: "1", state: "found", passages: ["aaaaaaaa", "bbbbbbbb"] },
      { message: "2", state: "maybe", passages: ["bbbbbbbb"] },
      { message: "3", state: "none", passages: ["aaaaaaaa"] },
      { message: "4", state: "none", passages: ["aaaaaaaa"], approval },
      { message: "5", guild: "another" },
    ];
    for (const it of shown) await answers.record({ ...ANSWER, ...it }, 10);
    await answers.record({ ...ANSWER, message: "6" }, 20);
    for (const user of ["1", "2"]) await votes.cast({ ...DOWN, message: "2", user }, 11);
    await votes.cast({ ...DOWN, message: "1" }, 11);
    expect(await ledger.digest("2", { from: 10, to: 20 })).toEqual({
      asked: 4,
      found: 1,
      maybe: 1,
      none: 2,
      verified: 1,
      passages: expect.arrayContaining([
        { passage: "aaaaaaaa", count: 1 },
        { passage: "bbbbbbbb", count: 1 },
      ]) as unknown,
      worst: [
        { channel: "3", message: "2", question: ANSWER.question, downs: 2 },
        { channel: "3", message: "1", question: ANSWER.question, downs: 1 },
      ],
      approvals: [{ question: "q", count: 1 }],
    });
    expect(await ledger.digest("nowhere", { from: 0, to: 99 })).toMatchObject({
      asked: 0,
      verified: 0,
    });
  });

  it("is made once by processes that start at the same time", async () => {
    const options = await settings(engine);
    const ledgers = await Promise.all(Array.from({ length: 4 }, () => open(options)));
    for (const ledger of ledgers) await ledger.votes.cast(UP, 1);
    expect(await rowsOf("votes", options)).toHaveLength(1);
  });
});
