/** Which neighbouring blocks of a report may share a window, and what the reader sees before them. */
import type { Block, Report } from "../report.ts";
import { sliceOf } from "../text/spans.ts";

/** Where the head is cut, in UTF-16 code units: that of a text, and that of a heading, which is the title alone. */
export const HEAD_CHARS = 120;
export const HEADING_HEAD_CHARS = 80;

/**
 * What the reader is told of bylines, which are names and days without a word of what they are. In Chinese and English it knows them in
 * whatever language is asked.
 */
const BYLINE_LABELS = [
  ["author", "作者 Author"],
  ["date", "日期 Date"],
] as const;

/** Neighbouring blocks that may share a window: a title or a heading alone, bylines, or what stands below them. */
export type Run = readonly Block[];

/** The runs of a report, in its order. */
export function runsOf(blocks: readonly Block[]): Run[] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const before = runs.at(-1);
    if (before?.[0] && mayShare(before[0], block)) before.push(block);
    else runs.push([block]);
  }
  return runs;
}

function mayShare({ kind: a }: Block, { kind: b }: Block): boolean {
  if (a === "title" || a === "heading" || b === "title" || b === "heading") return false;
  return (a === "byline") === (b === "byline");
}

/** What stands before the windows of a run. */
export function headOf(report: Report, run: Run): string {
  const { title, text, sections } = report;
  const [{ kind, section = -1 } = { kind: "title" }] = run;
  if (kind === "title") return "";
  if (kind === "heading") return beginningOf(title, HEADING_HEAD_CHARS);
  if (kind === "byline")
    return `${beginningOf(title, HEADING_HEAD_CHARS)} ${labelsOf(report, run)}:`;
  const heading = sections[section]?.heading;
  return beginningOf(heading ? `${title} ${sliceOf(text, heading)}` : title, HEAD_CHARS);
}

/** What bylines say: who wrote the report, when, or either. */
function labelsOf({ text, front }: Report, bylines: Run): string {
  const words = bylines.map(({ span }) => sliceOf(text, span)).join("\n");
  const isSaid = (value: string | undefined): boolean =>
    value !== undefined && words.includes(value);
  const labels = BYLINE_LABELS.filter(([field]) => isSaid(front[field]));
  return (labels.length > 0 ? labels : BYLINE_LABELS).map(([, label]) => label).join(" ");
}

/** No half of a character is left at the end, and no space, which would be a token of its own. */
export function beginningOf(text: string, chars: number): string {
  return text
    .slice(0, chars)
    .replace(/[\uD800-\uDBFF]$/u, "")
    .trimEnd();
}
