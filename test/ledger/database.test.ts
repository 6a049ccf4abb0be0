/** PostgreSQL's password reaches it apart from its address. */
import path from "node:path";
import { writeFile } from "node:fs/promises";
import { inspect } from "node:util";
import pg from "pg";
import { beforeAll, expect, it } from "vitest";
import { openDatabase } from "../../src/ledger/database.ts";
import { temporaryFolder } from "../support/folders.ts";
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
