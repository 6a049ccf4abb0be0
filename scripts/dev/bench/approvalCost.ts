/** What ten thousand approvals cost an answer. */
import type { Config } from "../../../src/config.ts";
import { openDatabase } from "../../../src/ledger/database.ts";
import { openLedger } from "../../../src/ledger/ledger.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { seededRandom } from "../../../test/support/seed.ts";
import { measured, median } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { openUnread } from "./readingSpeed.ts";

const APPROVALS = 10_000;
const GUILD = "1";
const ROUNDS = 10;

/** Rows of one statement: SQLite takes so many values and no more. */
const ROWS_AT_ONCE = 500;

/** Asks each question with and without the approvals, in turn, and reads nothing; vectors are random, questions others than those asked. */
export function measureApprovals(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  return inTemporaryFolder(async (dataDir) => {
    const collection = await openUnread(config);
    const ledger = await openLedger({ dataDir, retentionDays: 1 });
    try {
      const { row } = await collection.vectorOf("a question");
      await fill(dataDir, collection.space, row.length);
      const approved = () => ledger.approvals.approvedIn(GUILD);
      const started = performance.now();
      await approved();
      const firstReadMs = performance.now() - started;
      const without: number[] = [];
      const withAll: number[] = [];
      for (const question of Array.from({ length: ROUNDS }, () => questions).flat()) {
        const before = performance.now();
        await collection.ask(question, { maxExcerpts: 10 });
        const between = performance.now();
        await collection.ask(question, { maxExcerpts: 10, approved });
        without.push(between - before);
        withAll.push(performance.now() - between);
      }
      const [withMs, withoutMs] = [median(withAll), median(without)];
      const name = "10,000 approvals";
      return [
        measured(`${name}: an answer, p50`, withMs, "ms"),
        measured(`${name}: an answer without them, p50`, withoutMs, "ms"),
        measured(`${name}: added to an answer, p50`, withMs - withoutMs, "ms", { atMost: 1 }),
        measured(`${name}: read for the first time`, firstReadMs, "ms"),
      ];
    } finally {
      await ledger.close();
      await collection.close();
    }
  });
}

async function fill(dataDir: string, space: string, dimensions: number): Promise<void> {
  const random = seededRandom();
  const database = await openDatabase({ dataDir });
  const rows = Array.from({ length: APPROVALS }, (_, i) => ({
    id: `approval${i}`,
    guild_id: GUILD,
    question: `question ${i}`,
    key: `question ${i}`,
    language: "zh",
    vector: Buffer.from(
      Int8Array.from({ length: dimensions }, () => Math.floor(255 * random()) - 127),
    ).toString("base64"),
    space,
    passages: JSON.stringify([{ id: "aaaaaaaa", words: "none" }]),
    note: null,
    removed: 0,
    revision: 1,
    at: i,
  }));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await database
      .insertInto("approvals")
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .execute();
  }
  await database
    .insertInto("settings")
    .values({ guild_id: GUILD, moderator_role: null, moderator_channel: null, revision: 1 })
    .execute();
  await database.destroy();
}
