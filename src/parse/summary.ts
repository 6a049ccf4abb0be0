/** What was understood of a report's file: its outline as data. */
import { pageOf } from "../report.ts";
import type { BlockKind } from "../report.ts";
import { sliceOf } from "../text/spans.ts";
import type { LeftOut } from "./outline.ts";
import type { Parsed } from "./parseReport.ts";

interface Heading {
  readonly text: string;
  readonly level: number;
  readonly page?: number | undefined;
}

/** A report's title, front, headings, blocks by kind, and what was left out. */
export interface Summary {
  readonly title: string;
  readonly author?: string | undefined;
  readonly date?: string | undefined;
  readonly url?: string | undefined;
  readonly pages?: number | undefined;
  readonly headings: readonly Heading[];
  readonly blocks: Readonly<Partial<Record<BlockKind, number>>>;
  /** Of paragraphs and list items. */
  readonly sentences: number;
  readonly leftOut: readonly LeftOut[];
}

/** Sums up what was parsed. */
export function summarise({ report, leftOut }: Parsed): Summary {
  const { title, front, pages, blocks, sections, sentences, text } = report;
  const counts: Partial<Record<BlockKind, number>> = {};
  for (const { kind } of blocks) counts[kind] = (counts[kind] ?? 0) + 1;
  return {
    title,
    author: front.author,
    date: front.date,
    url: front.url,
    pages: pages.length > 0 ? pages.length : undefined,
    headings: sections.map(({ heading, level }) => ({
      text: sliceOf(text, heading),
      level,
      page: pageOf(report, heading.start)?.number,
    })),
    blocks: counts,
    sentences: sentences.filter(({ block }) => isProse(blocks[block]?.kind)).length,
    leftOut,
  };
}

function isProse(kind: BlockKind | undefined): boolean {
  return kind === "paragraph" || kind === "item";
}
