/** What people did with the answers; it must never be lost. */
import { prepareAnswers } from "./answers.ts";
import type { Answers } from "./answers.ts";
import { prepareAudit } from "./audit.ts";
import type { Audit } from "./audit.ts";
import { openDatabase } from "./database.ts";
import type { DatabaseOptions } from "./database.ts";
import { preparePeople } from "./people.ts";
import { prepareVotes } from "./votes.ts";
import type { Votes } from "./votes.ts";

/** The ledger, opened. What a method resolves for is on the disk. */
export interface Ledger {
  readonly answers: Answers;
  readonly votes: Votes;
  readonly audit: Audit;
  /** Removes what a user left: votes, and who asked the questions; how many rows. */
  forgetPerson(userId: string): Promise<number>;
  /** Forgets the questions that have been kept long enough; how many. */
  purge(now: number): Promise<number>;
  close(): Promise<void>;
}

export interface LedgerOptions extends DatabaseOptions {
  /** How long questions are kept, in days; 0 keeps none. */
  readonly retentionDays: number;
}

const MS_PER_DAY = 86_400_000;

/** In the place of somebody who is forgotten. */
const NOBODY = "";

/**
 * Opens the ledger.
 *
 * @throws {UserError} that names the folder or the setting.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { retentionDays } = options;
  const database = await openDatabase(options);
  const hashPerson = await preparePeople(database);
  const answers = prepareAnswers(database, hashPerson, retentionDays > 0);
  return {
    answers,
    votes: prepareVotes(database, hashPerson),
    audit: prepareAudit(database),
    forgetPerson: (userId) =>
      database.transaction().execute(async (transaction) => {
        const person = hashPerson(userId);
        const votes = await transaction
          .deleteFrom("votes")
          .where("voter", "=", person)
          .executeTakeFirst();
        const asked = await transaction
          .updateTable("answers")
          .set({ asker: NOBODY, question: null })
          .where("asker", "=", person)
          .executeTakeFirst();
        return Number(votes.numDeletedRows + asked.numUpdatedRows);
      }),
    purge: (now) => answers.forgetQuestions(now - retentionDays * MS_PER_DAY),
    close: () => database.destroy(),
  };
}
