import type { Generation, KeywordIndexName } from "../index/generation.ts";
import { highest } from "./scorers/keywords.ts";
import type { TermMatches } from "./scorers/keywords.ts";

/** Chunks that the nearest-neighbour search returns; several of them are often one sentence's. */
export const NEAREST_CHUNKS = 192;

/** Most sentences that are looked at closely, by vectors and by each kind of terms. */
export const MAX_BY_VECTOR = 64;
const MAX_BY_TERMS: readonly (readonly [KeywordIndexName, number])[] = [
  ["words", 12],
  ["glosses", 12],
  ["pinyin", 6],
];

/** So few sentences are all looked at: choosing takes longer. */
const MAX_UNCHOSEN = 96;

/**
 * The sentences worth a closer look: those with a vector near the question's, best first, and those that share the most
 * telling terms with it. All of them where they are few. A hit on a clause, paragraph or heading is a hit on its sentences.
 *
 * @param vector The question's vector, centred.
 */
export async function findCandidates(
  index: Pick<Generation, "sentences" | "findNearest">,
  vector: Float32Array,
  terms: TermMatches,
): Promise<number[]> {
  const { sentences: all } = index;
  if (all.length <= MAX_UNCHOSEN) return Array.from(all.keys());
  const sentences = new Set<number>();
  for (const { from, to } of await index.findNearest(vector, NEAREST_CHUNKS)) {
    for (let i = from; i < to && sentences.size < MAX_BY_VECTOR; i++) sentences.add(i);
  }
  for (const [name, most] of MAX_BY_TERMS) {
    for (const sentence of highest(terms[name], most)) sentences.add(sentence);
  }
  return [...sentences];
}
