/** A stretch of a long token sequence that the model sees in one run, and the part of it whose vectors are kept. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly keepFrom: number;
  readonly keepTo: number;
}

/** Tokens that neighbouring windows share, so that a kept token always has context on both sides. */
export const WINDOW_OVERLAP_TOKENS = 64;

/**
 * Covers `count` tokens with overlapping windows whose kept parts tile the sequence.
 *
 * @param count Number of tokens, 0 or more.
 * @param maxTokens Most tokens of one window; more than twice the overlap.
 */
export function planWindows(count: number, maxTokens: number): Window[] {
  if (maxTokens <= 2 * WINDOW_OVERLAP_TOKENS) {
    throw new RangeError(
      `windows need more than ${2 * WINDOW_OVERLAP_TOKENS} tokens, got ${maxTokens}`,
    );
  }
  const windows: Window[] = [];
  const half = WINDOW_OVERLAP_TOKENS / 2;
  for (let from = 0; ; from += maxTokens - WINDOW_OVERLAP_TOKENS) {
    const to = Math.min(count, from + maxTokens);
    const isLast = to === count;
    windows.push({
      from,
      to,
      keepFrom: from === 0 ? 0 : from + half,
      keepTo: isLast ? count : to - half,
    });
    if (isLast) return windows;
  }
}
