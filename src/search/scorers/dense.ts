import type { ChunkVector, SentenceVectors } from "../../index/generation.ts";
import type { Ablation } from "../fusion.ts";

/** What the heading above adds: it says what a sentence is about where the sentence itself takes that for granted. */
const HEADING_SHARE = 0.25;

/** How much the paragraph counts beside the sentence itself. */
const PARAGRAPH_SHARE = 1 / 3;

/**
 * Scores sentences as a whole: the mean of the question's cosines with the sentence and its paragraph, and a share of the cosine with the
 * nearest heading above; about −1..1.
 *
 * @param vector The question's, of length 1.
 */
export function denseScores(
  vector: Float32Array,
  sentences: readonly SentenceVectors[],
  without: Ablation,
): number[] {
  // Sentences share their paragraph and their heading.
  const known = new Map<ChunkVector, number>();
  const cosineOf = (chunk: ChunkVector): number => {
    const cosine = known.get(chunk) ?? chunk.cosine(vector);
    known.set(chunk, cosine);
    return cosine;
  };
  return sentences.map(({ own, paragraph, heading }) => {
    const above = heading === undefined || without.has("headings") ? 0 : cosineOf(heading);
    const around = cosineOf(without.has("paragraphs") ? own : paragraph);
    return (1 - PARAGRAPH_SHARE) * cosineOf(own) + PARAGRAPH_SHARE * around + HEADING_SHARE * above;
  });
}
