/** A tree of HTML to a text and its parts, as a reader sees them. */
import type { LeftOut } from "../../outline.ts";
import { seenOf } from "../shownText.ts";
import { TextWriter } from "../textWriter.ts";
import type { Kind, Written } from "../textWriter.ts";
import { isBlock, isMark, lineOf } from "./elements.ts";
import { isBylineElement, MAX_BYLINE_CHARS } from "./byline.ts";
import { isNotes } from "./leftOut.ts";
import { isDataTable, readTable } from "./tables.ts";
import { attributeOf, isBelow, parentOf, rawTextOf, walk } from "./tree.ts";
import type { Element } from "./tree.ts";

/** What of a tree is written. */
export interface Choice {
  /** The element whose words are the title; it comes first where it does not stand in the root. */
  readonly title?: Element | undefined;
  readonly whyOut: (element: Element) => string | undefined;
  /** What a block is, where its element alone does not tell. */
  readonly kindOf?: (element: Element) => Kind | undefined;
}

/** A text, its parts, and what was left out of it. */
export interface WrittenTree extends Written {
  readonly leftOut: readonly LeftOut[];
}

/** Writes what stands below an element. */
export function writeTree(root: Element, { title, whyOut, kindOf }: Choice): WrittenTree {
  const writer = new TextWriter();
  const kinds: Kind[] = [{ kind: "paragraph" }];
  const leftOut: LeftOut[] = [];
  const counters: Counters = new Map();
  const kind = (): Kind => kinds.at(-1) ?? { kind: "paragraph" };
  const leave = (element: Element): void => {
    if (element.tagName === "dt") writer.joinNext();
    else if (isBlock(element)) writer.flush(kind());
    if (isBlock(element)) kinds.pop();
    if (element.tagName === "q") writer.say("”");
  };
  const enter = (element: Element): boolean => {
    const why = element === root ? undefined : whyOut(element);
    if (why !== undefined) {
      if (isBlock(element)) writer.end(kind());
      if (why !== "") leftOut.push(...tell(element, why));
      return false;
    }
    if (isMark(element)) return false;
    if (!isBlock(element)) {
      if (element.tagName === "br") writer.breakLine();
      if (element.tagName === "q") writer.say("“");
      return true;
    }
    writer.end(kind());
    if (element.tagName === "li") writer.label(numberOf(element, counters));
    const own =
      element === title
        ? ({ kind: "title" } as const)
        : (kindOf?.(element) ?? kindByElement(element, kind()));
    return enterBlock(writer, element, { own, whyOut }) && kinds.push(own) > 0;
  };
  if (title && !isBelow(title, root)) writer.write({ kind: "title" }, lineOf(title, whyOut));
  walk(root, {
    enter,
    text: (value) => {
      writer.say(value);
    },
    leave,
  });
  writer.flush(kind());
  return { ...writer.written(), leftOut };
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
