import { fromMarkdown } from "mdast-util-from-markdown";
import type { Span } from "../../report.ts";
import { endsWithFinalMark } from "../../text/punctuation.ts";
import { sliceOf, trimSpan } from "../../text/spans.ts";
import { withFront } from "../outline.ts";
import type { Document, Part } from "../outline.ts";
import { FENCE, isDashLine, withoutMarker } from "./lineKinds.ts";

type Node = ReturnType<typeof fromMarkdown>["children"][number];

/** Finds the parts of a Markdown text (CommonMark). A level-1 heading at its start is the title. */
export function readMarkdown(text: string): Document {
  const parts = fromMarkdown(text).children.flatMap((node) => partsOf(text, node));
  return withFront({ text, parts });
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
  const words = sliceOf(text, span);
  if (!isDashLine(words) || !endsWithFinalMark(words)) return { kind: "paragraph", span };
  return { kind: "item", span: withoutMarker(text, span) };
}

const OPENING_FENCE = new RegExp(`^${FENCE}[^\\n]*\\n?`, "u");
const CLOSING_FENCE = new RegExp(`(?:^|\\n)[ \\t>]*${FENCE}[ \\t]*$`, "u");

/** The lines of a code block, without its fences. */
function codeOf(text: string, node: Node): Part[] {
  return spanOf(text, [node]).flatMap(({ start, end }) => {
    const source = text.slice(start, end);
    const opening = OPENING_FENCE.exec(source)?.[0].length ?? 0;
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
