/** A report's words as HTML: each passage an element that a link can name, with its controls, and the marks of the pages. Pure. */
import type { WordPiece } from "../ask/passageWords.ts";
import { anchorOf, wordsFileName } from "../ask/reportAddress.ts";
import type { Block, Page, Passage, Report, Span } from "../report.ts";
import { sliceOf } from "../text/spans.ts";
import { escapeHtml, escapeLine } from "./html.ts";
import { WORDS_PAGE } from "./pageWords.ts";
import type { PageWords } from "./pageWords.ts";

/** A report's passages in words and what stands between them, in order; none of a passage that is not Chinese. */
export type PassagePieces = readonly (readonly WordPiece[])[];

/** A report that is being written, with what its blocks need again and again. */
export interface Draft {
  readonly report: Report;
  readonly words: PageWords;
  /** What says that the page's own words are in another language than the report, as attributes; "" where they are not. */
  readonly ownLanguage: string;
  /** The passages of each block, as indices into {@link Report.passages}. */
  readonly passagesOf: readonly (readonly number[])[];
  /** The id of each passage's element: no two are equal. */
  readonly anchors: readonly string[];
  /** What of the report stands word by word in the page beside it; empty where there is no such page. */
  readonly pieces: PassagePieces;
}

/** Prepares the writing of a report. */
export function draftOf(
  report: Report,
  words: PageWords,
  ownLanguage: string,
  pieces: PassagePieces,
): Draft {
  const passagesOf: number[][] = report.blocks.map(() => []);
  report.passages.forEach(({ block }, i) => passagesOf[block]?.push(i));
  return { report, words, ownLanguage, passagesOf, anchors: anchorsOf(report.passages), pieces };
}

/** The id of each passage's element. Ids are short hashes: of two passages that share one, the second has a number behind it, as an element's id must be its alone. */
export function anchorsOf(passages: readonly Passage[]): string[] {
  const times = new Map<string, number>();
  return passages.map(({ id }) => {
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    return time === 1 ? anchorOf(id) : `${anchorOf(id)}-${time}`;
  });
}

/** The passages of a block, each an element of a line, with what stands between them. */
export function passagesIn(draft: Draft, block: number): string {
  const { passages, blocks } = draft.report;
  const { span } = blocks[block] ?? { span: { start: 0, end: 0 } };
  let html = marksBefore(draft, block);
  let at = span.start;
  for (const index of draft.passagesOf[block] ?? []) {
    const passage = passages[index];
    if (passage === undefined) continue;
    html += wordsOf(draft, { start: at, end: passage.span.start });
    html += marksAt(draft, passage.span.start);
    html += `<span class="s" id="${draft.anchors[index] ?? ""}">${wordsWithin(draft, passage.span)}${controlsOf(draft, index)}</span>`;
    at = passage.span.end;
  }
  return html + wordsOf(draft, { start: at, end: span.end });
}

/** A block that is one passage, such as a heading. */
interface WholeBlock {
  /** The id of its element. */
  readonly id: string;
  readonly words: string;
  /** The marks of the pages that begin before it. */
  readonly marks: string;
  readonly controls: string;
}

/** What is needed of a block that is one passage: its marks and controls stand beside its element, and are no part of a heading's name. */
export function wholeBlock(draft: Draft, block: number): WholeBlock {
  const [index = -1] = draft.passagesOf[block] ?? [];
  const span = draft.report.blocks[block]?.span ?? { start: 0, end: 0 };
  return {
    id: draft.anchors[index] ?? "",
    words: wordsWithin(draft, span),
    marks: marksBefore(draft, block) + marksAt(draft, span.start),
    controls: controlsOf(draft, index),
  };
}

/** What appears beside a passage when it is pointed at or tabbed to: its place, which is its link, and a button that copies its citation; of a Chinese one a link to its words. */
function controlsOf(draft: Draft, index: number): string {
  const { report, words, ownLanguage, anchors, pieces } = draft;
  const passage = report.passages[index];
  if (passage === undefined) return "";
  const place = words.place(passage.block + 1, ...passage.sentences);
  const hash = `#${anchors[index] ?? ""}`;
  const wordByWord =
    (pieces[index]?.length ?? 0) === 0
      ? ""
      : `<a href="${wordsFileName(report.id)}${hash}" lang="${WORDS_PAGE.lang}">${WORDS_PAGE.name}</a>`;
  return `<span class="k"${ownLanguage}><a href="${hash}">${escapeHtml(place)}</a><button>${words.cite}</button>${wordByWord}</span>`;
}

/** The marks of the pages that begin behind the block before and not behind this one's beginning. */
function marksBefore({ report, words }: Draft, block: number): string {
  const start = report.blocks[block - 1]?.span.end ?? 0;
  const end = report.blocks[block]?.span.start ?? start;
  return marks(pagesIn(report.pages, { start, end }), words);
}

/** The marks of the pages that begin within a block, behind its own beginning. */
export function marksWithin({ report, words }: Draft, { span: { start, end } }: Block): string {
  return marks(pagesIn(report.pages, { start: start + 1, end }), words);
}

function marks(pages: readonly Page[], words: PageWords): string {
  return pages.map((page) => markOf(page, words)).join("");
}

/** The mark of the page that begins at a place, if one does. */
function marksAt({ report, words }: Draft, place: number): string {
  return marks(pagesIn(report.pages, { start: place, end: place + 1 }), words);
}

/** The words of a span, with the marks of the pages that begin in it. */
function wordsOf(draft: Draft, span: Span): string {
  return span.start < span.end ? marksAt(draft, span.start) + wordsWithin(draft, span) : "";
}

/** The words of a span, with the marks of the pages that begin behind its own beginning: that one's mark stands before its element. */
function wordsWithin({ report: { text, pages }, words }: Draft, { start, end }: Span): string {
  let html = "";
  let at = start;
  for (const page of pagesIn(pages, { start: start + 1, end })) {
    html += escapeHtml(text.slice(at, page.start)) + markOf(page, words);
    at = page.start;
  }
  return html + escapeHtml(sliceOf(text, { start: at, end }));
}

function markOf({ number, label }: Page, words: PageWords): string {
  const printed = escapeLine(label ?? String(number));
  const name = escapeLine(words.page(label ?? String(number)));
  return `<span class="pg" role="doc-pagebreak" id="page-${number}" aria-label="${name}">${printed}</span>`;
}

/** The pages that begin within [start, end); of those that begin at one place, empty ones, the last. */
function pagesIn(pages: readonly Page[], { start, end }: Span): Page[] {
  const found: Page[] = [];
  for (let i = firstFrom(pages, start); (pages[i]?.start ?? end) < end; i++) {
    const page = pages[i];
    if (page && pages[i + 1]?.start !== page.start) found.push(page);
  }
  return found;
}

/** Where in a list of pages the first one stands that begins at a place or behind it. */
function firstFrom(pages: readonly Page[], place: number): number {
  let [first, beyond] = [0, pages.length];
  while (first < beyond) {
    const middle = (first + beyond) >> 1;
    if ((pages[middle]?.start ?? 0) < place) first = middle + 1;
    else beyond = middle;
  }
  return first;
}
