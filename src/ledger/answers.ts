/** The answers that were shown, and what they were asked. */
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";
import type { HashPerson } from "./people.ts";

/** An answer as it is shown. */
export interface ShownAnswer {
  /** The message that shows it. */
  readonly message: string;
  /** Null outside of servers. */
  readonly guild: string | null;
  readonly channel: string;
  /** The id of the user who asked. */
  readonly asker: string;
  readonly question: string;
  readonly language: string;
  readonly state: "found" | "maybe" | "none";
  /** Passage ids, best first. */
  readonly passages: readonly string[];
}

export interface Answers {
  /** Keeps an answer; one that is kept already stays as it is. */
  record(answer: ShownAnswer, at: number): Promise<void>;
  /** Forgets the questions of answers that are older than `before`; how many. */
  forgetQuestions(before: number): Promise<number>;
}

/** Answers in a database. Questions are left out where `keepsQuestions` is false. */
export function prepareAnswers(
  database: Database,
  hashPerson: HashPerson,
  keepsQuestions: boolean,
): Answers {
  return {
    record: async ({ message, guild, channel, asker, question, language, state, passages }, at) => {
      await database
        .insertInto("answers")
        .values({
          id: newId(),
          message_id: message,
          guild_id: guild,
          channel_id: channel,
          asker: hashPerson(asker),
          question: keepsQuestions ? question : null,
          language,
          state,
          passages: passages.join(","),
          at,
        })
        .onConflict((conflict) => conflict.column("message_id").doNothing())
        .execute();
    },
    forgetQuestions: async (before) => {
      const { numUpdatedRows } = await database
        .updateTable("answers")
        .set({ question: null })
        .where("at", "<", before)
        .where("question", "is not", null)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}
