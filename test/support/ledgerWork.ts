/** What writers do to a ledger, and how it is seen afterwards that it was done once. */
import type { Database } from "../../src/ledger/database.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";

/** Work of one kind: done under a name, and counted by it. */
interface Work {
  /** Does it; what it resolves for is acknowledged. */
  readonly perform: (ledger: Ledger, name: string) => Promise<unknown>;
  /** How often what was acknowledged is there: 1 is right. */
  readonly count: (database: Database, name: string) => Promise<number>;
}

const BY = { guild: "1", user: "2" };

const vectorOf = (key: string) => ({ key, language: "en", row: Int8Array.of(1, 2), space: "s" });
const passages = [{ id: "aaaaaaaa", words: "0".repeat(64) }];
const approvalOf = (name: string) => ({ question: name, vector: vectorOf(name), passages });
const answerOf = (name: string) => ({
  message: name,
  guild: BY.guild,
  channel: "3",
  asker: name,
  question: name,
  language: "en",
  state: "none" as const,
  passages: [],
});

/** The kinds of work, by name. */
export const WORKS: Readonly<Record<string, Work>> = {
  vote: {
    perform: ({ votes }, name) => votes.cast({ message: name, user: "4", opinion: "up" }, 1),
    count: async (database, name) =>
      (await database.selectFrom("votes").select("voter").where("message_id", "=", name).execute())
        .length,
  },
  gap: {
    perform: async ({ answers, gaps }, name) => {
      await answers.record(answerOf(name), 1);
      const occurrence = { guild: BY.guild, channel: "3", message: name, question: name };
      await gaps.recordOccurrence({ ...occurrence, vector: vectorOf(name), reason: "none" }, 1);
    },
    count: async (database, name) => {
      const gaps = await database
        .selectFrom("gaps")
        .innerJoin("answers", "answers.gap_id", "gaps.id")
        .select("gaps.count")
        .where("answers.message_id", "=", name)
        .execute();
      return gaps.reduce((sum, { count }) => sum + count, 0);
    },
  },
  approval: {
    perform: ({ approvals }, name) => approvals.approve(BY, approvalOf(name), 1),
    count: async (database, name) =>
      // The approval and its row in the audit: one without the other counts as nothing.
      (
        await database
          .selectFrom("approvals")
          .innerJoin("audit", "audit.target", "approvals.id")
          .select("audit.id")
          .where("approvals.key", "=", name)
          .execute()
      ).length,
  },
  claim: {
    perform: ({ claims }, name) => claims.take(name, 1),
    count: async (database, name) =>
      (await database.selectFrom("claims").select("at").where("name", "=", name).execute()).length,
  },
  pin: {
    perform: async ({ pins }, name) => {
      const pin = { channel: "3", source: name, passage: "aaaaaaaa", at: 1 };
      await pins.begin(pin);
      await pins.finish(pin, name);
    },
    count: async (database, name) =>
      (await database.selectFrom("pins").select("at").where("message_id", "=", name).execute())
        .length,
  },
};
