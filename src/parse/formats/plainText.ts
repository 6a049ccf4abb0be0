import { frontKinds, frontOf, isByline } from "../front.ts";
import type { FrontKind } from "../front.ts";
import type { Document, Part } from "../outline.ts";
import { NOTE_MARK, endsWithFinalMark } from "../../text/punctuation.ts";
import { PLAIN_RANK, headingRank, isTitleLike, noteMarkOf, withoutMarker } from "./lineKinds.ts";
import { readLines } from "./textLines.ts";
import type { TextLine } from "./textLines.ts";
import { findTables } from "./textTables.ts";
import { withoutPages } from "./wordsAlone.ts";
import { readParagraphs } from "./wrappedLines.ts";

/** Fewer heading-like lines in a row are headings above one another; these are a poem or a list. */
const MIN_RUN = 3;

/** Finds the parts of a plain text, by the look of its lines. A short first line is the title. */
export function readPlainText(source: string): Document {
  const { text, leftOut } = withoutPages(source);
  const paragraphs = readParagraphs(text, readLines(text));
  const texts = paragraphs.map((it) => it.text);
  const kinds = frontKinds(texts, hasTitle(texts));
  const tables = findTables(paragraphs);
  const ranks = withoutRuns(paragraphs, headingRanks(paragraphs, kinds));
  const notes = findNotes(paragraphs);
  const parts = paragraphs.flatMap(({ span, text: words }, i): Part[] => {
    const [kind, rank, row] = [kinds[i], ranks[i], tables.get(i)];
    const bare = withoutMarker(text, span);
    if (kind !== undefined) return [{ kind, span: bare }];
    if (row) return row.kind === "row" ? [{ kind: "row", span, columns: row.columns }] : [];
    if (notes.has(i)) return [{ kind: "note", span }];
    if (rank !== undefined) return [{ kind: "heading", span: bare, rank }];
    return LINK_ALONE.test(words) ? [] : [{ kind: kindOf(bare.start > span.start), span: bare }];
  });
  const bylines = texts.filter((_, i) => kinds[i] === "byline");
  return { text, parts, front: frontOf(bylines), leftOut };
}

/** An address says nothing. */
const LINK_ALONE = /^<?https?:\/\/[\x21-\x7e]+>?$/u;

function kindOf(hasMarker: boolean): "item" | "paragraph" {
  return hasMarker ? "item" : "paragraph";
}

function hasTitle([first, second]: readonly string[]): boolean {
  return first !== undefined && second !== undefined && isTitleLike(first) && !isByline(first);
}

/** Fewer of its lines end with a mark where a text does without them. */
const MIN_ENDED_SHARE = 0.2;

/** The rank of each heading-like block with something below it. */
function headingRanks(
  paragraphs: readonly TextLine[],
  kinds: readonly (FrontKind | undefined)[],
): (number | undefined)[] {
  const last = kinds.findLastIndex((kind) => kind !== "byline");
  const ended = paragraphs.filter(({ text }) => endsWithFinalMark(text)).length;
  const hasMarks = ended >= MIN_ENDED_SHARE * paragraphs.length;
  return paragraphs.map(({ text }, i) => {
    const rank = kinds[i] === undefined && i < last ? headingRank(text) : undefined;
    // Without marks at their ends, any short line looks like a heading.
    return rank === PLAIN_RANK && !hasMarks ? undefined : rank;
  });
}

/** Takes back the ranks of heading-like lines that stand in a row, evenly spaced, with no text among them. */
function withoutRuns(
  paragraphs: readonly TextLine[],
  ranks: readonly (number | undefined)[],
): (number | undefined)[] {
  const kept = [...ranks];
  const isOneRun = (from: number, at: number): boolean =>
    ranks[from] !== undefined &&
    ranks[at] === ranks[from] &&
    paragraphs[at]?.isApart === paragraphs[from + 1]?.isApart;
  for (let from = 0, to = 0; from < ranks.length; from = to) {
    to = from + 1;
    while (isOneRun(from, to)) to++;
    if (to - from >= MIN_RUN) kept.fill(undefined, from, to);
  }
  return kept;
}

const MARK = new RegExp(NOTE_MARK, "gu");

/** Lines that begin with a footnote's mark which stands in the text above them, and what follows such lines in a row. */
function findNotes(paragraphs: readonly TextLine[]): ReadonlySet<number> {
  const found = new Set<number>();
  const above = new Set<string>();
  paragraphs.forEach(({ text }, i) => {
    const mark = noteMarkOf(text);
    if (mark !== undefined && (above.has(mark) || found.has(i - 1))) found.add(i);
    for (const [it] of text.slice(1).matchAll(MARK)) above.add(it);
  });
  return found;
}
