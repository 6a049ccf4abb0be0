import type { WindowTokens } from "../../index/generation.ts";
import type { Reading } from "../../models/readWindows.ts";
import type { Span } from "../../report.ts";

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

/** How surely a window answers with a span: the logit that it answers, and half of what the span is above there being none. */
export function answerScore({ answers, nowhere }: Reading, span: TokenSpan | undefined): number {
  return answers + (span ? (span.score - nowhere) / 2 : 0);
}

/** Where a span of a window's tokens stands in the report's clean text; empty where it begins in the head, which stands elsewhere. */
export function spanInText({ spans }: WindowTokens, { from, to }: TokenSpan): Span {
  const [start = 0, endOfFirst = 0] = spans.subarray(2 * from, 2 * from + 2);
  return { start, end: endOfFirst === 0 ? start : (spans[2 * to - 1] ?? start) };
}
