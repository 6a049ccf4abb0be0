/** A tree of HTML to a text and its parts, as a reader sees them. */
import type { LeftOut } from "../../outline.ts";
import { seenOf } from "../shownText.ts";
import { TextWriter } from "../textWriter.ts";
import type { Kind, Written } from "../textWriter.ts";
import { isBlock, isMark, lineOf } from "./elements.ts";
import { isBylineElement, MAX_BYLINE_CHARS } from "./byline.ts";
import { isNotes } from "./leftOut.ts";
import { isDataTable, readTable } from "./tables.ts";
import { attributeOf, parentOf, rawTextOf, walk } from "./tree.ts";
import type { Element } from "./tree.ts";

/** What of a tree is written. */
interface Choice {
  /** The element whose words are the title. */
  readonly title?: Element | undefined;
  readonly whyOut: (element: Element) => string | undefined;
  /** What a block is, where its element alone does not tell. */
  readonly kindOf?: (element: Element) => Kind | undefined;
}

/** A text, its parts, and what was left out of it. */
export interface WrittenTree extends Written {
  readonly leftOut: readonly LeftOut[];
}

/** What is under way. */
interface Writing extends Choice {
  readonly root: Element;
  readonly writer: TextWriter;
  /** What the blocks are that are open. */
  readonly kinds: Kind[];
  readonly leftOut: LeftOut[];
  readonly counters: Counters;
}

/** Writes what stands below an element. */
export function writeTree(root: Element, choice: Choice): WrittenTree {
  const writer = new TextWriter();
  const leftOut: LeftOut[] = [];
  const writing: Writing = { ...choice, root, writer, kinds: [], leftOut, counters: new Map() };
  walk(root, {
    enter: (element) => enter(writing, element),
    text: (value) => {
      writer.say(value);
    },
    leave: (element) => {
      leave(writing, element);
    },
  });
  return { ...writer.written(), leftOut };
}

function kindOfOpen({ kinds }: Writing): Kind {
  return kinds.at(-1) ?? { kind: "paragraph" };
}

function leave(writing: Writing, element: Element): void {
  const { writer, kinds } = writing;
  if (element.tagName === "q") writer.say("”");
  if (!isBlock(element)) return;
  if (element.tagName === "dt") writer.joinNext();
  else writer.flush(kindOfOpen(writing));
  kinds.pop();
}

function enter(writing: Writing, element: Element): boolean {
  const { writer, root, leftOut } = writing;
  const why = element === root ? undefined : writing.whyOut(element);
  if (why === undefined && isMark(element)) return false;
  if (isBlock(element)) writer.end(kindOfOpen(writing));
  if (why !== undefined) {
    if (why !== "") leftOut.push(...tell(element, why));
    return false;
  }
  if (isBlock(element)) return openBlock(writing, element);
  if (element.tagName === "br") writer.breakLine();
  if (element.tagName === "q") writer.say("“");
  return true;
}

function openBlock(writing: Writing, element: Element): boolean {
  const { writer, kinds, whyOut } = writing;
  if (element.tagName === "li") writer.label(numberOf(element, writing.counters));
  const within = kindOfOpen(writing);
  const isTitle = element === writing.title;
  const own: Kind = isTitle
    ? { kind: "title" }
    : (writing.kindOf?.(element) ?? kindByElement(element, within));
  return enterBlock(writer, element, { own, whyOut }) && kinds.push(own) > 0;
}

/** Whether the way goes on into a block: tables and code are written at once. */
function enterBlock(
  writer: TextWriter,
  element: Element,
  { own, whyOut }: { readonly own: Kind; readonly whyOut: Choice["whyOut"] },
): boolean {
  const { tagName } = element;
  if (tagName === "pre" || tagName === "listing" || tagName === "xmp") {
    writer.write(own, codeOf(element));
    return false;
  }
  if (tagName === "table" && isDataTable(element, whyOut)) {
    writeTable(writer, element, whyOut);
    return false;
  }
  return true;
}

function writeTable(writer: TextWriter, element: Element, whyOut: Choice["whyOut"]): void {
  const { caption, rows } = readTable(element, whyOut);
  writer.write({ kind: "caption" }, caption);
  let columns: ReturnType<TextWriter["write"]>;
  for (const { cells, isHead } of rows) {
    const span = writer.write(
      { kind: "row" },
      cells.join("\t").trimEnd(),
      isHead ? undefined : columns,
    );
    if (isHead) columns = span;
  }
}

/** What a block is, by its element; others are what they stand in. */
function kindByElement(element: Element, within: Kind): Kind {
  const { tagName } = element;
  const rank = /^h([1-6])$/u.exec(tagName)?.[1];
  if (rank !== undefined) return { kind: "heading", rank: Number(rank) };
  if (within.kind === "note" || isNotes(element)) return { kind: "note" };
  if (isBylineElement(element) && rawTextOf(element).trim().length <= MAX_BYLINE_CHARS)
    return { kind: "byline" };
  return KINDS.get(tagName) ?? within;
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["li", { kind: "item" }],
  ["dt", { kind: "item" }],
  ["dd", { kind: "item" }],
  ["blockquote", { kind: "quotation" }],
  ["figcaption", { kind: "caption" }],
  ["caption", { kind: "caption" }],
  ["pre", { kind: "code" }],
  ["listing", { kind: "code" }],
  ["xmp", { kind: "code" }],
]);

/** The lines of preformatted text, as they are. */
function codeOf(element: Element): string {
  let code = "";
  walk(element, {
    enter: ({ tagName }) => {
      if (tagName === "br") code += "\n";
      return true;
    },
    text: (value) => {
      code += seenOf(value);
    },
  });
  return code.replace(/^(?:[ \t]*\n)+/u, "").trimEnd();
}

/** By list, the number of its next item. */
type Counters = Map<Element, number>;

/** The number before an item of a numbered list, as a browser shows it, with the gap behind it. */
function numberOf(item: Element, counters: Counters): string {
  const list = parentOf(item);
  if (list?.tagName !== "ol") return "";
  const own = Number.parseInt(attributeOf(item, "value") ?? "", 10);
  const next = counters.get(list) ?? Number.parseInt(attributeOf(list, "start") ?? "1", 10);
  const number = Number.isNaN(own) ? next : own;
  counters.set(list, number + 1);
  return Number.isNaN(number) ? "" : `${number}. `;
}

/** The most characters that are told of what was left out. */
const MAX_TOLD_CHARS = 200;

function tell(element: Element, why: string): LeftOut[] {
  const text = lineOf(element, silent);
  if (text === "") return [];
  return [{ text: text.length > MAX_TOLD_CHARS ? `${text.slice(0, MAX_TOLD_CHARS)}…` : text, why }];
}

const SILENT = new Set(["script", "style", "template", "noscript", "svg"]);
function silent({ tagName }: Element): string | undefined {
  return SILENT.has(tagName) ? "" : undefined;
}
