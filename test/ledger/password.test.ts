/** PostgreSQL's password reaches it apart from its address. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { inspect } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "../../src/ledger/database.ts";
import { temporaryFolder } from "../support/folders.ts";
import { startPostgres } from "../support/postgres.ts";
import type { Postgres } from "../support/postgres.ts";
import { runScript } from "../support/process.ts";

/** Characters that an address gives a meaning. */
const PASSWORD = "p@ss:/w%rd?#'\\ é";

let postgres: Postgres;
let databaseUrl: string;
beforeAll(async () => {
  postgres = await startPostgres();
  const address = await postgres.newDatabase();
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(
    `create role librarian login superuser password ${client.escapeLiteral(PASSWORD)}`,
  );
  await client.end();
  databaseUrl = address.replace("verbatim:verbatim@", "librarian@");
});
afterAll(() => postgres.stop());

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
