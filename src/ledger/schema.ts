/** The ledger's tables. Times are milliseconds since 1970; people are keyed hashes, save in audit rows. */
import type { QuestionVector } from "../ask/similarQuestions.ts";

/** Why an answer is found bad. */
export const VOTE_REASONS = ["wrong", "incomplete", "unanswered", "other"] as const;
export type VoteReason = (typeof VOTE_REASONS)[number];

/** Why a question counts as a gap: what the search said, or that somebody found the answer bad. */
export const GAP_REASONS = ["none", "maybe", "down"] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** What became of it: a passage was approved, moderators found that the report has no answer, or it is no question for the report. */
export const GAP_STATES = ["open", "approved", "absent", "dismissed"] as const;
export type GapState = (typeof GAP_STATES)[number];
export type SettledState = Exclude<GapState, "open">;

/** What a moderator can do. */
export type AuditAction =
  "pin" | "unpin" | "approve" | "edit" | "remove" | "absent" | "dismiss" | "settings";

/** An answer that was shown. */
interface AnswersTable {
  readonly message_id: string;
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
  /** What moderators approved, where that was shown. */
  readonly approval_id: string | null;
  /** The gap that it is counted in. */
  readonly gap_id: string | null;
  readonly at: number;
}

/** One person's opinion of one answer. */
interface VotesTable {
  readonly message_id: string;
  readonly voter: string;
  readonly opinion: "up" | "down";
  readonly reason: VoteReason | null;
  readonly at: number;
}

/** A pinned answer: one a channel, source and passage. */
interface PinsTable {
  readonly channel_id: string;
  /** The message whose answer was pinned. */
  readonly source_id: string;
  readonly passage: string;
  /** The message that is pinned; null while it is being posted. */
  readonly message_id: string | null;
  readonly at: number;
}

/** What a question is compared by, in columns. */
interface QuestionColumns {
  /** Its words, folded. */
  readonly key: string;
  readonly language: string;
  /** Its centred vector, Int8 in base64; empty until it is made. */
  readonly vector: string;
  /** What the vector was made with; empty until it is made. */
  readonly space: string;
}

/** A server's question; one a server and key. */
interface QuestionRow extends QuestionColumns {
  readonly id: string;
  readonly guild_id: string;
  readonly question: string;
}

/** A question and the passages that answer it. */
export interface ApprovalsTable extends QuestionRow {
  /** `[{"id":…,"words":…}]`, best first. */
  readonly passages: string;
  readonly note: string | null;
  /** 1 once it was removed. */
  readonly removed: number;
  /** The server's count of changes when this row was last changed. */
  readonly revision: number;
  readonly at: number;
}

/** A question that was not answered well. */
export interface GapsTable extends QuestionRow {
  readonly reason: GapReason;
  readonly state: GapState;
  /** How often it was asked. */
  readonly count: number;
  /** The first message that showed it. */
  readonly channel_id: string;
  readonly message_id: string;
  /** Where moderators were asked; null until they were. */
  readonly post_channel_id: string | null;
  readonly post_id: string | null;
  readonly first_at: number;
  readonly last_at: number;
}

/** A message whose readers are told when its gap is settled. */
interface WaitersTable {
  readonly message_id: string;
  readonly channel_id: string;
  readonly gap_id: string;
}

/** What a server has set, and how often its approvals were changed. */
interface SettingsTable {
  readonly guild_id: string;
  readonly moderator_role: string | null;
  readonly moderator_channel: string | null;
  readonly revision: number;
}

/** A moderator's action. */
interface AuditTable {
  readonly id: string;
  readonly at: number;
  readonly guild_id: string | null;
  /** The moderator's own id. */
  readonly actor: string;
  readonly action: AuditAction;
  readonly target: string;
}

/** What is done once, by whichever process takes it first. */
interface ClaimsTable {
  readonly name: string;
  readonly at: number;
  /** The process that has it, see owner.ts; null where it does not matter. */
  readonly owner: string | null;
  /** With which Discord takes the answer, until it is given. */
  readonly token: string | null;
  readonly locale: string | null;
}

/** What all processes share, such as the key of the hashes. */
interface SecretsTable {
  readonly name: string;
  readonly value: string;
}

/** All tables, by their names. */
export interface Tables {
  readonly answers: AnswersTable;
  readonly votes: VotesTable;
  readonly pins: PinsTable;
  readonly approvals: ApprovalsTable;
  readonly gaps: GapsTable;
  readonly waiters: WaitersTable;
  readonly settings: SettingsTable;
  readonly audit: AuditTable;
  readonly claims: ClaimsTable;
  readonly secrets: SecretsTable;
}

/** A question's vector as columns. */
export function toColumns({ key, language, row, space }: QuestionVector): QuestionColumns {
  return { key, language, vector: Buffer.from(row).toString("base64"), space };
}

/** A question's vector from its columns; without values where it is not made yet. */
export function fromColumns({ key, language, vector, space }: QuestionColumns): QuestionVector {
  return { key, language, row: new Int8Array(Buffer.from(vector, "base64")), space };
}
