/** Rows of a table as a table: each row a passage, below the heads of its columns. Pure. */
import type { Span } from "../report.ts";
import { sliceOf } from "../text/spans.ts";
import { escapeHtml } from "./html.ts";
import { marksWithin, wholeBlock } from "./passageMarkup.ts";
import type { Draft } from "./passageMarkup.ts";

/** The rows [from, to), indices into the report's blocks, which stand below the same heads. */
export function tableOf(draft: Draft, from: number, to: number): string {
  const { blocks } = draft.report;
  const heads = blocks[from]?.columns ?? blocks[from + 1]?.columns;
  const isHeads = heads !== undefined && blocks[from]?.span.start === heads.start;
  const head = heads === undefined ? "" : headOf(draft, heads, isHeads ? from : undefined);
  let body = "";
  for (let row = isHeads ? from + 1 : from; row < to; row++) body += rowOf(draft, row, "td");
  return `<div class="t"><table>${head}${body === "" ? "" : `<tbody>${body}</tbody>`}</table></div>`;
}

/** Where the heads are no passage of the report, they are shown all the same. */
function headOf(draft: Draft, heads: Span, row: number | undefined): string {
  if (row !== undefined) return `<thead>${rowOf(draft, row, "th")}</thead>`;
  const cells = cellsOf(sliceOf(draft.report.text, heads));
  return `<thead><tr>${cells.map((cell) => cellOf(cell, "th", "")).join("")}</tr></thead>`;
}

function rowOf(draft: Draft, row: number, tag: "td" | "th"): string {
  const block = draft.report.blocks[row];
  if (block === undefined) return "";
  const { id, marks, controls } = wholeBlock(draft, row);
  const allMarks = marks + marksWithin(draft, block);
  const cells = cellsOf(sliceOf(draft.report.text, block.span));
  const shown = cells.map((cell, i) => {
    const [before, behind] = [i === 0 ? allMarks : "", i === cells.length - 1 ? controls : ""];
    return cellOf(cell, tag, behind, before);
  });
  return `<tr class="s" id="${id}">${shown.join("")}</tr>`;
}

/** A head without a word heads nothing. */
function cellOf(cell: string, tag: "td" | "th", behind: string, before = ""): string {
  const scoped = tag === "th" && cell !== "" ? 'th scope="col"' : "td";
  return `<${scoped}>${before}${escapeHtml(cell)}${behind}</${scoped.slice(0, 2)}>`;
}

/** The cells of a row, which tabs part or, in plain texts, bars. */
function cellsOf(row: string): string[] {
  if (row.includes("\t")) return row.split("\t").map((cell) => cell.trim());
  return row
    .replace(/^\s*\|/u, "")
    .replace(/\|\s*$/u, "")
    .split("|")
    .map((cell) => cell.trim());
}
