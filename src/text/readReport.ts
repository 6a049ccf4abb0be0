import type { Report } from "../report.ts";
import { readMarkdown } from "./markdown.ts";
import { readPassages } from "./passages.ts";
import { readStructure } from "./structure.ts";

/** A report's clean text and what is known of its file. */
export interface ReportText {
  /** The file's name without its ending. */
  readonly id: string;
  readonly format: "text" | "markdown";
  /** As {@link cleanText} gives it. */
  readonly text: string;
}

/** Reads a clean text into its title, sections, blocks, sentences and passages. A blank text has none of them. */
export function readReport({ id, format, text }: ReportText): Report {
  const { blocks, sections } = format === "markdown" ? readMarkdown(text) : readStructure(text);
  const title = blocks.find(({ kind }) => kind === "title")?.span;
  return {
    id,
    title: title ? text.slice(title.start, title.end) : id,
    text,
    blocks,
    sections,
    ...readPassages(id, text, blocks),
  };
}
