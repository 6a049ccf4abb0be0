import type { Block, BlockKind, Front, Page, Section, Span } from "../report.ts";
import { sliceOf } from "../text/spans.ts";
import { withoutMarker } from "./formats/lineKinds.ts";
import { frontKinds, frontOf } from "./front.ts";

/** A block before its section is known. */
export type Part =
  | {
      readonly kind: Exclude<BlockKind, "heading">;
      readonly span: Span;
      readonly columns?: Span | undefined;
    }
  | { readonly kind: "heading"; readonly span: Span; readonly rank: number };

/** Something that is in a file and that nobody is to be shown as the report's words. */
export interface LeftOut {
  readonly text: string;
  /** In a few words: `page number`, `hidden`, `running head`. */
  readonly why: string;
}

/** A report's text and what it is made of, in the order of the text: what each format's reader gives. */
export interface Document {
  readonly text: string;
  readonly parts: readonly Part[];
  /** The title, where the file says it apart from its text; else it is the part of this kind. */
  readonly title?: string | undefined;
  readonly front?: Front;
  readonly pages?: readonly Page[];
  readonly leftOut?: readonly LeftOut[];
}

/** The blocks of a report, the sections they stand in, and its title's text if it has one. */
interface Outline {
  readonly title: string | undefined;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

/** Puts parts into sections. Ranks may be any numbers, lower is higher: only those in use become levels, from 1. */
export function outlineOf({ text, parts, title }: Document): Outline {
  const headings = parts.filter((part) => part.kind === "heading");
  const ranks = [...new Set(headings.map(({ rank }) => rank))].sort((a, b) => a - b);
  const sections: Section[] = [];
  // The section each level is in: a heading ends those of its level and below.
  const open: Section[] = [];
  const blocks = parts.map((part): Block => {
    if (part.kind === "heading") {
      const level = ranks.indexOf(part.rank) + 1;
      while ((open.at(-1)?.level ?? 0) >= level) open.pop();
      const path = [...(open.at(-1)?.path ?? []), sliceOf(text, part.span)];
      const section = { heading: part.span, level, path };
      sections.push(section);
      open.push(section);
    }
    const section = sections.length > 0 ? sections.length - 1 : undefined;
    const columns = part.kind === "heading" ? undefined : part.columns;
    return { kind: part.kind, span: part.span, section, ...(columns && { columns }) };
  });
  const titled = parts.find(({ kind }) => kind === "title");
  return { title: titled ? sliceOf(text, titled.span) : title, blocks, sections };
}

/** Names the front of a document whose format marks its headings: one of rank 1 at the start is the title. */
export function withFront(document: Document): Document {
  const { text, parts } = document;
  const [first] = parts;
  const hasTitle = first?.kind === "title" || (first?.kind === "heading" && first.rank === 1);
  const words = parts.map(({ span }) => sliceOf(text, span));
  const kinds = frontKinds(words, hasTitle);
  const named = parts.map((part, i): Part => {
    const kind = kinds[i];
    if (kind === "title") return { kind, span: part.span };
    if (kind === undefined || part.kind !== "paragraph") return part;
    return { kind, span: withoutMarker(text, part.span) };
  });
  const bylines = words.filter((_, i) => named[i]?.kind === "byline");
  return { ...document, parts: named, front: { ...frontOf(bylines), ...document.front } };
}
