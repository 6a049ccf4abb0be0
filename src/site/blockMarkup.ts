/** The blocks of a report as what they are: headings, paragraphs, lists, tables, quotations, notes, code. Pure. */
import { sectionLine } from "../ask/citation.ts";
import type { Block, BlockKind } from "../report.ts";
import { escapeHtml, escapeLine } from "./html.ts";
import { passagesIn, wholeBlock } from "./passageMarkup.ts";
import type { Draft } from "./passageMarkup.ts";
import { tableOf } from "./tableMarkup.ts";

/** The blocks that stand before all else and say what the report is: its title, subtitle and bylines. */
const FRONT: ReadonlySet<BlockKind> = new Set(["title", "subtitle", "byline"]);

/** How many blocks at the beginning are the report's front. */
export function frontLength({ report: { blocks } }: Draft): number {
  const first = blocks.findIndex(({ kind }) => !FRONT.has(kind));
  return first < 0 ? blocks.length : first;
}

/** The blocks [from, to), in their sections. */
export function blocksIn(draft: Draft, from: number, to: number): string {
  const { blocks } = draft.report;
  let html = "";
  let isInSection = false;
  for (let i = from, next = from; i < to; i = next) {
    next = endOfRun(draft, i, to);
    if (blocks[i]?.kind === "heading") {
      html += `${isInSection ? "</section>\n" : ""}${sectionStart(draft, i)}`;
      isInSection = true;
    }
    html += `${runOf(draft, i, next)}\n`;
  }
  return isInSection ? `${html}</section>\n` : html;
}

/** Kinds whose neighbours belong together: a list's items, a table's rows, a quotation's paragraphs. */
const RUNS: ReadonlySet<BlockKind> = new Set(["item", "row", "quotation"]);

/** Where the run of blocks ends that begins with this one. */
function endOfRun({ report: { blocks } }: Draft, from: number, to: number): number {
  const first = blocks[from];
  let next = from + 1;
  if (first === undefined || !RUNS.has(first.kind)) return next;
  while (next < to && blocks[next]?.kind === first.kind && isOfTable(blocks, first, next)) next++;
  return next;
}

/** Whether a row stands in the table that another one begins: below the same heads, or below that one as its heads. */
function isOfTable(blocks: readonly Block[], first: Block, row: number): boolean {
  const columns = blocks[row]?.columns?.start;
  const isHead =
    columns === undefined && blocks[row + 1]?.columns?.start === blocks[row]?.span.start;
  return !isHead && (columns === first.columns?.start || columns === first.span.start);
}

/** A section's element has an id of its own, made of its heading's: whoever comes by the contents wants nothing marked. */
function sectionStart(draft: Draft, heading: number): string {
  const { sections, blocks } = draft.report;
  const path = sections[blocks[heading]?.section ?? -1]?.path ?? [];
  return `<section id="${sectionAnchor(draft, heading)}" data-path="${escapeLine(sectionLine(path))}">\n`;
}

/** The id of the section that a heading begins. */
export function sectionAnchor(draft: Draft, heading: number): string {
  const [passage = -1] = draft.passagesOf[heading] ?? [];
  return `in-${draft.anchors[passage] ?? ""}`;
}

/** How a run of blocks [from, to) of each kind is shown. */
const MARKUP: Readonly<Record<BlockKind, (draft: Draft, from: number, to: number) => string>> = {
  title: paragraphOf,
  subtitle: paragraphOf,
  byline: paragraphOf,
  paragraph: paragraphOf,
  note: paragraphOf,
  caption: paragraphOf,
  heading: headingOf,
  item: (draft, from, to) => `<ul>\n${joined(from, to, (it) => itemOf(draft, it))}</ul>`,
  row: (draft, from, to) => tableOf(draft, from, to),
  quotation: (draft, from, to) =>
    `<blockquote>\n${joined(from, to, (it) => `${paragraphOf(draft, it)}\n`)}</blockquote>`,
  code: (draft, from) => wholeElement(draft, from, "pre"),
};

function runOf(draft: Draft, from: number, to: number): string {
  const kind = draft.report.blocks[from]?.kind;
  return kind === undefined ? "" : MARKUP[kind](draft, from, to);
}

function joined(from: number, to: number, write: (block: number) => string): string {
  return Array.from({ length: to - from }, (_, i) => write(from + i)).join("");
}

/** What is more than a paragraph says so by its class. */
const PLAIN: ReadonlySet<BlockKind> = new Set(["paragraph", "quotation"]);

function paragraphOf(draft: Draft, block: number): string {
  const kind = draft.report.blocks[block]?.kind ?? "paragraph";
  const attributes = PLAIN.has(kind) ? "" : ` class="${kind}"`;
  return `<p${attributes} data-n="${block + 1}">${passagesIn(draft, block)}</p>`;
}

const LOWEST_HEADING = 6;

/** The report's title, where one of its blocks is that. */
export function titleOf(draft: Draft, block: number): string {
  return wholeElement(draft, block, "h1");
}

function headingOf(draft: Draft, block: number): string {
  const { sections, blocks } = draft.report;
  // By the headings above, not by its level: a level may be left out.
  const depth = sections[blocks[block]?.section ?? -1]?.path.length ?? 1;
  return wholeElement(draft, block, `h${Math.min(depth + 1, LOWEST_HEADING)}`);
}

function wholeElement(draft: Draft, block: number, tag: string): string {
  const { id, words, marks, controls } = wholeBlock(draft, block);
  const shown = tag === "pre" ? `<code>${words}</code>` : words;
  return `<div class="s" data-n="${block + 1}">${marks}<${tag} id="${id}">${shown}</${tag}>${controls}</div>`;
}

/** What a browser draws before an item, so that it need not be shown as text. */
const BULLET = /^[-*+•●○■◆▪·–]?$/u;

/** An item whose own words begin with its number: a bullet before it would be one mark too many. */
const BEGINS_NUMBERED = /^(?:[(（]?[\p{N}\p{L}]{1,4}[.)）、．]|第)/u;

/** An item with the marker that stands before it in the report, where that is more than a bullet. */
function itemOf(draft: Draft, block: number): string {
  const { text, blocks } = draft.report;
  const span = blocks[block]?.span ?? { start: 0, end: 0 };
  const marker = markerBefore(text, span.start);
  const isMarked = !BULLET.test(marker);
  const words = text.slice(span.start, span.end);
  const isPlain = !isMarked && !(marker === "" && BEGINS_NUMBERED.test(words));
  const shown = isMarked ? `<span class="mk">${escapeHtml(marker)}</span> ` : "";
  return `<li${isPlain ? "" : ' class="m"'} data-n="${block + 1}">${shown}${passagesIn(draft, block)}</li>\n`;
}

/** What stands before a place on its line, without white space and the marks of a quotation. */
function markerBefore(text: string, place: number): string {
  const before = text.slice(Math.max(0, place - MAX_MARKER_CHARS), place);
  const line = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\f"));
  return before.slice(line + 1).replace(/[>\s]+/gu, "");
}

/** So far before an item its marker is looked for. */
const MAX_MARKER_CHARS = 40;
