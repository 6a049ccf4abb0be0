/** What is awaited is told once, by a process that lives. */
import { hostname } from "node:os";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { prepareClaims } from "../../src/ledger/claims.ts";
import type { Claims } from "../../src/ledger/claims.ts";
import { openDatabase } from "../../src/ledger/database.ts";
import type { Database } from "../../src/ledger/database.ts";
import { temporaryFolder } from "../support/folders.ts";

const AWAITED = { token: "t", locale: "zh-TW" };
const ABANDONED = { name: "a", ...AWAITED };
const MINUTE_MS = 60_000;

/** No process has this number: the system's are lower. */
const DEAD = `${hostname()}/2000000000/aaaaaaaaaaaa`;

let database: Database;
let claims: Claims;
beforeEach(async () => {
  database = await openDatabase({ dataDir: await temporaryFolder() });
  onTestFinished(() => database.destroy());
  claims = prepareClaims(database);
});

async function ownedBy(owner: string): Promise<void> {
  await database.updateTable("claims").set({ owner }).execute();
}

it("an answer of a process that has ended is taken over, once", async () => {
  await claims.take("a", 1, AWAITED);
  await ownedBy(DEAD);
  const others = prepareClaims(database);
  const taken = await Promise.all([claims.takeAbandoned(2), others.takeAbandoned(2)]);
  expect(taken.flat()).toEqual([ABANDONED]);
  expect(await claims.take("a", 3)).toBe(false);
});

it.each([
  ["is under way in this process", 1, undefined],
  ["may be under way on another machine", 1, "elsewhere/1/aaaaaaaaaaaa"],
  ["is under way in another process of this machine", 1, `${hostname()}/${process.ppid}/a`],
])("one that %s is not, until it is a minute old", async (_, at, owner) => {
  await claims.take("a", at, AWAITED);
  if (owner !== undefined) await ownedBy(owner);
  expect(await claims.takeAbandoned(at + MINUTE_MS)).toEqual([]);
  expect(await claims.takeAbandoned(at + MINUTE_MS + 1)).toEqual([ABANDONED]);
});

it("one that was taken over is again, when it is a minute old, unless it is settled", async () => {
  await claims.take("a", 1, AWAITED);
  await ownedBy(DEAD);
  expect(await claims.takeAbandoned(2)).toEqual([ABANDONED]);
  expect(await claims.takeAbandoned(2)).toEqual([]);
  expect(await claims.takeAbandoned(MINUTE_MS + 2)).toEqual([ABANDONED]);
  await claims.settle("a");
  expect(await claims.takeAbandoned(MINUTE_MS + 2)).toEqual([]);
});

it("one that was given is not, nor one that Discord would refuse, nor what nobody waits for", async () => {
  await claims.take("given", 1, AWAITED);
  await claims.settle("given");
  await claims.take("late", 1, { ...AWAITED, token: "late" });
  await claims.take("no answer", 1);
  expect(await claims.takeAbandoned(1 + 15 * MINUTE_MS)).toEqual([]);
  expect(await claims.takeAbandoned(2)).toEqual([]);
});

it("one of a run that had this process's number before is taken over", async () => {
  await claims.take("a", 1, AWAITED);
  await ownedBy(`${hostname()}/${process.pid}/aaaaaaaaaaaa`);
  expect(await claims.takeAbandoned(2)).toEqual([ABANDONED]);
});
