/** People as the ledger knows them: hashes that only its own key can make again. */
import { createHmac, randomBytes } from "node:crypto";
import type { Database } from "./database.ts";

/** The keyed hash of a user's id: 32 hexadecimal digits. */
export type HashPerson = (userId: string) => string;

const KEY_NAME = "people-key";
const KEY_BYTES = 32;
const HASH_CHARS = 32;

/** Prepares hashing with the database's key, which the first process makes. */
export async function preparePeople(database: Database): Promise<HashPerson> {
  const made = { name: KEY_NAME, value: randomBytes(KEY_BYTES).toString("hex") };
  await database
    .insertInto("secrets")
    .values(made)
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { value } = await database
    .selectFrom("secrets")
    .select("value")
    .where("name", "=", KEY_NAME)
    .executeTakeFirstOrThrow();
  return (userId) => createHmac("sha256", value).update(userId).digest("hex").slice(0, HASH_CHARS);
}
