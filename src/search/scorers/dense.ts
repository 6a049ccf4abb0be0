import type { AblationPart } from "../fusion.ts";
import type { Generation, ChunkTable } from "../../index/generation.ts";

/** Scores sentences as a whole against a question's vector; about −1..1. */
export type DenseScore = (vector: Float32Array) => (sentence: number) => number;

/** What the heading above adds: it says what a sentence is about where the sentence itself takes that for granted. */
const HEADING_SHARE = 0.25;

/**
 * Prepares dense scores: the mean of the question's cosines with the paragraph, the sentence itself and its best clause, and a share
 * of the cosine with the nearest heading above.
 */
export function prepareDense(
  { chunks }: Pick<Generation, "chunks">,
  without: ReadonlySet<AblationPart> = new Set(),
): DenseScore {
  const headingOf = without.has("headings") ? new Map<number, number>() : nearestHeadings(chunks);
  const hasGranularities = !without.has("granularities");
  return (vector) => {
    // Sentences share their paragraph and their heading.
    const known = new Map<number, number>();
    const cosine = (unit: number): number => {
      const value = known.get(unit) ?? chunks.rows.cosines(vector, unit, unit + 1)[0] ?? 0;
      known.set(unit, value);
      return value;
    };
    return (sentence) => {
      const first = chunks.ownChunks[sentence] ?? 0;
      const own = chunks.rows.cosines(vector, first, chunks.ownChunks[sentence + 1] ?? first + 1);
      const heading = headingOf.get(sentence);
      const above = heading === undefined ? 0 : cosine(heading);
      if (!hasGranularities) return (own[0] ?? 0) + HEADING_SHARE * above;
      const whole = cosine(chunks.paragraphOf[sentence] ?? first);
      return (whole + (own[0] ?? 0) + Math.max(...own)) / 3 + HEADING_SHARE * above;
    };
  };
}

/** The heading unit above each sentence, the deepest one. Heading units come before those of paragraphs, outer ones first. */
function nearestHeadings({ ranges, paragraphOf }: ChunkTable): ReadonlyMap<number, number> {
  const headings = paragraphOf.reduce((least, unit) => Math.min(least, unit), ranges.length / 2);
  const headingOf = new Map<number, number>();
  for (let unit = 0; unit < headings; unit++) {
    const to = ranges[2 * unit + 1] ?? 0;
    for (let sentence = ranges[2 * unit] ?? 0; sentence < to; sentence++) {
      headingOf.set(sentence, unit);
    }
  }
  return headingOf;
}
