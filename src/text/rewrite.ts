import type { Span } from "../report.ts";

/** Replaces a stretch of a text. */
export interface Edit extends Span {
  readonly replacement: string;
}

/** A text with the raw offset of each of its code units, and of its end. */
export interface Draft {
  readonly text: string;
  /** `text.length + 1` offsets, never decreasing. */
  readonly toRaw: Uint32Array;
}

/** A raw text as the first draft of itself. */
export function firstDraft(raw: string): Draft {
  return { text: raw, toRaw: Uint32Array.from({ length: raw.length + 1 }, (_, i) => i) };
}

/** Applies edits that are in order and do not overlap, and carries the map to the raw text along. */
export function applyEdits({ text, toRaw }: Draft, edits: readonly Edit[]): Draft {
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
  return { text: parts.join(""), toRaw: Uint32Array.from(places) };
}
