/** The words of a Markdown paragraph: images, tags and links alone are none. */
import type { Span } from "../../report.ts";
import { columnsOf } from "../../text/columns.ts";
import { endsWithFinalMark } from "../../text/punctuation.ts";
import { trimSpan } from "../../text/spans.ts";

/** An inline node, as far as it matters here. */
interface Inline {
  readonly type: string;
  readonly position?:
    | {
        readonly start: { readonly offset?: number | undefined };
        readonly end: { readonly offset?: number | undefined };
      }
    | undefined;
  readonly children?: readonly Inline[];
  readonly value?: string;
}

const SILENT = new Set(["image", "imageReference", "html", "break"]);
const LINKS = new Set(["link", "linkReference"]);

/** Most columns of the words that only present links: `See also:`. */
const LABEL_COLUMNS = 24;
const CONTENTS = /^\[\[?_?TOC_?\]?\]$/iu;
const WORD = /[\p{L}\p{N}]/u;

/** The span of a paragraph's words: none where it has images and links alone. */
export function wordsOf(text: string, children: readonly Inline[]): Span[] {
  return isLinks(children) ? [] : withoutImages(text, children);
}

/** From the first node that says something to the last: images and tags at the edges are left out. */
export function withoutImages(text: string, children: readonly Inline[]): Span[] {
  const words = children.map(saysSomething);
  const [first, last] = [children[words.indexOf(true)], children[words.lastIndexOf(true)]];
  const start = first?.position?.start.offset;
  const end = last?.position?.end.offset;
  if (start === undefined || end === undefined) return [];
  return trimSpan(text, { start, end }).filter(
    (it) => !CONTENTS.test(text.slice(it.start, it.end)),
  );
}

function saysSomething(node: Inline): boolean {
  if (SILENT.has(node.type)) return false;
  if (node.type === "text") return (node.value ?? "").trim() !== "";
  return node.children === undefined || node.children.some(saysSomething);
}

/** Whether there are links, and outside of them a label at most. */
function isLinks(children: readonly Inline[]): boolean {
  if (!children.some(({ type }) => LINKS.has(type))) return false;
  const outside = children
    .filter(({ type }) => !LINKS.has(type) && !SILENT.has(type))
    .map(textOf)
    .join("")
    .trim();
  if (!WORD.test(outside)) return true;
  const isLabel = /[:：]/u.test(outside) && columnsOf(outside) <= LABEL_COLUMNS;
  return isLabel && !endsWithFinalMark(outside);
}

function textOf(node: Inline): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}
