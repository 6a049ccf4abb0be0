import type { Generation } from "../index/generation.ts";
import { isCitable } from "../report.ts";
import type { KeywordIndexName } from "../index/generation.ts";
import { highest } from "./scorers/keywords.ts";
import type { KeywordScores } from "./scorers/keywords.ts";

/** Vectors that the nearest-neighbour search returns; several of them are often one sentence's. */
export const NEAREST_UNITS = 192;

/** Most sentences that are looked at closely, by vectors and by each kind of terms. */
export const MAX_BY_VECTOR = 64;
const MAX_BY_TERMS: Readonly<Record<KeywordIndexName, number>> = {
  words: 12,
  glosses: 12,
  pinyin: 6,
};

/** So few sentences are all looked at: choosing takes longer. */
const MAX_UNCHOSEN = 96;

/**
 * The sentences worth a closer look: those with a vector near the question's, best first, and those that share the most
 * telling terms with it; no titles and headings. All of them where they are few. A hit on a clause, paragraph or heading is a hit on its sentences.
 *
 * @param vector The question's vector, centred.
 */
export function findCandidates(
  { vectors, chunks, sentences: all }: Pick<Generation, "vectors" | "chunks" | "sentences">,
  vector: Float32Array,
  terms: Readonly<Record<KeywordIndexName, KeywordScores>>,
): number[] {
  const isShown = (sentence: number): boolean => isCitable(all[sentence]?.kind ?? "paragraph");
  if (all.length <= MAX_UNCHOSEN) return Array.from(all.keys()).filter(isShown);
  const sentences = new Set<number>();
  for (const { chunk } of vectors.search(vector, NEAREST_UNITS)) {
    const from = chunks.ranges[2 * chunk] ?? 0;
    const to = chunks.ranges[2 * chunk + 1] ?? 0;
    for (let i = from; i < to && sentences.size < MAX_BY_VECTOR; i++) sentences.add(i);
  }
  for (const sentence of highest(terms.words, MAX_BY_TERMS.words)) sentences.add(sentence);
  for (const sentence of highest(terms.glosses, MAX_BY_TERMS.glosses)) sentences.add(sentence);
  for (const sentence of highest(terms.pinyin, MAX_BY_TERMS.pinyin)) sentences.add(sentence);
  return [...sentences].filter(isShown);
}
