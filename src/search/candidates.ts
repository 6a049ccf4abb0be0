import type { Generation } from "../index/generation.ts";
import { isCitable } from "../text/citable.ts";
import type { LexicalLeg } from "../index/lexical.ts";
import { highest } from "./lexical.ts";
import type { LexicalScores } from "./lexical.ts";

/** Vectors that the nearest-neighbour search returns; several of them are often one sentence's. */
export const NEAREST_UNITS = 192;

/** Most sentences that are looked at closely, by vectors and by each kind of terms. */
export const MAX_BY_VECTOR = 64;
const MAX_BY_TERMS: Readonly<Record<LexicalLeg, number>> = { words: 12, glosses: 12, pinyin: 6 };

/** So few sentences are all looked at: choosing takes longer. */
const MAX_UNCHOSEN = 96;

/**
 * The sentences worth a closer look: those with a vector near the question's, best first, and those that share the most
 * telling terms with it; no titles and headings. All of them where they are few. A hit on a clause, paragraph or heading is a hit on its sentences.
 *
 * @param vector The question's vector, centred.
 */
export function findCandidates(
  { vectors, units, sentences: all }: Pick<Generation, "vectors" | "units" | "sentences">,
  vector: Float32Array,
  lexical: Readonly<Record<LexicalLeg, LexicalScores>>,
): number[] {
  const isShown = (sentence: number): boolean => isCitable(all[sentence]?.kind ?? "paragraph");
  if (all.length <= MAX_UNCHOSEN) return Array.from(all.keys()).filter(isShown);
  const sentences = new Set<number>();
  for (const { unit } of vectors.search(vector, NEAREST_UNITS)) {
    const from = units.ranges[2 * unit] ?? 0;
    const to = units.ranges[2 * unit + 1] ?? 0;
    for (let i = from; i < to && sentences.size < MAX_BY_VECTOR; i++) sentences.add(i);
  }
  for (const sentence of highest(lexical.words, MAX_BY_TERMS.words)) sentences.add(sentence);
  for (const sentence of highest(lexical.glosses, MAX_BY_TERMS.glosses)) sentences.add(sentence);
  for (const sentence of highest(lexical.pinyin, MAX_BY_TERMS.pinyin)) sentences.add(sentence);
  return [...sentences].filter(isShown);
}
