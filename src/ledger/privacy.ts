/** People's traces: users are hashes that only the ledger's own key can make again, and what they asked is forgotten. */
import { createHmac, randomBytes } from "node:crypto";
import type { Database } from "./database.ts";

/** The keyed hash of a user's id: 32 hexadecimal digits. */
export type HashPerson = (userId: string) => string;

const KEY_NAME = "people-key";
const KEY_BYTES = 32;
const HASH_CHARS = 32;

/** In the place of somebody who is forgotten. */
const NOBODY = "";

/** Prepares hashing with the database's key, which the first process makes. */
export async function prepareHashPerson(database: Database): Promise<HashPerson> {
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

/**
 * Removes a person's votes, and their name and words from what they asked; how many rows.
 *
 * @param person The hash of the user's id.
 */
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
    if (gaps.length > 0) await forgetGapsOfNobody(transaction, gaps);
    return Number(votes.numDeletedRows) + asked.length;
  });
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
    await forgetWaiters(transaction, gaps);
    return Number(numUpdatedRows) + gaps.length;
  });
}

/** A question that others asked too is theirs as well: it stays. */
async function forgetGapsOfNobody(transaction: Database, gaps: readonly string[]): Promise<void> {
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
  await forgetWaiters(transaction, forgotten);
}

async function forgetWaiters(
  transaction: Database,
  gaps: readonly { readonly id: string }[],
): Promise<void> {
  for (const { id } of gaps) {
    await transaction.deleteFrom("waiters").where("gap_id", "=", id).execute();
  }
}
