/** SQLite's file while others write to it as well. */
import path from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../src/ledger/database.ts";
import type { Database } from "../../src/ledger/database.ts";
import { temporaryFolder } from "../support/folders.ts";

it("lets transactions that read before they write come one after the other in SQLite", async () => {
  const dataDir = await temporaryFolder();
  const databases = [await openDatabase({ dataDir }), await openDatabase({ dataDir })];
  await databases[0]?.insertInto("claims").values({ name: "counter", at: 0 }).execute();
  const count = async (database: Database | undefined): Promise<void> => {
    await database?.transaction().execute(async (transaction) => {
      const { at } = await transaction.selectFrom("claims").select("at").executeTakeFirstOrThrow();
      await transaction
        .updateTable("claims")
        .set({ at: at + 1 })
        .execute();
    });
  };
  await Promise.all(Array.from({ length: 20 }, (_, i) => count(databases[i % 2])));
  const row = await databases[1]?.selectFrom("claims").select("at").executeTakeFirstOrThrow();
  expect(row?.at).toBe(20);
  for (const database of databases) await database.destroy();
});

it("waits for another process that writes to SQLite's file, whatever it is about to do", async () => {
  const dataDir = await temporaryFolder();
  const database = await openDatabase({ dataDir });
  onTestFinished(() => database.destroy());
  const other = new DatabaseSync(path.join(dataDir, "ledger.sqlite"));
  onTestFinished(() => {
    other.close();
  });
  const insert = (name: string) => database.insertInto("claims").values({ name, at: 1 });
  for (const write of [
    () => insert("plain").execute(),
    () => insert("returning").returning("name").execute(),
    () => database.deleteFrom("claims").where("name", "=", "plain").execute(),
    () => database.transaction().execute((it) => it.deleteFrom("claims").execute()),
  ]) {
    other.exec("begin immediate");
    const writing = write();
    // Long enough to be refused at least once.
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    other.exec("commit");
    await writing;
  }
  expect(await database.selectFrom("claims").selectAll().execute()).toEqual([]);
});
