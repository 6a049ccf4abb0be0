/** The cheapest way to cut a run of characters into words: the lattice of all words that stand in it (Viterbi 1967). Pure. */

/** A word that may stand in a run, from its first character to behind its last one. */
export interface Edge<Word> {
  readonly from: number;
  readonly to: number;
  /** −log of its probability. */
  readonly cost: number;
  readonly word: Word;
}

/**
 * The words along the cheapest way through a run, in order; of ways that cost the same the one whose last word is longest.
 *
 * @param edgesTo The words that end at a place, 1 to `length`, the longest first. None may end within a character of two code units.
 */
export function cheapestWay<Word>(
  length: number,
  edgesTo: (to: number) => Iterable<Edge<Word>>,
): Edge<Word>[] {
  const costs = [0];
  const last: (Edge<Word> | undefined)[] = [undefined];
  for (let to = 1; to <= length; to++) {
    let best = Infinity;
    for (const edge of edgesTo(to)) {
      const cost = (costs[edge.from] ?? Infinity) + edge.cost;
      if (cost >= best) continue;
      best = cost;
      last[to] = edge;
    }
    costs[to] = best;
  }
  const way: Edge<Word>[] = [];
  for (let edge = last[length]; edge; edge = last[edge.from]) way.push(edge);
  return way.reverse();
}
