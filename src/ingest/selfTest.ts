import { sha256 } from "../bytes.ts";
import type { Generation } from "../index/generation.ts";

/** How many sentences, spread over the index, are looked up. */
const PROBES = 5;

/**
 * Looks some of an index's own sentences up in it, by vector and by keyword, and proves the passages they belong to.
 *
 * @throws {Error} if one is not found where it is.
 */
export function selfTest(generation: Generation): void {
  const { sentences, passages } = generation;
  for (let i = 0; i < PROBES; i++) {
    const sentence = Math.floor((i * sentences.length) / PROBES);
    const passage = passages[sentences[sentence]?.passage ?? -1];
    if (passage === undefined) throw new Error(`sentence ${sentence} has no passage`);
    const text = generation.readText(passage.report, passage.span);
    if (sha256(text) !== passage.proof) throw new Error(`passage ${passage.id} is not its text`);
    assertFoundByVector(generation, sentence);
  }
}

function assertFoundByVector({ chunks, vectors }: Generation, sentence: number): void {
  const unit = chunks.ownChunks[sentence] ?? 0;
  const isFound = vectors
    .search(chunks.rows.vector(unit), 1)
    .some((hit) => covers(chunks.ranges, hit.chunk, sentence) || hit.cosine > 0.999);
  if (!isFound) throw new Error(`sentence ${sentence} is not found by its own vector`);
}

function covers(ranges: Uint32Array, unit: number, sentence: number): boolean {
  const from = ranges[2 * unit];
  const to = ranges[2 * unit + 1];
  return from !== undefined && to !== undefined && from <= sentence && sentence < to;
}
