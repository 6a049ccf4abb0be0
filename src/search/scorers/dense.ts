import type { ChunkVectors, SentenceVectors } from "../../index/generation.ts";
import type { Ablation } from "../fusion.ts";

/** What the heading above adds: it says what a sentence is about where the sentence itself takes that for granted. */
const HEADING_SHARE = 0.25;

/**
 * Scores sentences as a whole: the mean of the question's cosines with the paragraph, the sentence itself and its best clause, and a
 * share of the cosine with the nearest heading above; about −1..1.
 *
 * @param vector The question's, of length 1.
 */
export function denseScores(
  vector: Float32Array,
  sentences: readonly SentenceVectors[],
  without: Ablation,
): number[] {
  // Sentences share their paragraph and their heading.
  const known = new Map<ChunkVectors, number>();
  const cosineOf = (shared: ChunkVectors): number => {
    const cosine = known.get(shared) ?? shared.cosines(vector)[0] ?? 0;
    known.set(shared, cosine);
    return cosine;
  };
  return sentences.map(({ own, paragraph, heading }) => {
    const above = heading === undefined || without.has("headings") ? 0 : cosineOf(heading);
    const ofOwn = own.cosines(vector);
    const [itself = 0] = ofOwn;
    if (without.has("granularities")) return itself + HEADING_SHARE * above;
    return (cosineOf(paragraph) + itself + Math.max(...ofOwn)) / 3 + HEADING_SHARE * above;
  });
}
