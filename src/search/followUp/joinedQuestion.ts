/** A question together with the one before it, as they are searched and read at once. Pure. */
import type { Encoding } from "../../models/encoder/encoding.ts";
import { MAX_READ_QUESTION_TOKENS } from "../../models/readerLimits.ts";

/** Characters of the earlier question that count, UTF-16 code units: the new words must have their place among the tokens behind it. */
const MAX_EARLIER_CHARS = 120;

/** What a token of the earlier question counts beside one of the new words. */
const EARLIER_WEIGHT = 0.5;

/** Two questions as one text, the earlier one first. */
export function joinQuestions(earlier: string, own: string): string {
  return `${earlier.slice(0, MAX_EARLIER_CHARS).replace(/\p{Surrogate}$/u, "")} ${own}`;
}

/**
 * What the model makes of two questions, the earlier one weighed less.
 *
 * @param earlierChars How much of the text is the earlier one, UTF-16 code units; 0 if there is none.
 */
export function weighEarlier(encoding: Encoding, earlierChars: number): Encoding {
  const { weights, spans } = encoding;
  const count = earlierTokens(spans, earlierChars);
  if (count === 0) return encoding;
  return { ...encoding, weights: weights.map((it, i) => (i < count ? EARLIER_WEIGHT * it : it)) };
}

/** Two questions as they are read: of the earlier one as much as the reader has room for. */
export function readTogether(
  text: string,
  earlierChars: number,
  { spans }: Pick<Encoding, "spans">,
): string {
  const beyond = spans.length / 2 - MAX_READ_QUESTION_TOKENS;
  if (earlierChars === 0 || beyond <= 0) return text;
  const kept = earlierTokens(spans, earlierChars) - beyond;
  const end = kept > 0 ? (spans[2 * kept - 1] ?? 0) : 0;
  return `${text.slice(0, end)} ${text.slice(earlierChars)}`.trim();
}

/** How many tokens lie in the earlier question, which is the beginning of the text. */
function earlierTokens(spans: Int32Array, earlierChars: number): number {
  let count = 0;
  while (earlierChars > 0 && (spans[2 * count + 1] ?? Infinity) <= earlierChars) count++;
  return count;
}
