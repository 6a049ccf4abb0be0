import { UserError } from "../errors.ts";
import type { Report } from "../report.ts";
import { isCitable } from "../text/citable.ts";
import { cleanText } from "../text/clean.ts";
import { decodeText } from "../text/decode.ts";
import { readReport } from "../text/readReport.ts";
import type { ReportFile } from "./reportFiles.ts";

/**
 * Decodes, cleans and reads a report file.
 *
 * @throws {UserError} if the file is no text or holds no sentence.
 */
export function parseReportFile(file: ReportFile): Report {
  const { text } = cleanText(decodeText(file.bytes, file.path));
  const report = readReport({ id: file.id, format: file.format, text });
  if (!report.passages.some(({ block }) => isCitable(report.blocks[block]?.kind ?? "paragraph"))) {
    throw new UserError(
      `The report ${file.path} holds no sentence: put its text there, or remove it.`,
    );
  }
  return report;
}
