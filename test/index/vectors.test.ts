import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openVectors, writeVectors } from "../../src/index/vectors.ts";
import type { VectorIndex } from "../../src/index/vectors.ts";
import { temporaryFolder } from "../support/folders.ts";
import { SEED } from "../support/seed.ts";

const DIMENSIONS = 48;

/** Unit vectors around a few centres, as texts of a few subjects give. */
function makeVectors(count: number): Float32Array[] {
  const coordinates = fc.float({ min: -1, max: 1, noNaN: true });
  const point = fc.array(coordinates, { minLength: DIMENSIONS, maxLength: DIMENSIONS });
  const points = fc.sample(point, { seed: SEED, numRuns: count + 20 });
  return points.slice(20).map((it, i) => {
    const centre = points[i % 20] ?? [];
    const mixed = it.map((value, k) => value + (centre[k] ?? 0));
    const norm = Math.hypot(...mixed);
    return Float32Array.from(mixed, (value) => value / norm);
  });
}

async function indexOf(vectors: readonly Float32Array[]): Promise<VectorIndex> {
  const file = path.join(await temporaryFolder(), "vectors.hnsw");
  writeVectors(file, Float32Array.from(vectors.flatMap((it) => Array.from(it))), DIMENSIONS);
  return openVectors(file, DIMENSIONS);
}

/** The naive model: compare with every vector. */
function searchExactly(
  vectors: readonly Float32Array[],
  question: Float32Array,
  limit: number,
): number[] {
  return vectors
    .map((vector, unit) => ({
      unit,
      cosine: vector.reduce((sum, it, k) => sum + it * (question[k] ?? 0), 0),
    }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, limit)
    .map(({ unit }) => unit);
}

describe("a vector index", () => {
  it("finds exactly what a search of all finds, at the size of a report", async () => {
    const vectors = makeVectors(500);
    const index = await indexOf(vectors);
    for (const question of vectors.slice(0, 100)) {
      const found = index.search(question, 64).map(({ unit }) => unit);
      expect(found).toEqual(searchExactly(vectors, question, 64));
    }
  });

  it("finds nearly all of it at 4,000 vectors: recall@10 of at least .99", async () => {
    const vectors = makeVectors(4_000);
    const index = await indexOf(vectors);
    const questions = vectors.filter((_, i) => i % 40 === 0);
    const hits = questions.flatMap((question) => {
      const exact = new Set(searchExactly(vectors, question, 10));
      return index.search(question, 10).filter(({ unit }) => exact.has(unit));
    });
    expect(hits.length / (10 * questions.length)).toBeGreaterThanOrEqual(0.99);
  });

  it("gives cosines, best first, and no more than it holds", async () => {
    const vectors = makeVectors(3);
    const hits = (await indexOf(vectors)).search(vectors[1] ?? new Float32Array(), 64);
    expect(hits).toHaveLength(3);
    expect(hits[0]?.unit).toBe(1);
    expect(hits[0]?.cosine).toBeCloseTo(1, 5);
    expect(hits.map(({ cosine }) => cosine)).toEqual(
      hits.map(({ cosine }) => cosine).toSorted((a, b) => b - a),
    );
  });

  it("refuses a vector that hnswlib would take without a word", async () => {
    const index = await indexOf(makeVectors(3));
    expect(() => index.search(new Float32Array(47), 3)).toThrow(
      "expected a vector of 48 values, got 47",
    );
    expect(() => index.search(new Float32Array(48).fill(NaN), 3)).toThrow("not finite");
  });
});
