/** Gaps from the first question to the last, on both of the ledger's databases. */
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLedger } from "../../src/ledger/ledger.ts";
import type { Ledger, LedgerOptions } from "../../src/ledger/ledger.ts";
import { claimOfPost } from "../../src/ledger/gapReopening.ts";
import type { GapOccurrence } from "../../src/ledger/gaps.ts";
import type { Entry } from "../../src/ledger/portable/ledgerFile.ts";
import { temporaryFolder } from "../support/folders.ts";
import { newDatabase } from "../support/shared.ts";

const BY = { guild: "2", user: "5" };
const POST = { channel: "6", message: "7" };

const OCCURRENCE: GapOccurrence = {
  guild: "2",
  channel: "3",
  message: "1",
  question: "why",
  vector: { key: "why", language: "en", row: Int8Array.of(1), space: "s" },
  reason: "none",
};

async function open(engine: string, options: Partial<LedgerOptions> = {}): Promise<Ledger> {
  const dataDir = path.join(await temporaryFolder(), "data");
  const databaseUrl = engine === "PostgreSQL" ? await newDatabase() : undefined;
  const ledger = await openLedger({ dataDir, databaseUrl, retentionDays: 30, ...options });
  onTestFinished(() => ledger.close());
  return ledger;
}

/** Keeps the answer of a message, and counts its question. */
async function ask({ answers, gaps }: Ledger, message: string, at: number): Promise<string> {
  const shown = { ...OCCURRENCE, message, asker: "9", language: "en", passages: [] };
  await answers.record({ ...shown, state: "none" }, at);
  return (await gaps.recordOccurrence({ ...OCCURRENCE, message }, at)) ?? "";
}

/** A gap whose moderators were asked. */
async function askedFor(ledger: Ledger): Promise<string> {
  const id = await ask(ledger, "1", 1);
  await ledger.claims.take(claimOfPost(id), 1);
  await ledger.gaps.posted(id, POST);
  return id;
}

function entryOf(state: "open" | "absent", lastAt: number): Entry {
  const { guild, channel, message, question, reason } = OCCURRENCE;
  const place = { guild, channel, message, question, language: "en", reason };
  return { type: "gap", ...place, state, count: 9, firstAt: 1, lastAt };
}

describe.each(["SQLite", "PostgreSQL"])("a gap in %s", (engine) => {
  it("that was approved and is open again can be put to the moderators again", async () => {
    const ledger = await open(engine);
    const { gaps, claims } = ledger;
    const id = await askedFor(ledger);
    expect(await gaps.get("2", id)).toMatchObject({ post: POST });
    await gaps.settle(BY, [id], "approved", 2);
    await ask(ledger, "2", 3);
    expect(await gaps.get("2", id)).toMatchObject({ state: "open", count: 2, post: undefined });
    expect(await claims.take(claimOfPost(id), 3)).toBe(true);
    await gaps.posted(id, POST);
    await gaps.settle(BY, [id], "approved", 4);
    expect(await gaps.reopen("9", id)).toBe(false);
    expect(await gaps.reopen("2", id)).toBe(true);
    expect(await gaps.get("2", id)).toMatchObject({ state: "open", count: 2, post: undefined });
    expect(await claims.take(claimOfPost(id), 5)).toBe(true);
    expect(await gaps.reopen("2", id)).toBe(false);
    expect(await claims.take(claimOfPost(id), 6)).toBe(false);
  });

  it("that moderators settled without a passage stays so, and is not put to them again", async () => {
    const ledger = await open(engine);
    const id = await askedFor(ledger);
    await ledger.gaps.settle(BY, [id], "absent", 2);
    await ask(ledger, "2", 3);
    expect(await ledger.gaps.reopen("2", id)).toBe(false);
    expect(await ledger.gaps.get("2", id)).toMatchObject({ state: "absent", count: 2, post: POST });
    expect(await ledger.claims.take(claimOfPost(id), 3)).toBe(false);
  });

  it("that is imported as open where it was settled can be put to the moderators again", async () => {
    const ledger = await open(engine);
    const id = await askedFor(ledger);
    await ledger.gaps.settle(BY, [id], "absent", 2);
    await ledger.importEntries([entryOf("open", 1)]);
    expect(await ledger.gaps.get("2", id)).toMatchObject({ state: "absent", post: POST });
    await ledger.importEntries([entryOf("open", 9)]);
    expect(await ledger.gaps.get("2", id)).toMatchObject({ state: "open", post: undefined });
    expect(await ledger.claims.take(claimOfPost(id), 9)).toBe(true);
  });

  it("that is imported as open where it is open stays with its post", async () => {
    const ledger = await open(engine);
    const id = await askedFor(ledger);
    await ledger.importEntries([entryOf("open", 9)]);
    expect(await ledger.gaps.get("2", id)).toMatchObject({ count: 9, post: POST });
    expect(await ledger.claims.take(claimOfPost(id), 9)).toBe(false);
  });

  it("is settled once, however often, one after the other", async () => {
    const { audit, gaps, ...ledger } = await open(engine);
    const id = await ask({ gaps, audit, ...ledger }, "1", 1);
    await gaps.wait(id, { channel: "3", message: "1" });
    expect(await gaps.settle(BY, [id], "absent", 2)).toHaveLength(1);
    await gaps.wait(id, { channel: "3", message: "1" });
    for (const state of ["absent", "dismissed", "approved"] as const) {
      expect(await gaps.settle(BY, [id], state, 3)).toEqual([]);
    }
    expect(await gaps.get("2", id)).toMatchObject({ state: "absent" });
    expect(await audit.latest("2", 9)).toHaveLength(1);
  });

  it("is not kept where questions are not", async () => {
    const ledger = await open(engine, { retentionDays: 0 });
    expect(await ask(ledger, "1", 1)).toBe("");
    expect(await ledger.gaps.open("2", 9)).toEqual([]);
    expect(await ledger.gaps.ofMessage("1")).toBeUndefined();
    expect((await ledger.exportLines()).join("")).not.toContain("why");
  });
});
