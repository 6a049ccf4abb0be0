import type { Block, BlockKind, Section, Span } from "../report.ts";

/** A block before its section is known. */
export type Part =
  | { readonly kind: Exclude<BlockKind, "heading">; readonly span: Span }
  | { readonly kind: "heading"; readonly span: Span; readonly rank: number };

/** The blocks of a report and the sections they stand in. */
export interface Outline {
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

/** Puts parts into sections. Ranks may be any numbers, lower is higher: only those in use become levels, from 1. */
export function outlineOf(text: string, parts: readonly Part[]): Outline {
  const headings = parts.filter((part) => part.kind === "heading");
  const ranks = [...new Set(headings.map(({ rank }) => rank))].sort((a, b) => a - b);
  const sections: Section[] = [];
  const blocks = parts.map((part): Block => {
    if (part.kind === "heading") {
      const level = ranks.indexOf(part.rank) + 1;
      const path = [...pathAbove(sections, level), text.slice(part.span.start, part.span.end)];
      sections.push({ heading: part.span, level, path });
    }
    const section = sections.length > 0 ? sections.length - 1 : undefined;
    return { kind: part.kind, span: part.span, section };
  });
  return { blocks, sections };
}

/** The path of the nearest heading of a higher level; levels may be left out in between. */
function pathAbove(sections: readonly Section[], level: number): readonly string[] {
  return sections.findLast((it) => it.level < level)?.path ?? [];
}
