/** A report's file -> its report: bytes, text, parts, sections, sentences and what of them is cited together. */
import { UserError } from "../errors.ts";
import type { Report } from "../report.ts";
import { isCitable } from "../report.ts";
import { cleanText } from "./clean/clean.ts";
import { decodeText } from "./decode.ts";
import { readPlainText } from "./formats/plainText.ts";
import { outlineOf } from "./outline.ts";
import type { Document, LeftOut } from "./outline.ts";
import { readPassages } from "./passages.ts";
import type { Format, ReportFile } from "./reportFiles.ts";

/** How a file of each format becomes a text and its parts. What few reports need is loaded when one does. */
const FORMATS: Readonly<Record<Format, (file: ReportFile) => Document | Promise<Document>>> = {
  text: (file) => readPlainText(cleanTextOf(file)),
  markdown: async (file) =>
    (await import("./formats/markdown.ts")).readMarkdown(cleanTextOf(file), file.path),
  html: async (file) => (await import("./formats/html/readHtml.ts")).readHtml(file),
  docx: async (file) => (await import("./formats/docx/readDocx.ts")).readDocx(file),
  pdf: async (file) => (await import("./formats/pdf/pdf.ts")).readPdf(file),
  table: async (file) => (await import("./formats/cellTable.ts")).readTableFile(file),
};

const CLEANED = new Set<Format>(["text", "markdown"]);

/** Whether the damage of scraping is cleaned from files of this format: the others are no texts, or have a look of their own. */
export function isCleaned(format: Format): boolean {
  return CLEANED.has(format);
}

function cleanTextOf({ bytes, path }: ReportFile): string {
  return cleanText(decodeText(bytes, path)).text;
}

/** A report, and what of its file is not in it. */
export interface Parsed {
  readonly report: Report;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Reads a report file.
 *
 * @throws {UserError} if it cannot be read or holds no sentence; the message names the file.
 */
export async function parseReport(file: ReportFile): Promise<Parsed> {
  const document = await FORMATS[file.format](file);
  const { leftOut = [] } = document;
  const report = readReport(file.id, document);
  if (!report.blocks.some(({ kind }) => isCitable(kind))) {
    const why = leftOut[0]?.why;
    throw new UserError(
      `The report ${file.path} holds no sentence${why === undefined ? "" : ` (${why})`}: put its text there, or remove it.`,
    );
  }
  return { report, leftOut };
}

/** Reads a document into its title, sections, blocks, sentences and passages. A blank one has none of them: its id is its title. */
export function readReport(id: string, document: Document): Report {
  const { text, front = {}, pages = [] } = document;
  const { title, blocks, sections } = outlineOf(document);
  const cited = readPassages(id, text, blocks);
  return { id, title: title ?? id, text, front, pages, blocks, sections, ...cited };
}
