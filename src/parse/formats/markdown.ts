import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfm } from "micromark-extension-gfm";
import { UserError } from "../../errors.ts";
import type { Span } from "../../report.ts";
import { endsWithFinalMark } from "../../text/punctuation.ts";
import { sliceOf, trimSpan } from "../../text/spans.ts";
import { withFront } from "../outline.ts";
import type { Document, Part } from "../outline.ts";
import { readFrontMatter } from "./frontMatter.ts";
import { textsOfHtml } from "./htmlTexts.ts";
import { FENCE, isDashLine, withoutMarker } from "./lineKinds.ts";
import { withoutImages, wordsOf } from "./markdownWords.ts";

type Node = ReturnType<typeof fromMarkdown>["children"][number];

const EXTENSIONS = {
  extensions: [gfm(), frontmatter(["yaml", "toml"])],
  mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(["yaml", "toml"])],
};

/**
 * Finds the parts of a Markdown text (CommonMark, GFM, front matter). Its title is that of its front matter, or a level-1
 * heading at its start.
 *
 * @param file Only for the message of the error.
 * @throws {UserError} if it is nested too deeply to be read.
 */
export function readMarkdown(source: string, file = "text"): Document {
  const text = source.replaceAll("\f", "\n");
  assertBearable(text, file);
  const { children } = fromMarkdown(text, EXTENSIONS);
  const [first] = children;
  const body = children.flatMap((node) => partsOf(text, node));
  const front = first && frontMatterOf(text, first);
  if (front === undefined) return withFront({ text, parts: body });
  const parts = [...front.parts, ...withoutTitle(text, body, front.title)];
  return withFront({ ...front, text, parts });
}

/**
 * More containers within one another, more marks of links and stress in a paragraph, or more lists and quotations with text
 * between them are no text, or too long a one.
 */
const MOST = { depth: 100, marks: 5_000, containers: 5_000 } as const;
const CONTAINER = " {0,3}(?:>|[-*+] |\\d{1,9}[.)] )";
const NESTED = new RegExp(`^(?:${CONTAINER} ?){${MOST.depth}}`, "mu");
/** Between what is read one by one: paragraphs, items, rows. */
const APART = /\n(?:[ \t>]*\n|(?=[ \t>]*(?:\||[-+*] |\d{1,9}[.)] )))/u;
const MARK = /\]|\*+|_+|~+/gu;

/** What the library dies of, or takes quadratic time for. */
function assertBearable(text: string, file: string): void {
  const isCrowded = text
    .split(APART)
    .some((it) => it.length > MOST.marks && (it.match(MARK)?.length ?? 0) > MOST.marks);
  if (isCrowded || NESTED.test(text)) {
    throw new UserError(
      `The report ${file} nests its marks deeper than Markdown's reader bears: take them out, or save it as .txt.`,
    );
  }
  if (endedContainers(text) > MOST.containers) {
    throw new UserError(
      `The report ${file} has more lists and quotations than Markdown's reader bears: split it into several, or save it as .txt.`,
    );
  }
}

const STARTS_CONTAINER = new RegExp(`^${CONTAINER}`, "u");

/** How many lists and quotations end at a blank line: a list goes on with its next item or an indented line. */
function endedContainers(text: string): number {
  let ended = 0;
  let before: "quotation" | "list" | "text" = "text";
  for (const block of text.split(/\n[ \t]*\n/u)) {
    if (before === "list" && /^(?: {2}|\t)/u.test(block)) continue;
    const kind = !STARTS_CONTAINER.test(block)
      ? "text"
      : /^ {0,3}>/u.test(block)
        ? "quotation"
        : "list";
    if (before === "quotation" || (before === "list" && kind !== "list")) ended++;
    before = kind;
  }
  return ended;
}

function frontMatterOf(text: string, node: Node): ReturnType<typeof readFrontMatter> | undefined {
  if (node.type !== "yaml" && !isToml(node)) return undefined;
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  const marks = "---\n".length;
  const span = { start: Math.min(start + marks, end), end: Math.max(start, end - marks + 1) };
  return readFrontMatter(text, span, node.type === "yaml" ? "yaml" : "toml");
}

function isToml(node: { readonly type: string }): boolean {
  return node.type === "toml";
}

/** The heading that says the title of the front matter again is left to it. */
function withoutTitle(
  text: string,
  parts: readonly Part[],
  title: string | undefined,
): readonly Part[] {
  const [first, ...rest] = parts;
  if (first?.kind !== "heading") return parts;
  return first.rank === 1 && sliceOf(text, first.span) === title ? rest : parts;
}

/** The blocks of a node in the order of the text; what is not shown to a reader (comments, link targets) has none. */
function partsOf(text: string, node: Node): Part[] {
  if (node.type === "heading") {
    const words = withoutImages(text, node.children);
    return words.map((span) => ({ kind: "heading", span, rank: node.depth }));
  }
  if (node.type === "paragraph") {
    return wordsOf(text, node.children).map((span) => paragraphOf(text, span));
  }
  if (node.type === "code") return codeOf(text, node);
  if (node.type === "list") {
    return node.children.flatMap(({ children }) => withKind(text, children, "item"));
  }
  if (node.type === "blockquote") return withKind(text, node.children, "quotation");
  if (node.type === "footnoteDefinition") return withKind(text, node.children, "note");
  if (node.type === "table") return rowsOf(text, node.children);
  return node.type === "html" ? htmlOf(text, node) : [];
}

/** What a container's own paragraphs are; what else it holds keeps its kind. */
function withKind(
  text: string,
  children: readonly Node[],
  kind: "item" | "quotation" | "note",
): Part[] {
  return children.flatMap((child) =>
    partsOf(text, child).map((part) =>
      child.type === "paragraph" ? { kind, span: part.span } : part,
    ),
  );
}

type Row = Extract<Node, { type: "table" }>["children"][number];

/** The rows of a table below its first, which names the columns. */
function rowsOf(text: string, [heads, ...rows]: readonly Row[]): Part[] {
  const cellsOf = (row: Row): Span[] =>
    spanOf(
      text,
      row.children.flatMap(({ children }) => children),
    );
  const [columns] = heads ? cellsOf(heads) : [];
  return rows.flatMap((row) => cellsOf(row).map((span) => ({ kind: "row", span, columns })));
}

/** A paragraph, or the list item that a `——` line with a sentence is in Chinese newspapers. */
function paragraphOf(text: string, span: Span): Part {
  const words = sliceOf(text, span);
  if (!isDashLine(words) || !endsWithFinalMark(words)) return { kind: "paragraph", span };
  return { kind: "item", span: withoutMarker(text, span) };
}

/** The texts between tags, each a paragraph. */
function htmlOf(text: string, node: Node): Part[] {
  return spanOf(text, [node])
    .flatMap((span) => textsOfHtml(text, span))
    .map((span) => ({ kind: "paragraph", span }));
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

/** From the start of the first node to the end of the last: none for an empty cell. */
function spanOf(text: string, nodes: readonly Pick<Node, "position">[]): Span[] {
  const start = nodes[0]?.position?.start.offset;
  const end = nodes.at(-1)?.position?.end.offset;
  return start === undefined || end === undefined ? [] : trimSpan(text, { start, end });
}
