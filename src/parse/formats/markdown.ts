import { fromMarkdown } from "mdast-util-from-markdown";
import type { Span } from "../../report.ts";
import { endsWithFinalMark } from "../../text/punctuation.ts";
import { outlineOf } from "../outline.ts";
import type { Outline, Part } from "../outline.ts";
import { trimSpan } from "../../text/spans.ts";
import { isByline, isDashLine, markerOf } from "./lineKinds.ts";

type Node = ReturnType<typeof fromMarkdown>["children"][number];

/** Finds the blocks and sections of a Markdown text (CommonMark). A level-1 heading at its start is the title. */
export function readMarkdown(text: string): Outline {
  const parts = fromMarkdown(text).children.flatMap((node) => partsOf(text, node));
  return outlineOf(text, withFront(text, parts));
}

/** The blocks of a node in the order of the text; what is not shown to a reader (comments, link targets) has none. */
function partsOf(text: string, node: Node): Part[] {
  if (node.type === "heading") {
    return spanOf(text, node.children).map((span) => ({ kind: "heading", span, rank: node.depth }));
  }
  if (node.type === "paragraph") return spanOf(text, [node]).map((span) => paragraphOf(text, span));
  if (node.type === "code") return codeOf(text, node);
  if (node.type === "list") return node.children.flatMap((item) => itemsOf(text, item));
  if (node.type === "blockquote") return node.children.flatMap((child) => partsOf(text, child));
  if (node.type === "html" && !node.value.startsWith("<!--")) {
    return spanOf(text, [node]).map((span) => ({ kind: "code", span }));
  }
  return [];
}

type ListItem = Extract<Node, { type: "list" }>["children"][number];

/** A list item's own words are an item; what else it holds keeps its kind. */
function itemsOf(text: string, { children }: ListItem): Part[] {
  return children.flatMap((child) =>
    partsOf(text, child).map((part) =>
      child.type === "paragraph" ? { kind: "item", span: part.span } : part,
    ),
  );
}

/** A paragraph, or the list item that a `——` line with a sentence is in Chinese newspapers. */
function paragraphOf(text: string, span: Span): Part {
  const words = text.slice(span.start, span.end);
  if (!isDashLine(words) || !endsWithFinalMark(words)) return { kind: "paragraph", span };
  return { kind: "item", span: withoutMarker(text, span) };
}

const FENCE = /^(?:`{3,}|~{3,})[^\n]*\n?/u;
const CLOSING_FENCE = /(?:^|\n)[ \t>]*(?:`{3,}|~{3,})[ \t]*$/u;

/** The lines of a code block, without its fences. */
function codeOf(text: string, node: Node): Part[] {
  return spanOf(text, [node]).flatMap(({ start, end }) => {
    const source = text.slice(start, end);
    const opening = FENCE.exec(source)?.[0].length ?? 0;
    const closing = opening > 0 ? (CLOSING_FENCE.exec(source.slice(opening))?.[0].length ?? 0) : 0;
    const inside = trimSpan(text, { start: start + opening, end: end - closing });
    return inside.map((span) => ({ kind: "code", span }));
  });
}

/** From the start of the first node to the end of the last: none for an empty heading. */
function spanOf(text: string, nodes: readonly Pick<Node, "position">[]): Span[] {
  const start = nodes[0]?.position?.start.offset;
  const end = nodes.at(-1)?.position?.end.offset;
  return start === undefined || end === undefined ? [] : trimSpan(text, { start, end });
}

/** How many blocks from the start or the end a byline may stand, as in a plain text. */
const BYLINE_REACH = { start: 5, end: 3 } as const;

/** Names the title, the subtitle below it and the bylines. */
function withFront(text: string, parts: readonly Part[]): Part[] {
  const [first] = parts;
  const hasTitle = first?.kind === "heading" && first.rank === 1;
  return parts.map((part, i) => {
    if (i === 0 && hasTitle) return { kind: "title", span: part.span };
    if (part.kind !== "paragraph") return part;
    const words = text.slice(part.span.start, part.span.end);
    if (i === 1 && hasTitle && isDashLine(words))
      return { kind: "subtitle", span: withoutMarker(text, part.span) };
    const isNear = i < BYLINE_REACH.start || i >= parts.length - BYLINE_REACH.end;
    return isNear && isByline(words) ? { kind: "byline", span: part.span } : part;
  });
}

function withoutMarker(text: string, { start, end }: Span): Span {
  return { start: start + markerOf(text.slice(start, end)).length, end };
}
