import type { Reading } from "../../models/readWindows.ts";

/** Most tokens of an answer. */
const MAX_SPAN_TOKENS = 30;

/** A run of tokens [from, to), and how likely the answer begins and ends there: the sum of two logits. */
interface TokenSpan {
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

/**
 * The likeliest answer among some of a window's tokens (Devlin et al. 2019, "BERT", section 4.2: the highest sum of the logits of start
 * and end); undefined where there are none.
 *
 * @param from The first of the tokens, `to` the one behind the last.
 */
export function bestSpan(
  { starts, ends }: Pick<Reading, "starts" | "ends">,
  from: number,
  to: number,
): TokenSpan | undefined {
  let best: TokenSpan | undefined;
  for (let start = from; start < to; start++) {
    const beyond = Math.min(to, start + MAX_SPAN_TOKENS);
    for (let end = start; end < beyond; end++) {
      const score = (starts[start] ?? -Infinity) + (ends[end] ?? -Infinity);
      if (best === undefined || score > best.score) best = { from: start, to: end + 1, score };
    }
  }
  return best;
}
