/** The database is opened, also with a password apart from its address, or it is said why not. */
import path from "node:path";
import { writeFile } from "node:fs/promises";
import { inspect } from "node:util";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/ledger/database.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import { temporaryFolder } from "../support/folders.ts";
import { startPostgres } from "../support/postgres.ts";
import { runScript } from "../support/process.ts";
import { newDatabase } from "../support/shared.ts";

/** Characters that an address gives a meaning. */
const PASSWORD = "p@ss:/w%rd?#'\\ é";

let databaseUrl: string;
beforeAll(async () => {
  const address = await newDatabase();
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(
    `create role librarian login superuser password ${client.escapeLiteral(PASSWORD)}`,
  );
  await client.end();
  const url = new URL(address);
  url.username = "librarian";
  url.password = "";
  databaseUrl = url.href;
});

it("connects with a password of any characters, from a file", async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, "postgres_password");
  await writeFile(file, `${PASSWORD}\n`);
  const { code, stderr } = await runScript("ledger", ["export", path.join(folder, "ledger")], {
    env: { DATABASE_URL: databaseUrl, DATABASE_PASSWORD_FILE: file },
  });
  expect(stderr).toContain("has 0 entries");
  expect(code).toBe(0);
});

it("does not tell a password that is refused", async () => {
  const databasePassword = "not-the-password";
  const opening = openDatabase({ dataDir: "unused", databaseUrl, databasePassword });
  await expect(opening).rejects.toThrow("check the address, the password");
  const error: unknown = await opening.catch((it: unknown) => it);
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(databasePassword);
});

it("says soon that PostgreSQL is gone, and does not end the process", async () => {
  const server = await startPostgres();
  const databaseUrl = await server.newDatabase();
  const ledger = await openLedger({ dataDir: "unused", databaseUrl, retentionDays: 30 });
  expect(await ledger.claims.take("x", 1)).toBe(true);
  await server.stop();
  for (const name of ["y", "z"]) await expect(ledger.claims.take(name, 1)).rejects.toThrow();
  await ledger.close();
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
