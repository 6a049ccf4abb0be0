import type { Encoding, Role } from "./encoding.ts";
import type { Model } from "./model.ts";
import { normaliseRows } from "./rows.ts";
import { planWindows } from "./windows.ts";

/**
 * Encodes one text, in windows where it is longer than the model's sequence.
 *
 * The prefix ("query: ", "passage: ") is what E5 was trained with (Wang et al. 2024, arXiv 2402.05672, section 3);
 * its tokens count for the mean, as in training, and are left out of the token vectors.
 *
 * @throws {UserError} if the model's output cannot be used.
 */
export async function encodeText(model: Model, text: string, role: Role): Promise<Encoding> {
  const prefix = model.tokenize(`${role}:`);
  const content = model.tokenize(`${role}: ${text}`).slice(prefix.length);
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
