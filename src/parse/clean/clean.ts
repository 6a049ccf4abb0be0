import { RULES } from "./rules.ts";
import type { Edit, Rule } from "./rules.ts";

/** A place a rule changed. */
interface RuleExample {
  /** Where in the raw text: both counted from 1, the column in UTF-16 code units. */
  readonly raw: { readonly line: number; readonly column: number };
  /** The place with a few characters around it, before this change and after it. */
  readonly before: string;
  readonly after: string;
}

/** What a cleaning rule did to a text. */
interface RuleReport {
  readonly name: string;
  readonly reason: string;
  /** How many places it changed. */
  readonly count: number;
  /** The first of them, at most {@link MAX_EXAMPLES}. */
  readonly examples: readonly RuleExample[];
}

/** A text without the damage of scraping and conversion. */
export interface CleanText {
  readonly text: string;
  /**
   * The place in the raw text of a place in `text`, in UTF-16 code units, 0 to `text.length`.
   *
   * @throws {RangeError} if the offset is not a place in `text`.
   */
  readonly rawOffset: (offset: number) => number;
  /** One entry for each rule, also for those that found nothing. */
  readonly rules: readonly RuleReport[];
}

/** Examples kept of each rule. */
export const MAX_EXAMPLES = 10;

/** Characters shown on each side of an example's place. */
const CONTEXT_UNITS = 6;

/** Cleans a raw text. A text without damage, and a clean text, come through unchanged. */
export function cleanText(raw: string): CleanText {
  const rules: RuleReport[] = [];
  let draft = firstDraft(raw);
  for (const rule of RULES) {
    const edits = rule.find(draft.text);
    rules.push(reportOf(rule, edits, draft));
    if (edits.length > 0) draft = applyEdits(draft, edits);
  }
  const { text, toRaw } = draft;
  return { text, rules, rawOffset: (offset) => placeIn(toRaw, offset) };
}

function placeIn(toRaw: Uint32Array, offset: number): number {
  const place = toRaw[offset];
  if (place === undefined) {
    throw new RangeError(`Expected an offset from 0 to ${toRaw.length - 1}, got ${offset}.`);
  }
  return place;
}

/** A text on its way from the raw one, with the raw offset of each of its code units, and of its end. */
interface Draft {
  readonly raw: string;
  readonly text: string;
  /** `text.length + 1` offsets, never decreasing. */
  readonly toRaw: Uint32Array;
}

function firstDraft(raw: string): Draft {
  return { raw, text: raw, toRaw: Uint32Array.from({ length: raw.length + 1 }, (_, i) => i) };
}

/** Applies edits that are in order and do not overlap, and carries the map to the raw text along. */
function applyEdits({ raw, text, toRaw }: Draft, edits: readonly Edit[]): Draft {
  const parts: string[] = [];
  const places: number[] = [];
  const keep = (from: number, to: number): void => {
    parts.push(text.slice(from, to));
    for (let i = from; i < to; i++) places.push(toRaw[i] ?? 0);
  };
  let done = 0;
  for (const { start, end, replacement } of edits) {
    keep(done, start);
    parts.push(replacement);
    for (let k = 0; k < replacement.length; k++) places.push(toRaw[Math.min(start + k, end)] ?? 0);
    done = end;
  }
  keep(done, text.length);
  places.push(toRaw[text.length] ?? 0);
  return { raw, text: parts.join(""), toRaw: Uint32Array.from(places) };
}

function reportOf({ name, reason }: Rule, edits: readonly Edit[], draft: Draft): RuleReport {
  const examples = edits.slice(0, MAX_EXAMPLES).map((edit) => exampleOf(edit, draft));
  return { name, reason, count: edits.length, examples };
}

function exampleOf({ start, end, replacement }: Edit, { raw, text, toRaw }: Draft): RuleExample {
  const left = text.slice(Math.max(0, start - CONTEXT_UNITS), start).replace(/^[^]*[\r\n]/u, "");
  const right = text.slice(end, end + CONTEXT_UNITS).replace(/[\r\n][^]*/u, "");
  return {
    raw: positionOf(raw, toRaw[start] ?? 0),
    before: visible(left + text.slice(start, end) + right),
    after: visible(left + replacement + right),
  };
}

/** Context may begin or end within a surrogate pair, and line ends would break the example. */
function visible(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "")
    .replaceAll("\r", "\\r")
    .replaceAll("\n", "\\n");
}

function positionOf(raw: string, offset: number): { line: number; column: number } {
  const lines = raw.slice(0, offset).split(/\r\n?|\n/u);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
