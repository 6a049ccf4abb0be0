/** PDF files: text by its position on the page. */
import { UserError } from "../../../errors.ts";
import type { Document, LeftOut } from "../../outline.ts";
import type { ReportFile } from "../../reportFiles.ts";
import { rejoined } from "./flow.ts";
import { frontOf } from "./pdfFront.ts";
import { wordsOf } from "./joinLines.ts";
import { bodyOf, kindsOf } from "./kinds.ts";
import { layOut, leadingOf, linesOf } from "./layout.ts";
import { LINK, paragraphsOf } from "./pageParagraphs.ts";
import { loadPdf } from "./pdfjs.ts";
import type { PdfFile } from "./source.ts";
import { writeDocument } from "./write.ts";

/**
 * Reads a PDF file that has a text layer.
 *
 * @throws {UserError} if it is encrypted or damaged, or no page has text.
 */
export async function readPdf(file: ReportFile): Promise<Document> {
  const pdf = await loadPdf(file);
  if (pdf.pages.every(({ items }) => items.length === 0)) {
    throw new UserError(
      `The report ${file.path} has no text on ${pagesInWords(pdf.count)}; it may be a scan: run text recognition (OCR) over it first.`,
    );
  }
  const layout = layOut(pdf.pages);
  const lines = linesOf(layout);
  const isWord = wordsOf(lines.flat().map(({ text }) => text));
  const setting = { leadingOf: leadingOf(lines) };
  const paragraphs = layout.columns.flatMap((it) =>
    paragraphsOf(it.elements, { ...it, ...setting }),
  );
  const told = kindsOf(paragraphs, pdf.bookmarks, isWord);
  const links = told.flatMap((it) => (it.kind === "paragraph" && LINK.test(it.text) ? [it] : []));
  const blocks = rejoined(
    told.filter((it) => !links.some((link) => link === it)),
    isWord,
  );
  const leftOut = [
    ...unreadOf(pdf),
    ...layout.leftOut,
    ...links.map(({ text }) => ({ text, why: "link" })),
  ];
  const front = frontOf(blocks, bodyOf(paragraphs), pdf);
  return writeDocument({ blocks, front, leftOut }, { count: pdf.count, labels: pdf.labels });
}

function pagesInWords(count: number): string {
  if (count <= 2) return count === 1 ? "page 1" : "pages 1 and 2";
  return `any of its pages 1 to ${count}`;
}

/** Pages of which nothing is read. */
function unreadOf({ pages, damaged }: PdfFile): LeftOut[] {
  const blank = pages.filter(({ items }) => items.length === 0).map(({ number }) => number);
  return [
    ...damaged.map((page) => ({ page, why: `page ${page} cannot be read; it is damaged` })),
    ...blank.map((page) => ({ page, why: `page ${page} has no text; it may be a scan` })),
  ]
    .sort((a, b) => a.page - b.page)
    .map(({ why }) => ({ text: "", why }));
}
