/** The domain: what a report is made of. */

/** A half-open range of UTF-16 code units in a report's clean text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What a block (a line or a paragraph) of a report is: `byline` says who wrote it and when, `heading` begins a section, `item` is of a
 * list, `row` of a table, `note` stands below a page or at the end, `caption` beside a figure; `code` is kept whole.
 */
export const BLOCK_KINDS = [
  "title",
  "subtitle",
  "byline",
  "heading",
  "paragraph",
  "item",
  "row",
  "quotation",
  "note",
  "caption",
  "code",
] as const;

export type BlockKind = (typeof BLOCK_KINDS)[number];

/** A title, heading, paragraph or list item: what stands between two line breaks. */
export interface Block {
  readonly kind: BlockKind;
  /** The block's words, without the marker of a list item or a heading and without white space around. */
  readonly span: Span;
  /** Index into {@link Report.sections}: the nearest heading above (for a heading, itself); undefined above the first. */
  readonly section: number | undefined;
  /** The heads of its columns, of a row of a table that has some. */
  readonly columns?: Span | undefined;
}

/** A heading and what stands below it, up to the next heading of its level or a higher one. */
export interface Section {
  readonly heading: Span;
  /** 1 is the highest level below the title. */
  readonly level: number;
  /** The headings from the highest level down to this one, their own text last. */
  readonly path: readonly string[];
}

/** The unit that is searched: a sentence with its closing mark and quotes. */
export interface Sentence {
  readonly span: Span;
  /** Index into {@link Report.blocks}. */
  readonly block: number;
  /** Index into {@link Report.passages}. */
  readonly passage: number;
}

/**
 * The unit that is cited: a sentence, a quotation with the sentence that names its speaker,
 * or a list item.
 */
export interface Passage {
  /** Made of the report's id, the passage's text and how often that stands before it, see {@link PASSAGE_ID}: it lives as long as its words do. */
  readonly id: string;
  readonly span: Span;
  /** Index into {@link Report.blocks}; a reader's paragraph number is this plus one. */
  readonly block: number;
  /** First and last sentence in its block, counted from 1, both included. */
  readonly sentences: readonly [from: number, to: number];
}

/** The characters of ids (RFC 4648, section 6, in lower case), which are fit for a button's name: each stands for five bits. */
export const BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";

/** The form of a passage's id, as a part of a regular expression: eight of {@link BASE_32}. */
export const PASSAGE_ID = "[a-z2-7]{8}";

/** Where a page begins. */
export interface Page {
  /** Its first place in the text. */
  readonly start: number;
  /** Counted from the first page of the file, from 1. */
  readonly number: number;
  /** What is printed on it where that is another, such as `iv`. */
  readonly label?: string | undefined;
}

/** What a file says of itself, in its own words. */
export interface Front {
  readonly author?: string | undefined;
  readonly date?: string | undefined;
  /** Where it was published; https only. */
  readonly url?: string | undefined;
}

/** A cleaned report. Every text of it is a {@link Span} of `text`. */
export interface Report {
  /** The file's name without its ending. */
  readonly id: string;
  /** The title's text, or the id where the report has none. */
  readonly title: string;
  readonly text: string;
  readonly front: Front;
  /** In order; none where its format has no pages. */
  readonly pages: readonly Page[];
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
  readonly sentences: readonly Sentence[];
  readonly passages: readonly Passage[];
}

/** What names the text below it: it is cited only when it is asked for. */
const NAMES_OTHERS: ReadonlySet<BlockKind> = new Set(["title", "subtitle", "heading"]);

/** Whether a block of this kind says something of its own that may answer any question. */
export function isCitable(kind: BlockKind): boolean {
  return !NAMES_OTHERS.has(kind);
}

/** The page on which a place of a report's text stands; undefined where its format has no pages. */
export function pageOf({ pages }: Pick<Report, "pages">, place: number): Page | undefined {
  return pages.findLast(({ start }) => start <= place);
}
