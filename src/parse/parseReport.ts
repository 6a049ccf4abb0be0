import type { Report } from "../report.ts";
import { UserError } from "../errors.ts";
import { isCitable } from "../report.ts";
import { readMarkdown } from "./formats/markdown.ts";
import { readPassages } from "./passages.ts";
import { readStructure } from "./formats/plainText.ts";
import { cleanText } from "./clean/clean.ts";
import { decodeText } from "./decode.ts";
import type { ReportFile } from "./reportFiles.ts";

/** A report's clean text and what is known of its file. */
export interface ReportText {
  /** The file's name without its ending. */
  readonly id: string;
  readonly format: "text" | "markdown";
  /** As {@link cleanText} gives it. */
  readonly text: string;
}

/** Reads a clean text into its title, sections, blocks, sentences and passages. A blank text has none of them. */
export function readReport({ id, format, text }: ReportText): Report {
  const { blocks, sections } = format === "markdown" ? readMarkdown(text) : readStructure(text);
  const title = blocks.find(({ kind }) => kind === "title")?.span;
  return {
    id,
    title: title ? text.slice(title.start, title.end) : id,
    text,
    blocks,
    sections,
    ...readPassages(id, text, blocks),
  };
}

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
