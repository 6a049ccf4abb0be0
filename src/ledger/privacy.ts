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

/** What is removed: of a person who asks for it, and of questions whose time is over. */

/** In the place of somebody who is forgotten. */
const NOBODY = "";

/** Removes a person's votes, and their name and words from what they asked; how many rows. */
export async function forgetPerson(database: Database, person: string): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const votes = await transaction
      .deleteFrom("votes")
      .where("voter", "=", person)
      .executeTakeFirst();
    const asked = await transaction
      .updateTable("answers")
      .set({ asker: NOBODY, question: null })
      .where("asker", "=", person)
      .returning("gap_id")
      .execute();
    const gaps = asked.flatMap(({ gap_id: id }) => (id === null ? [] : [id]));
    await forgetGapsOfNobody(transaction, gaps);
    return Number(votes.numDeletedRows) + asked.length;
  });
}

/** A question that others asked too is theirs as well: it stays. */
async function forgetGapsOfNobody(transaction: Database, gaps: readonly string[]): Promise<void> {
  if (gaps.length === 0) return;
  const forgotten = await transaction
    .deleteFrom("gaps")
    .where("id", "in", gaps)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("answers")
            .select("answers.message_id")
            .whereRef("answers.gap_id", "=", "gaps.id")
            .where("answers.asker", "<>", NOBODY),
        ),
      ),
    )
    .returning("id")
    .execute();
  if (forgotten.length === 0) return;
  await transaction
    .deleteFrom("waiters")
    .where(
      "gap_id",
      "in",
      forgotten.map(({ id }) => id),
    )
    .execute();
}

/** Forgets the questions from before a time, those of gaps that were not asked since as well; how many. */
export async function purge(database: Database, before: number): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("answers")
      .set({ question: null })
      .where("at", "<", before)
      .where("question", "is not", null)
      .executeTakeFirst();
    const gaps = await transaction
      .deleteFrom("gaps")
      .where("last_at", "<", before)
      .returning("id")
      .execute();
    for (const { id } of gaps) {
      await transaction.deleteFrom("waiters").where("gap_id", "=", id).execute();
    }
    return Number(numUpdatedRows) + gaps.length;
  });
}
