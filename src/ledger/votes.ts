/** 👍 and 👎: one opinion a person and answer, the last one counts. */
import type { Database } from "./database.ts";
import type { HashPerson } from "./privacy.ts";
import type { VoteReason } from "./schema.ts";

/** One person's opinion of one answer. */
export interface Vote {
  /** The id of the message with the answer. */
  readonly message: string;
  /** The id of the user. */
  readonly user: string;
  readonly opinion: "up" | "down";
  readonly reason?: VoteReason | undefined;
}

/** The votes for all answers. */
export interface Votes {
  /** Keeps a vote, in the place of the same user's earlier one; `same` if that said so already. */
  cast(vote: Vote, at: number): Promise<"cast" | "same">;
}

/** Votes in a database. */
export function prepareVotes(database: Database, hashPerson: HashPerson): Votes {
  return {
    cast: async ({ message, user, opinion, reason = null }, at) => {
      const changed = await database
        .insertInto("votes")
        .values({ message_id: message, voter: hashPerson(user), opinion, reason, at })
        .onConflict((conflict) =>
          conflict
            .columns(["message_id", "voter"])
            .doUpdateSet({ opinion, reason, at })
            .where((where) =>
              where.or([
                where("votes.opinion", "<>", opinion),
                where("votes.reason", "is distinct from", reason),
              ]),
            ),
        )
        .returning("voter")
        .executeTakeFirst();
      return changed ? "cast" : "same";
    },
  };
}
