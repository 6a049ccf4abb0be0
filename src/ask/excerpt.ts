import type { Generation } from "../index/generation.ts";
import type { Span } from "../report.ts";
import type { RankedPassage } from "../search/ranking.ts";
import { splitClauses } from "../text/clauses.ts";

/**
 * The clause that answers best: the one whose tokens hold the most of the question's weight, by the token alignments of
 * the late interaction.
 *
 * @param text The passage's text.
 * @returns [from, to) in `text`.
 */
export function highlightOf(
  generation: Generation,
  { passage, match, weights }: RankedPassage,
  text: string,
): [from: number, to: number] {
  const sentence = generation.sentences[match.sentence];
  if (sentence === undefined) return [0, text.length];
  const start = sentence.span.start - passage.span.start;
  const clauses = splitClauses(text, { start, end: sentence.span.end - passage.span.start });
  const { spans } = generation.tokens.read(match.sentence);
  const shares = clauses.map(() => 0);
  match.interaction.matches.forEach((token, t) => {
    const clause = clauseAt(clauses, start + (spans[2 * token] ?? 0));
    const gain = (weights[t] ?? 0) * Math.max(0, match.interaction.maxima[t] ?? 0);
    shares[clause] = (shares[clause] ?? 0) + gain;
  });
  const best = clauses[shares.indexOf(Math.max(...shares))];
  return best ? [best.start, best.end] : [0, text.length];
}

function clauseAt(clauses: readonly Span[], place: number): number {
  const after = clauses.findIndex(({ end }) => place < end);
  return after < 0 ? clauses.length - 1 : after;
}
