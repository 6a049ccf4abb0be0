/** PDF files: text by position. */
import { UserError } from "../../../errors.ts";
import type { Page } from "../../../report.ts";
import type { Document, LeftOut, Part } from "../../outline.ts";
import type { ReportFile } from "../../reportFiles.ts";
import { columnsOf } from "./columns.ts";
import { rejoined } from "./flow.ts";
import { rowsOf } from "./fragments.ts";
import { frontOf } from "./front.ts";
import { withoutFurniture } from "./furniture.ts";
import { joinLines, wordsOf } from "./joinLines.ts";
import { bodyOf, kindOf } from "./kinds.ts";
import type { Kinded } from "./kinds.ts";
import { paragraphsOf } from "./paragraphs.ts";
import { loadPdf } from "./pdfjs.ts";
import type { PdfFile } from "./pdfjs.ts";
import { sheetsOf } from "./sheets.ts";
import { elementsOf } from "./tables.ts";

/**
 * Reads a PDF file that has a text layer.
 *
 * @throws {UserError} if it is encrypted or damaged, or no page has text.
 */
export async function readPdf(file: ReportFile): Promise<Document> {
  const pdf = await loadPdf(file);
  if (pdf.pages.every(({ items }) => items.length === 0)) {
    throw new UserError(
      `The report ${file.path} has no text; it may be a scan: run text recognition (OCR) over it first.`,
    );
  }
  const { blocks, leftOut } = blocksOf(pdf);
  return documentOf(pdf, blocks, leftOut);
}

function blocksOf(pdf: PdfFile): { blocks: Kinded[]; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [
    ...pdf.damaged.map((page) => ({
      text: "",
      why: `page ${page} cannot be read; the file is damaged there`,
    })),
    ...pdf.pages
      .filter(({ items }) => items.length === 0)
      .map(({ number }) => ({ text: "", why: `page ${number} has no text; it may be a scan` })),
  ];
  const sheets = pdf.pages.flatMap((page) => sheetsOf(page).slice(0, 1));
  const bare = withoutFurniture(
    sheets.map((it) => ({ page: it.page, height: it.height, rows: rowsOf(it) })),
  );
  leftOut.push(...bare.leftOut);
  let column = 0;
  const columns = bare.pages.flatMap(({ page, rows }) =>
    columnsOf(rows.flatMap((it) => it.fragments)).map((it) => ({
      page,
      column: column++,
      elements: elementsOf(it),
    })),
  );
  const lines = columns.flatMap(({ elements }) =>
    elements.flatMap((it) => (it.kind === "line" ? [it.line] : [])),
  );
  const leadingOf = leadings(
    columns.map(({ elements }) => elements.flatMap((it) => (it.kind === "line" ? [it.line] : []))),
  );
  const isWord = wordsOf(lines.map(({ text }) => text));
  const paragraphs = columns.flatMap(({ elements, ...it }) =>
    paragraphsOf(elements, { ...it, leadingOf }),
  );
  const look = {
    body: bodyOf(paragraphs.filter((it) => it.kind === "paragraph")),
    bookmarks: pdf.bookmarks,
    fonts: pdf.fonts,
  };
  const told = paragraphs.map((it): Kinded => {
    if (it.kind === "table") return it;
    const text = joinLines(
      it.lines.map((line) => line.text),
      isWord,
    );
    return { ...it, text, is: kindOf(it, text, look) };
  });
  return { blocks: rejoined(told, isWord), leftOut };
}

/** The usual distance of base lines by size: what a third of the lines keep to. */
function leadings(
  columns: readonly (readonly { readonly y: number; readonly size: number }[])[],
): (size: number) => number {
  const gaps = new Map<number, number[]>();
  const ratios: number[] = [];
  for (const lines of columns) {
    lines.forEach(({ y, size }, i) => {
      const last = lines[i - 1];
      if (!last || Math.abs(last.size - size) > 0.3) return;
      const gap = y - last.y;
      if (gap <= 0.5 * size || gap > 3 * size) return;
      const key = Math.round(size);
      gaps.set(key, [...(gaps.get(key) ?? []), gap]);
      ratios.push(gap / size);
    });
  }
  const low = (of: number[]): number | undefined =>
    of.sort((a, b) => a - b)[Math.floor(of.length * 0.3)];
  const usual = low(ratios) ?? 1.2;
  const known = new Map(
    [...gaps].filter(([, of]) => of.length >= 5).map(([size, of]) => [size, low(of) ?? 0]),
  );
  return (size) => known.get(Math.round(size)) ?? usual * size;
}

function documentOf(
  pdf: PdfFile,
  blocks: readonly Kinded[],
  leftOut: readonly LeftOut[],
): Document {
  const body = bodyOf(blocks.filter((it) => it.kind === "paragraph"));
  const front = frontOf(blocks, body);
  let text = "";
  const parts: Part[] = [];
  const pages: Page[] = [];
  const write = (words: string): { start: number; end: number } => {
    const start = text.length === 0 ? 0 : text.length + 1;
    text += (text.length === 0 ? "" : "\n") + words;
    return { start, end: start + words.length };
  };
  const titled = blocks.filter((it) => front.title.has(it));
  for (const block of blocks) {
    const start = text.length === 0 ? 0 : text.length + 1;
    for (const { number } of pdf.pages) {
      if (number <= block.page && number > (pages.at(-1)?.number ?? 0)) {
        const label = pdf.labels?.[number - 1];
        pages.push({
          start,
          number,
          ...(label !== undefined && label !== String(number) && label !== "" ? { label } : {}),
        });
      }
    }
    if (block.kind === "table") {
      const [head, ...rows] = block.rows.map(({ cells }) => write(cells.join("\t")));
      if (head)
        parts.push(
          { kind: "row", span: head },
          ...rows.map((span): Part => ({ kind: "row", span, columns: head })),
        );
    } else if (titled.length > 0 && block === titled[0]) {
      parts.push({
        kind: "title",
        span: write(titled.map((it) => (it.kind === "table" ? "" : it.text)).join(" ")),
      });
    } else if (!front.title.has(block)) {
      const span = write(block.text);
      parts.push(front.bylines.has(block) ? { kind: "byline", span } : { ...block.is, span });
    }
  }
  return { text, parts, pages, leftOut };
}
