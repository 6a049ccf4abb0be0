/** A ledger that an earlier version wrote is opened as it is, and goes on. */
import path from "node:path";
import { createReadStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { sql } from "kysely";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../src/ledger/database.ts";
import type { Database } from "../../src/ledger/database.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { readLedgerFile } from "../../src/ledger/portable/ledgerFile.ts";
import { temporaryFolder } from "../support/folders.ts";

const FORMER = path.resolve("test/fixtures/ledger-1e661cd");
const BY = { guild: "200000000000000001", user: "500000000000000001" };
const CHANNEL = "300000000000000001";
const [ASKER, OTHER] = ["400000000000000001", "400000000000000002"] as const;
const VECTOR = { language: "en", row: Int8Array.of(1, -2, 127), space: "s" };

/** A copy of the former ledger, and its tables as they are stored. */
async function openFormer(): Promise<{ ledger: Ledger; database: Database }> {
  const dataDir = await temporaryFolder();
  const packed = await readFile(path.join(FORMER, "ledger.sqlite.gz"));
  await writeFile(path.join(dataDir, "ledger.sqlite"), gunzipSync(packed));
  const ledger = await openLedger({ dataDir, retentionDays: 30 });
  const database = await openDatabase({ dataDir });
  onTestFinished(async () => {
    await ledger.close();
    await database.destroy();
  });
  return { ledger, database };
}

it("has the same tables as a new one", async () => {
  const tablesOf = (database: Database) =>
    sql`select type, name, tbl_name, sql from sqlite_master order by name`.execute(database);
  const fresh = await openDatabase({ dataDir: await temporaryFolder() });
  onTestFinished(() => fresh.destroy());
  const { database } = await openFormer();
  expect(await tablesOf(database)).toEqual(await tablesOf(fresh));
});

it("still has its answers, votes, pins and claims", async () => {
  const { ledger, database } = await openFormer();
  const answers = await database.selectFrom("answers").selectAll().orderBy("at").execute();
  const shown = { guild_id: BY.guild, channel_id: CHANNEL, language: "en", passages: "aaaaaaaa" };
  const [approval] = await ledger.approvals.list(BY.guild, 0, 9);
  const gap_id: unknown = expect.stringMatching(/^[a-z2-7]{12}$/u);
  const none = { ...shown, state: "none", approval_id: null, gap_id };
  expect(answers).toMatchObject([
    { ...none, message_id: "1", state: "found", approval_id: approval?.id, gap_id: null, at: 10 },
    { ...none, message_id: "2", state: "maybe", question: "Open?", at: 11 },
    { ...none, message_id: "3", question: "Absent?", at: 12 },
    { ...none, message_id: "4", question: "Dismissed?", at: 13 },
    { ...none, message_id: "5", question: "Approved?", at: 14 },
    { ...none, message_id: "6", question: "Forgotten?", at: 15 },
    { ...none, message_id: "7", question: "Alone?", guild_id: null, gap_id: null, at: 17 },
  ]);
  expect(await ledger.answers.questionOf("1")).toBe("Found?");
  expect(await database.selectFrom("votes").selectAll().orderBy("at").execute()).toMatchObject([
    { message_id: "1", opinion: "up", reason: null, at: 30 },
    { message_id: "2", opinion: "down", reason: "incomplete", at: 31 },
  ]);
  const pin = { channel: CHANNEL, source: "1", passage: "aaaaaaaa", at: 42 };
  expect(await ledger.pins.begin(pin)).toEqual({ message: "8" });
  expect(await ledger.pins.begin({ ...pin, passage: "bbbbbbbb" })).toBe("underWay");
  expect(await ledger.claims.take("digest:1", 51)).toBe(false);
  expect(await ledger.digest(BY.guild, { from: 10, to: 20 })).toEqual({
    asked: 6,
    found: 1,
    maybe: 1,
    none: 4,
    verified: 1,
    passages: [{ passage: "aaaaaaaa", count: 2 }],
    worst: [{ channel: CHANNEL, message: "2", question: "Open?", downs: 1 }],
    approvals: [{ question: "報告的題目？", count: 1 }],
  });
});

it("still has its approvals, gaps, settings and audit", async () => {
  const { ledger, database } = await openFormer();
  const { approvals, gaps, settings, audit } = ledger;
  const approved = await approvals.approvedIn(BY.guild);
  expect(approved.same("报告的题目")).toMatchObject({
    question: "報告的題目？",
    vector: { ...VECTOR, language: "zh" },
    passages: [{ id: "bbbbbbbb", words: "1".repeat(64) }],
    note: "題",
    at: 3,
  });
  expect(approved.same("gone")).toBeUndefined();
  expect(await approvals.count(BY.guild)).toBe(1);
  const first = { question: "Open?", reason: "maybe", state: "open", message: "2" };
  const post = { channel: CHANNEL, message: "92" };
  expect(await gaps.ofMessage("2")).toMatchObject({ ...first, count: 1, vector: VECTOR, post });
  const states = [];
  for (const key of ["absent", "dismissed", "approved", "forgotten"]) {
    states.push((await gaps.ofKey(BY.guild, key))?.state);
  }
  expect(states).toEqual(["absent", "dismissed", "approved", "open"]);
  const waiters = await database.selectFrom("waiters").selectAll().orderBy("message_id").execute();
  expect(waiters).toMatchObject([
    { message_id: "2", channel_id: CHANNEL },
    { message_id: "6", channel_id: CHANNEL },
  ]);
  expect(await settings.of(BY.guild)).toEqual({
    moderatorRole: "600000000000000001",
    moderatorChannel: CHANNEL,
  });
  const entries = await audit.latest(BY.guild, 99);
  expect(entries.map(({ actor, action, at }) => `${at} ${actor} ${action}`)).toEqual(
    [
      "42 pin",
      "23 dismiss",
      "22 absent",
      "5 remove",
      "4 approve",
      "3 edit",
      "2 approve",
      "1 settings",
    ].map((entry) => entry.replace(" ", ` ${BY.user} `)),
  );
});

it("takes new work, and knows its people again", async () => {
  const { ledger, database } = await openFormer();
  const { answers, votes, approvals, gaps, settings, audit } = ledger;
  expect(await votes.cast({ message: "1", user: ASKER, opinion: "up" }, 100)).toBe("same");
  expect(await votes.cast({ message: "1", user: OTHER, opinion: "up" }, 100)).toBe("cast");
  expect(await ledger.forgetPerson(OTHER)).toBe(2);
  expect(await gaps.ofKey(BY.guild, "forgotten")).toBeUndefined();
  expect(await database.selectFrom("waiters").selectAll().execute()).toHaveLength(1);
  const shown = { guild: BY.guild, channel: CHANNEL, message: "100", question: "Approved?" };
  await answers.record(
    { ...shown, asker: OTHER, language: "en", state: "none", passages: [] },
    100,
  );
  const vector = { ...VECTOR, key: "approved" };
  await gaps.recordOccurrence({ ...shown, vector, reason: "none" }, 100);
  expect(await gaps.ofMessage("100")).toMatchObject({ message: "5", count: 2, state: "open" });
  const { id } = await approvals.approve(BY, { question: "Gone?", vector, passages: [] }, 101);
  await approvals.edit(BY, id, { note: "n" }, 102);
  expect((await approvals.approvedIn(BY.guild)).same("approved")).toMatchObject({ note: "n" });
  await settings.set(BY, { moderatorRole: null }, 103);
  expect((await settings.of(BY.guild)).moderatorRole).toBeUndefined();
  expect((await audit.latest(BY.guild, 3)).map(({ at }) => at)).toEqual([103, 102, 101]);
});

it("exports what it exported, which another ledger imports", async () => {
  const exported = (await readFile(path.join(FORMER, "ledger.jsonl"), "utf8")).trim().split("\n");
  const { ledger } = await openFormer();
  expect(await ledger.exportLines()).toEqual(exported);
  const other = await openLedger({ dataDir: await temporaryFolder(), retentionDays: 30 });
  onTestFinished(() => other.close());
  const entries = await readLedgerFile(createReadStream(path.join(FORMER, "ledger.jsonl"), "utf8"));
  expect(await other.importEntries(entries)).toEqual({ changed: 7, unchanged: 0 });
  expect(await other.exportLines()).toEqual(exported);
});
