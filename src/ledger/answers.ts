/** The answers that were shown, and what they were asked. */
import type { Database } from "./database.ts";
import type { HashPerson } from "./privacy.ts";

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
  /** The approval that was shown. */
  readonly approval?: string | undefined;
}

/** The answers of all servers, and those outside of servers. */
export interface Answers {
  /** Keeps an answer; one that is kept already stays as it is. */
  record(answer: ShownAnswer, at: number): Promise<void>;
  /** What a message's answer was asked; undefined where that is not kept, or no longer. */
  questionOf(message: string): Promise<string | undefined>;
}

/** Answers in a database. Questions are left out where `keepsQuestions` is false. */
export function prepareAnswers(
  database: Database,
  hashPerson: HashPerson,
  keepsQuestions: boolean,
): Answers {
  return {
    record: async (answer, at) => {
      const { message, guild, channel, asker, question, language, state } = answer;
      await database
        .insertInto("answers")
        .values({
          message_id: message,
          guild_id: guild,
          channel_id: channel,
          asker: hashPerson(asker),
          question: keepsQuestions ? question : null,
          language,
          state,
          passages: answer.passages.join(","),
          approval_id: answer.approval ?? null,
          gap_id: null,
          at,
        })
        .onConflict((conflict) => conflict.column("message_id").doNothing())
        .execute();
    },
    questionOf: async (message) => {
      const row = await database
        .selectFrom("answers")
        .select("question")
        .where("message_id", "=", message)
        .executeTakeFirst();
      return row?.question ?? undefined;
    },
  };
}
