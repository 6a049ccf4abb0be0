/** Questions that are asked behind another one, about the reports of a suite. */
import path from "node:path";
import * as v from "valibot";
import { sha256 } from "../../../src/bytes.ts";
import { parseReports } from "../../../src/parse/apart/parseFiles.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import type { Report } from "../../../src/report.ts";
import { readJsonLines } from "../../../test/support/jsonLines.ts";
import { groupBy } from "../measurements.ts";
import { goldOf } from "./suite.ts";

/** A line of followups.jsonl. */
const Line = v.object({
  id: v.string(),
  /** The folder of the report that it is asked about. */
  report: v.string(),
  /** What the same person asked before. */
  first: v.string(),
  question: v.string(),
  /** A `new-question` is complete in itself; of the others the report says something, or does not. */
  kind: v.picklist(["follow-up", "new-question", "follow-up-unanswered"]),
  /** The sentence of the report that answers it, and the words in it that do. */
  sentence: v.optional(v.string()),
  answer: v.optional(v.string()),
});

const FollowUpQuestion = v.pipe(
  Line,
  v.transform(({ sentence, answer, ...line }) => ({
    ...line,
    ...goldOf({ sentence, answer }),
    half: halfOf(line.id),
  })),
);

/** A question behind another one, and the half of all that it is in: one is learnt from, the other one only measures. */
export type FollowUpQuestion = v.InferOutput<typeof FollowUpQuestion>;

/** The halves of the questions. */
export const HALVES = ["learnt from", "kept back"] as const;

function halfOf(id: string): (typeof HALVES)[number] {
  return parseInt(sha256(id).slice(0, 8), 16) % 2 === 0 ? "learnt from" : "kept back";
}

/** A report, or what else lies in its folder, and the questions about it. */
interface FollowedReport {
  readonly reports: readonly Report[];
  readonly questions: readonly FollowUpQuestion[];
}

/**
 * Reads `followups.jsonl` in a suite's folder, and the reports.
 *
 * @throws {UserError} that names what cannot be used.
 */
export async function readFollowUps(folder: string): Promise<FollowedReport[]> {
  const all = await readJsonLines(path.join(folder, "followups.jsonl"), FollowUpQuestion);
  return Promise.all(
    groupBy(all, ({ report }) => report).map(async ([id, questions]) => {
      const { files } = await readReportFiles(path.join(folder, id));
      return { reports: (await parseReports(files)).reports, questions };
    }),
  );
}
