/** What moderators approved as a test of the search: it has to find the passages by itself. */
import { createReadStream } from "node:fs";
import type { Config } from "../../../src/config.ts";
import { UserError } from "../../../src/errors.ts";
import { readLedgerFile } from "../../../src/ledger/portable/ledgerFile.ts";
import type { PortableApproval } from "../../../src/ledger/portable/ledgerFile.ts";
import { openProgram } from "../../../src/main.ts";
import type { Collection } from "../../../src/collections/collection.ts";
import type { Evaluation } from "./evaluation.ts";
import { share } from "../measurements.ts";

/** Passages that the search is asked for. */
const MAX_EXCERPTS = 10;

/** An approval, and where the search has its passage: from 1; undefined if it has not. */
interface Case {
  readonly approval: PortableApproval;
  readonly rank: number | undefined;
  /** Whether the passage still stands in the reports. */
  readonly isThere: boolean;
}

/** Asks the question of every approval of an exported ledger, without the approvals. */
export async function evaluateApprovals(config: Config, file: string): Promise<Evaluation> {
  const entries = await readLedgerFile(createReadStream(file, "utf8"));
  const approvals = entries.filter((it) => it.type === "approval");
  if (approvals.length === 0) throw new UserError(`${file} has no approvals to ask about.`);
  const collection = await openProgram({ config });
  const cases: Case[] = [];
  for (const approval of approvals) cases.push(await askFor(collection, approval));
  await collection.close();
  const there = cases.filter(({ isThere }) => isThere);
  const isAmong = (count: number): number =>
    share(there, ({ rank }) => rank !== undefined && rank <= count);
  const missed = there.filter(({ rank }) => rank !== 1);
  return {
    tables: [
      {
        title: "approvals",
        rows: [
          {
            name: "found by the search alone",
            values: {
              approved: cases.length,
              "still there": there.length,
              first: isAmong(1),
              "first three": isAmong(3),
            },
          },
        ],
      },
      {
        title: "not first",
        rows: missed.map(({ approval: { question }, rank }) => ({
          name: question,
          values: { rank: rank ?? "–" },
        })),
      },
    ],
  };
}

async function askFor(collection: Collection, approval: PortableApproval): Promise<Case> {
  const approved = await collection.lookup.resolve(approval.passages);
  const ids = new Set(approved.map((it) => it?.passage));
  const { excerpts } = await collection.ask(approval.question, { maxExcerpts: MAX_EXCERPTS });
  const at = excerpts.findIndex(({ passage }) => ids.has(passage));
  return { approval, rank: at < 0 ? undefined : at + 1, isThere: !ids.has(undefined) };
}
