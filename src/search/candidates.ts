import type { Generation } from "../index/generation.ts";
import type { KeywordHit } from "../index/keywords.ts";

/** Vectors that the nearest-neighbour search returns; several of them are often one sentence's. */
const NEAREST_UNITS = 96;

/** Most sentences that are looked at closely, by vectors and by keywords each. */
const MAX_BY_VECTOR = 24;
const MAX_BY_KEYWORD = 12;

/**
 * The sentences worth a closer look: those with a vector near the question's, best first, and those that share the most
 * telling terms with it. A hit on a clause, paragraph or heading is a hit on its sentences.
 */
export function findCandidates(
  generation: Generation,
  vector: Float32Array,
  keywordHits: readonly KeywordHit[],
): number[] {
  const sentences = new Set<number>();
  for (const { unit } of generation.vectors.search(vector, NEAREST_UNITS)) {
    const from = generation.units.ranges[2 * unit] ?? 0;
    const to = generation.units.ranges[2 * unit + 1] ?? 0;
    for (let i = from; i < to && sentences.size < MAX_BY_VECTOR; i++) sentences.add(i);
  }
  for (const { sentence } of keywordHits.slice(0, MAX_BY_KEYWORD)) sentences.add(sentence);
  return [...sentences];
}
