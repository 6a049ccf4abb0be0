/** What people did with the answers; it must never be lost. */
import { prepareAnswers } from "./answers.ts";
import type { Answers } from "./answers.ts";
import { prepareApprovals } from "./approvals.ts";
import type { Approvals } from "./approvals.ts";
import { prepareAudit } from "./audit.ts";
import type { Audit } from "./audit.ts";
import { prepareClaims } from "./claims.ts";
import type { Claims } from "./claims.ts";
import { openDatabase } from "./database.ts";
import type { DatabaseOptions } from "./database.ts";
import { summarise } from "./digest.ts";
import type { Digest } from "./digest.ts";
import { prepareGaps } from "./gaps.ts";
import type { Gaps } from "./gaps.ts";
import { prepareSettings } from "./guildSettings.ts";
import type { Settings } from "./guildSettings.ts";
import { preparePins } from "./pins.ts";
import type { Pins } from "./pins.ts";
import type { Entry } from "./portable/ledgerFile.ts";
import { exportLines, importEntries } from "./portable/transfer.ts";
import type { Imported } from "./portable/transfer.ts";
import { forgetPerson, prepareHashPerson, purge } from "./privacy.ts";
import { prepareVotes } from "./votes.ts";
import type { Votes } from "./votes.ts";

/** The ledger, opened. What a method resolves for is on the disk. */
export interface Ledger {
  readonly answers: Answers;
  readonly votes: Votes;
  readonly pins: Pins;
  readonly approvals: Approvals;
  readonly gaps: Gaps;
  readonly settings: Settings;
  readonly audit: Audit;
  readonly claims: Claims;
  /** Whether questions are kept at all. */
  readonly keepsQuestions: boolean;
  /** Sums up the answers of a server from `from` to `to` (exclusive). */
  digest(guild: string, time: { readonly from: number; readonly to: number }): Promise<Digest>;
  /** Removes what a user left: votes, and who asked what; how many rows. */
  forgetPerson(userId: string): Promise<number>;
  /** Forgets the questions that have been kept long enough; how many. */
  purge(now: number): Promise<number>;
  /** The approvals, gaps and settings as lines of a file. */
  exportLines(): Promise<string[]>;
  /** Puts entries of such a file into the ledger, all or none. */
  importEntries(entries: readonly Entry[]): Promise<Imported>;
  close(): Promise<void>;
}

export interface LedgerOptions extends DatabaseOptions {
  /** How long questions are kept, in days; 0 keeps none. */
  readonly retentionDays: number;
}

const MS_PER_DAY = 86_400_000;

/**
 * Opens the ledger.
 *
 * @throws {UserError} that names the folder or the setting.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { retentionDays } = options;
  const database = await openDatabase(options);
  const hashPerson = await prepareHashPerson(database);
  const keepsQuestions = retentionDays > 0;
  return {
    answers: prepareAnswers(database, hashPerson, keepsQuestions),
    votes: prepareVotes(database, hashPerson),
    pins: preparePins(database),
    approvals: prepareApprovals(database),
    gaps: prepareGaps(database, keepsQuestions),
    settings: prepareSettings(database),
    audit: prepareAudit(database),
    claims: prepareClaims(database),
    keepsQuestions,
    digest: (guild, time) => summarise(database, guild, time),
    forgetPerson: (userId) => forgetPerson(database, hashPerson(userId)),
    purge: (now) => purge(database, now - retentionDays * MS_PER_DAY),
    exportLines: () => exportLines(database),
    importEntries: (entries) => importEntries(database, entries),
    close: () => database.destroy(),
  };
}
