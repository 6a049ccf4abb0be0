import type { ChunkVector, SentenceVectors } from "../../index/generation.ts";
import { dot } from "../../vectors.ts";
import type { Ablation } from "../fusion.ts";

/** What the heading above adds: it says what a sentence is about where the sentence itself takes that for granted. */
const HEADING_SHARE = 0.25;

/**
 * Scores a sentence as a whole: the mean of the question's cosines with the paragraph, the sentence itself and its best clause, and a
 * share of the cosine with the nearest heading above; about −1..1.
 *
 * @param vector The question's, of length 1.
 */
export function denseScore(
  vector: Float32Array,
  { own, paragraph, heading }: SentenceVectors,
  without: Ablation,
): number {
  const cosine = ({ row, scale }: ChunkVector): number => Math.fround(dot(vector, row) * scale);
  const above = heading === undefined || without.has("headings") ? 0 : cosine(heading);
  const cosines = own.map(cosine);
  const [itself = 0] = cosines;
  if (without.has("granularities")) return itself + HEADING_SHARE * above;
  return (cosine(paragraph) + itself + Math.max(...cosines)) / 3 + HEADING_SHARE * above;
}
