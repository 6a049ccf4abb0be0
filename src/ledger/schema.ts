/** The ledger's tables. Times are milliseconds since 1970; people are keyed hashes, save in audit rows. */
import type { AuditEntry } from "./audit.ts";
import type { VoteReason } from "./votes.ts";

/** An answer that was shown. */
export interface AnswersTable {
  readonly id: string;
  /** The message that shows it; null until it is posted. */
  readonly message_id: string | null;
  /** Null outside of servers. */
  readonly guild_id: string | null;
  readonly channel_id: string;
  readonly asker: string;
  /** Null where questions are not kept, or no longer. */
  readonly question: string | null;
  readonly language: string;
  readonly state: "found" | "maybe" | "none";
  /** Passage ids, best first, with commas between them. */
  readonly passages: string;
  readonly at: number;
}

/** One person's opinion of one answer. */
export interface VotesTable {
  readonly message_id: string;
  readonly voter: string;
  readonly opinion: "up" | "down";
  readonly reason: VoteReason | null;
  readonly at: number;
}

/** A moderator's action. */
export interface AuditTable {
  readonly id: string;
  readonly at: number;
  readonly guild_id: string | null;
  /** The moderator's own id. */
  readonly actor: string;
  readonly action: AuditEntry["action"];
  readonly target: string;
}

/** What all processes share, such as the key of the hashes. */
export interface SecretsTable {
  readonly name: string;
  readonly value: string;
}

export interface Tables {
  readonly answers: AnswersTable;
  readonly votes: VotesTable;
  readonly audit: AuditTable;
  readonly secrets: SecretsTable;
}
