/** The ledger keeps its promises on both of its databases. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../src/ledger/database.ts";
import { newId } from "../../src/ledger/ids.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import type { Ledger, LedgerOptions } from "../../src/ledger/ledger.ts";
import type { ShownAnswer } from "../../src/ledger/answers.ts";
import type { Vote } from "../../src/ledger/votes.ts";
import { temporaryFolder } from "../support/folders.ts";
import { startPostgres } from "../support/postgres.ts";
import type { Postgres } from "../support/postgres.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

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

async function settings(engine: string): Promise<LedgerOptions> {
  const dataDir = path.join(await temporaryFolder(), "data");
  const databaseUrl = engine === "PostgreSQL" ? await postgres.newDatabase() : undefined;
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

  it("is made once by processes that start at the same time", async () => {
    const options = await settings(engine);
    const ledgers = await Promise.all(Array.from({ length: 4 }, () => open(options)));
    for (const ledger of ledgers) await ledger.votes.cast(UP, 1);
    expect(await rowsOf("votes", options)).toHaveLength(1);
  });
});

describe("a ledger that cannot be opened", () => {
  it("names the folder", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "file"), "");
    const dataDir = path.join(folder, "file");
    await expect(openLedger({ dataDir, retentionDays: 1 })).rejects.toThrow(
      `The ledger in ${dataDir} cannot be opened: check DATA_DIR`,
    );
  });

  it("names a file that is no database", async () => {
    const dataDir = await temporaryFolder();
    await writeFile(path.join(dataDir, "ledger.sqlite"), "nonsense ".repeat(1_000));
    await expect(openLedger({ dataDir, retentionDays: 1 })).rejects.toThrow("cannot be opened");
  });

  it("does not tell the database's password", async () => {
    const databaseUrl = "postgres://verbatim:secret@127.0.0.1:9/none";
    const opening = openLedger({ dataDir: "unused", databaseUrl, retentionDays: 1 });
    await expect(opening).rejects.toThrow(
      "The ledger in DATABASE_URL cannot be opened: check the address",
    );
    await expect(opening).rejects.not.toThrow("secret");
  });
});
