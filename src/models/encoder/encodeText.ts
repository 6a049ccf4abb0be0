import type { Model } from "../model.ts";
import { normaliseRows } from "../../vectors.ts";
import type { Encoding, Role, TokenizedText } from "./encoding.ts";

/** Most tokens of a question that are encoded: some 170 Chinese characters, or 90 English words, in a tenth of a second. */
export const MAX_QUESTION_TOKENS = 128;

/**
 * Encodes one text, in windows where it is longer than the model's sequence; of a question no more than {@link MAX_QUESTION_TOKENS}.
 *
 * The prefix ("query: ", "passage: ") is what E5 was trained with (Wang et al. 2024, arXiv 2402.05672, section 3);
 * its tokens count for the mean, as in training, and are left out of the token vectors.
 *
 * @throws {UserError} if the model's output cannot be used.
 */
export async function encodeText(model: Model, text: string, role: Role): Promise<Encoding> {
  const prefix = model.tokenize(`${role}:`);
  const to = role === "query" ? prefix.length + MAX_QUESTION_TOKENS : undefined;
  const content = model.tokenize(`${role}: ${text}`).slice(prefix.length, to);
  const textStart = role.length + ": ".length;
  const { dimensions } = model;
  const prefixIds = prefix.map((token) => token.id);
  const maxContent = model.maxTokens - prefix.length - 2;
  const mean = new Float64Array(dimensions);
  const tokens = new Float32Array(content.length * dimensions);
  for (const window of planWindows(content.length, maxContent)) {
    const ids = content.slice(window.from, window.to).map((token) => token.id);
    const state = await model.run([...prefixIds, ...ids]);
    addRows(mean, state);
    const first = 1 + prefix.length - window.from;
    const kept = state.subarray(
      (first + window.keepFrom) * dimensions,
      (first + window.keepTo) * dimensions,
    );
    tokens.set(kept, window.keepFrom * dimensions);
  }
  normaliseRows(tokens, dimensions);
  return {
    vector: unit(mean),
    tokens,
    weights: Float32Array.from(content, (token) => token.weight),
    spans: Int32Array.from(
      content.flatMap(({ start, end }) => [start - textStart, end - textStart]),
    ),
  };
}

/** Cuts one text into tokens, without the prefix that it is encoded with. */
export function tokenizeText(model: Pick<Model, "tokenize">, text: string): TokenizedText {
  const tokens = model.tokenize(text);
  return {
    ids: Uint32Array.from(tokens, ({ id }) => id),
    spans: Int32Array.from(tokens.flatMap(({ start, end }) => [start, end])),
  };
}

function addRows(sum: Float64Array, rows: Float32Array): void {
  const { length } = sum;
  for (let i = 0; i < rows.length; i += length) {
    for (let k = 0; k < length; k++) sum[k] = (sum[k] ?? 0) + (rows[i + k] ?? 0);
  }
}

function unit(values: Float64Array): Float32Array {
  const norm = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / norm);
}

/** A stretch of a long token sequence that the model sees in one run, and the part of it whose vectors are kept. */
interface Window {
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
