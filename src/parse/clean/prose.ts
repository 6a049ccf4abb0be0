/** What cleaning may change: not code, and of tables and other languages only what no author writes. */
import type { Span } from "../../report.ts";
import { HAN } from "../../text/hanCharsets.ts";
import { linesOf } from "../../text/spans.ts";
import type { Line } from "../../text/spans.ts";
import { FENCE } from "../formats/lineKinds.ts";

/** What the code units of a text may be cleaned of. */
export const ZONE = {
  /** Nothing: fenced or indented code, code in backticks. */
  code: 0,
  /** Notes, but not punctuation: tables, and lines in other languages. */
  other: 1,
  /** Everything: Chinese prose. */
  prose: 2,
} as const;

type LineKind = keyof typeof ZONE;

/** The zone of each code unit of a text with `\n` line endings. */
export function zonesOf(text: string): Uint8Array {
  const zones = new Uint8Array(text.length).fill(ZONE.other);
  const lines = linesOf(text);
  const isCode = findCode(lines);
  const isRow = findTableRows(lines, isCode);
  lines.forEach((line, i) => {
    const kind = kindOfLine(line.text, isCode[i] === true, isRow[i] === true);
    zones.fill(ZONE[kind], line.start, line.end);
    for (const code of inlineCode(line.text)) {
      zones.fill(ZONE.code, line.start + code.start, line.start + code.end);
    }
  });
  return zones;
}

/** Code between backticks, as many before it as behind it. */
function inlineCode(line: string): Span[] {
  const runs = Array.from(line.matchAll(/`+/gu));
  // For each run, the next one of its length.
  const partners: (number | undefined)[] = [];
  const nearest = new Map<number, number>();
  for (let i = runs.length - 1; i >= 0; i--) {
    const length = runs[i]?.[0].length ?? 0;
    partners[i] = nearest.get(length);
    nearest.set(length, i);
  }
  const found: Span[] = [];
  for (let i = 0; i < runs.length; i++) {
    const partner = partners[i];
    const [from, to] = [runs[i], partner === undefined ? undefined : runs[partner]];
    if (partner === undefined || from === undefined || to === undefined) continue;
    found.push({ start: from.index, end: to.index + to[0].length });
    i = partner;
  }
  return found;
}

function withoutCode(line: string): string {
  let from = 0;
  const kept = inlineCode(line).map(({ start, end }) => {
    const before = line.slice(from, start);
    from = end;
    return before;
  });
  return kept.join("") + line.slice(from);
}

const LETTER = /\p{L}/gu;

function kindOfLine(line: string, isCode: boolean, isRow: boolean): LineKind {
  if (isCode) return "code";
  return isRow || !isMostlyHan(withoutCode(line)) ? "other" : "prose";
}

function isMostlyHan(line: string): boolean {
  const letters = line.match(LETTER) ?? [];
  const han = letters.filter((letter) => HAN.test(letter)).length;
  return han > letters.length / 2;
}

const FENCE_LINE = new RegExp(`^ {0,3}(${FENCE})`, "u");
const INDENTED = /^(?: {4}|\t)/u;

/** Which lines are code. Where most lines are indented, that is how the file sets its paragraphs. */
function findCode(lines: readonly Line[]): boolean[] {
  const filled = lines.filter(({ text }) => text.trim() !== "");
  const indented = filled.filter(({ text }) => INDENTED.test(text)).length;
  const indentIsCode = indented <= filled.length / 2;
  let fence: string | undefined;
  return lines.map(({ text }) => {
    const mark = FENCE_LINE.exec(text)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && text.trim() === mark) fence = undefined;
      return true;
    }
    fence = mark;
    return mark !== undefined || (indentIsCode && INDENTED.test(text));
  });
}

const SENTENCE_MARK = /[。！？!?]|,[、；]/u;
const FINAL_AT_END = /[。！？!?]["”’」』]*$/u;

/** Separators of cells; a comma is one only in a line without a sentence in it. */
const SEPARATORS = [
  { separator: ",", excludes: SENTENCE_MARK },
  { separator: "\t", excludes: FINAL_AT_END },
  { separator: "|", excludes: FINAL_AT_END },
] as const;

/** Which lines are rows of a table: neighbours with the same number of separators, where an empty cell is not damage. */
function findTableRows(lines: readonly Line[], isCode: readonly boolean[]): boolean[] {
  const isRow = lines.map(() => false);
  for (const { separator, excludes } of SEPARATORS) {
    const counts = lines.map(({ text }, i) =>
      isCode[i] === true || excludes.test(text) ? 0 : text.trim().split(separator).length - 1,
    );
    counts.forEach((count, i) => {
      if (count > 0 && (counts[i - 1] === count || counts[i + 1] === count)) isRow[i] = true;
    });
  }
  return isRow;
}
