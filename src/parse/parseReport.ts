/** A report's file -> its report: bytes, clean text, parts, sections, sentences and what of them is cited together. */
import { UserError } from "../errors.ts";
import type { Report } from "../report.ts";
import { isCitable } from "../report.ts";
import { cleanText } from "./clean/clean.ts";
import { decodeText } from "./decode.ts";
import { readMarkdown } from "./formats/markdown.ts";
import { readPlainText } from "./formats/plainText.ts";
import { outlineOf } from "./outline.ts";
import type { Document } from "./outline.ts";
import { readPassages } from "./passages.ts";
import type { ReportFile } from "./reportFiles.ts";

/** How a file of each format becomes a clean text and its parts. */
const FORMATS: Readonly<Record<ReportFile["format"], (file: ReportFile) => Document>> = {
  text: (file) => readPlainText(cleanTextOf(file)),
  markdown: (file) => readMarkdown(cleanTextOf(file)),
};

function cleanTextOf({ bytes, path }: ReportFile): string {
  return cleanText(decodeText(bytes, path)).text;
}

/**
 * Reads a report file.
 *
 * @throws {UserError} if the file is no text or holds no sentence.
 */
export function parseReport(file: ReportFile): Report {
  const document = FORMATS[file.format](file);
  const report = readReport(file.id, document);
  if (!report.blocks.some(({ kind }) => isCitable(kind))) {
    throw new UserError(
      `The report ${file.path} holds no sentence: put its text there, or remove it.`,
    );
  }
  return report;
}

/** Reads a document into its title, sections, blocks, sentences and passages. A blank one has none of them: its id is its title. */
export function readReport(id: string, document: Document): Report {
  const { title, blocks, sections } = outlineOf(document);
  const cited = readPassages(id, document.text, blocks);
  return { id, title: title ?? id, text: document.text, blocks, sections, ...cited };
}
