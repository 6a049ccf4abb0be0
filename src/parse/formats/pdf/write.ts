/** What was read of a PDF file -> a document. */
import type { Page, Span } from "../../../report.ts";
import type { Document, LeftOut, Part } from "../../outline.ts";
import { withoutMarker } from "../lineKinds.ts";
import type { Front } from "./pdfFront.ts";
import type { Break, Kinded } from "./kinds.ts";

/** A file's pages: the number of the last one, and what is printed on each. */
interface Pages {
  readonly count: number;
  readonly labels: readonly string[] | undefined;
}

/** What a document is made of. */
interface Content {
  readonly blocks: readonly Kinded[];
  readonly front: Front;
  readonly leftOut: readonly LeftOut[];
}

/** Writes the blocks one below the other. */
export function writeDocument({ blocks, front, leftOut }: Content, pages: Pages): Document {
  const lines: string[] = [];
  const parts: Part[] = [];
  const breaks: Break[] = [];
  let end = -1;
  const write = (text: string): Span => {
    const start = end + 1;
    lines.push(text);
    end = start + text.length;
    return { start, end };
  };
  for (const block of withOneTitle(blocks, front)) {
    breaks.push({ at: end + 1, page: block.page });
    if (block.kind === "table") {
      parts.push(...rowsOf(block.rows.map(({ cells }) => write(cells.join("\t")))));
      continue;
    }
    breaks.push(...block.breaks.map(({ at, page }) => ({ at: end + 1 + at, page })));
    parts.push(partOf(block, front, write(block.text)));
  }
  const text = lines.join("\n");
  return {
    text,
    parts: parts.map((it) =>
      it.kind === "item" ? { ...it, span: withoutMarker(text, it.span) } : it,
    ),
    pages: pagesOf(breaks, pages),
    leftOut,
    front: front.said,
  };
}

/** A title that is several blocks long becomes one. */
function withOneTitle(blocks: readonly Kinded[], { title }: Front): Kinded[] {
  const [first, ...others] = title;
  const text = title.map((it) => it.text).join(" ");
  const rest = new Set<Kinded>(others);
  return blocks
    .filter((it) => !rest.has(it))
    .map((it) => (it === first ? { ...it, text, is: { kind: "title" } } : it));
}

function partOf(block: Exclude<Kinded, { kind: "table" }>, { bylines }: Front, span: Span): Part {
  return bylines.has(block) ? { kind: "byline", span } : { ...block.is, span };
}

/** The first row of a table holds the heads of its columns. */
function rowsOf([head, ...rows]: readonly Span[]): Part[] {
  if (head === undefined) return [];
  return [
    { kind: "row", span: head },
    ...rows.map((span): Part => ({ kind: "row", span, columns: head })),
  ];
}

/** Where each page begins; one without text begins where the next one does. */
function pagesOf(breaks: readonly Break[], { count, labels }: Pages): Page[] {
  const pages: Page[] = [];
  for (let number = 1; number <= count; number++) {
    const start = breaks.find(({ page }) => page >= number)?.at;
    if (start === undefined) break;
    const label = labels?.[number - 1] ?? "";
    pages.push({ start, number, ...(label !== "" && label !== String(number) ? { label } : {}) });
  }
  return pages;
}
