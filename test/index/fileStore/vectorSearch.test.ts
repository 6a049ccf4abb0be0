import path from "node:path";
import { readFile, writeFile } from "node:fs/promises";
import fc from "fast-check";
import loadWabt from "wabt";
import { describe, expect, it } from "vitest";
import { quantizeRows } from "../../../src/vectors.ts";
import { DOT_PRODUCTS_WASM } from "../../../src/index/fileStore/dotProductsWasm.ts";
import { createDotProducts } from "../../../src/index/fileStore/dotProducts.ts";
import { openExactSearch } from "../../../src/index/fileStore/exactSearch.ts";
import { scattered } from "../../../src/index/fileStore/hnsw.ts";
import {
  encodeChunkVectors,
  residentRecords,
  chunkBytes,
} from "../../../src/index/fileStore/vectorFiles.ts";
import type { VectorSearch } from "../../../src/index/fileStore/vectorSearch.ts";
import { GRAPH_FILE } from "../../../src/index/fileStore/generationFiles.ts";
import { openVectors, writeVectors } from "../../../src/index/fileStore/openVectors.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { hasHnsw } from "../../support/hnsw.ts";
import { SEED } from "../../support/seed.ts";

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

function join(vectors: readonly Float32Array[]): Float32Array {
  return Float32Array.from(vectors.flatMap((it) => Array.from(it)));
}

async function indexOf(vectors: readonly Float32Array[], hasGraph: boolean): Promise<VectorSearch> {
  const folder = await temporaryFolder();
  const all = join(vectors);
  if (hasGraph) await writeVectors(folder, all, DIMENSIONS);
  const graphFile = () => Promise.resolve(path.join(folder, GRAPH_FILE));
  return openVectors({ graphFile: hasGraph ? graphFile : undefined, ...storedOf(vectors) });
}

function storedOf(vectors: readonly Float32Array[]) {
  const rows = encodeChunkVectors(quantizeRows(join(vectors), DIMENSIONS), DIMENSIONS);
  const records = residentRecords(rows, chunkBytes(DIMENSIONS));
  return { records, count: vectors.length, dimensions: DIMENSIONS };
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

it("the order in which a graph grows has each vector once, and its like far away", () => {
  for (const count of [0, 1, 2, 3, 5, 6, 8, 100, 3_709]) {
    const order = [...scattered(count)];
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    const steps = order.slice(1).map((it, i) => Math.abs(it - (order[i] ?? 0)));
    if (count > 8) expect(Math.min(...steps)).toBeGreaterThan(count / 4);
  }
});

describe.skipIf(!hasHnsw)("the graph", () => {
  it("finds exactly what a search of all finds, at the size of a report", async () => {
    const vectors = makeVectors(500);
    const index = await indexOf(vectors, true);
    expect(index.whyExact).toBeUndefined();
    for (const question of vectors.slice(0, 100)) {
      const found = index.search(question, 64).map(({ chunk }) => chunk);
      expect(found).toEqual(searchExactly(vectors, question, 64));
    }
  });

  it("finds nearly all of it at 4,000 vectors: recall@10 of at least .99", async () => {
    const vectors = makeVectors(4_000);
    const index = await indexOf(vectors, true);
    const questions = vectors.filter((_, i) => i % 40 === 0);
    const hits = questions.flatMap((question) => {
      const exact = new Set(searchExactly(vectors, question, 10));
      return index.search(question, 10).filter(({ chunk }) => exact.has(chunk));
    });
    expect(hits.length / (10 * questions.length)).toBeGreaterThanOrEqual(0.99);
  });

  it("finds the few among thousands that are all the same, and these too", async () => {
    const few = makeVectors(100);
    const same = Array.from({ length: 2_000 }, () => few[0] ?? new Float32Array());
    const index = await indexOf([...few, ...same], true);
    for (const [i, vector] of few.entries()) {
      const [nearest] = index.search(vector, 1);
      expect(nearest?.cosine).toBeCloseTo(1, 4);
      if (i > 0) expect(nearest?.chunk).toBe(i);
    }
  });

  it("that is none is named with the remedy", async () => {
    const file = path.join(await temporaryFolder(), GRAPH_FILE);
    await writeFile(file, "no graph");
    const graphFile = () => Promise.resolve(file);
    const opening = openVectors({ graphFile, ...storedOf(makeVectors(3)) });
    await expect(opening).rejects.toThrow(/vectors\.hnsw .* build the index anew/u);
  });
});

describe("exact search", () => {
  it("says why there is no graph", async () => {
    const index = await indexOf(makeVectors(3), false);
    expect(index.whyExact).toContain("hnswlib-node");
  });

  it("gives the cosines with what is stored, each as near as float32 allows", async () => {
    const vectors = makeVectors(100);
    const { rows, scales } = quantizeRows(join(vectors), DIMENSIONS);
    const index = await indexOf(vectors, false);
    for (const question of vectors.slice(0, 20)) {
      const naive = vectors.map((_, unit) =>
        question.reduce(
          (sum, it, k) => sum + it * (rows[unit * DIMENSIONS + k] ?? 0) * (scales[unit] ?? 0),
          0,
        ),
      );
      const hits = index.search(question, 100);
      for (const { chunk, cosine } of hits) expect(cosine).toBeCloseTo(naive[chunk] ?? NaN, 4);
      expect(new Set(hits.map(({ chunk }) => chunk)).size).toBe(100);
      expect(hits.map(({ cosine }) => cosine)).toEqual(
        hits.map(({ cosine }) => cosine).toSorted((a, b) => b - a),
      );
    }
  });

  it("finds what the vectors before quantization give, also beyond a chunk: recall@10 of at least .97", async () => {
    const vectors = makeVectors(5_000);
    const index = await indexOf(vectors, false);
    const questions = vectors.filter((_, i) => i % 50 === 0);
    const hits = questions.flatMap((question) => {
      const exact = new Set(searchExactly(vectors, question, 10));
      return index.search(question, 10).filter(({ chunk }) => exact.has(chunk));
    });
    expect(hits.length / (10 * questions.length)).toBeGreaterThanOrEqual(0.97);
  });

  it("gives the first of equal ones", () => {
    const one = Float32Array.from({ length: DIMENSIONS }, (_, k) => (k === 0 ? 1 : 0));
    const { records } = storedOf([one, one, one, one, one]);
    const found = openExactSearch(records, 5, DIMENSIONS).search(one, 3);
    expect(found.map(({ chunk }) => chunk)).toEqual([0, 1, 2]);
    expect(openExactSearch(records, 5, DIMENSIONS).search(one, 0)).toEqual([]);
  });
});

describe.each([
  ...(hasHnsw ? [["the graph", true] as const] : []),
  ["exact search", false] as const,
])("%s", (_, hasGraph) => {
  it("gives cosines, best first, and no more than it holds", async () => {
    const vectors = makeVectors(3);
    const hits = (await indexOf(vectors, hasGraph)).search(vectors[1] ?? new Float32Array(), 64);
    expect(hits).toHaveLength(3);
    expect(hits[0]?.chunk).toBe(1);
    expect(hits[0]?.cosine).toBeCloseTo(1, 4);
    expect(hits.map(({ cosine }) => cosine)).toEqual(
      hits.map(({ cosine }) => cosine).toSorted((a, b) => b - a),
    );
  });

  it("refuses a vector of another length, and one that is not finite", async () => {
    const index = await indexOf(makeVectors(3), hasGraph);
    expect(() => index.search(new Float32Array(47), 3)).toThrow(
      "expected a vector of 48 values, got 47",
    );
    expect(() => index.search(new Float32Array(48).fill(NaN), 3)).toThrow("not finite");
  });
});

describe("the kernel of dot products", () => {
  it("is what its source compiles to", async () => {
    const wabt = await loadWabt();
    const source = await readFile("src/index/fileStore/dotProducts.wat");
    const { buffer } = wabt.parseWat("dotProducts.wat", source).toBinary({});
    expect(Buffer.from(buffer).toString("base64")).toBe(DOT_PRODUCTS_WASM);
  });

  it("leaves no sum beyond int32, whatever the dimensions", () => {
    for (const dimensions of [8, 16, 520, 1_024, 8_192]) {
      const ones = Float32Array.from({ length: dimensions }, () => 1);
      const quantized = quantizeRows(ones, dimensions);
      const products = createDotProducts(dimensions);
      products.setVector(ones);
      const [cosine] = products.withRows(encodeChunkVectors(quantized, dimensions), 1);
      expect(cosine).toBeCloseTo(Math.sqrt(dimensions), 2);
    }
  });

  it("gives the same for any number of rows, whatever its memory held before", () => {
    const products = createDotProducts(DIMENSIONS);
    const vectors = makeVectors(40);
    for (const count of [40, 1, 2, 3, 4, 5, 39]) {
      const some = vectors.slice(0, count);
      products.setVector(vectors[7] ?? new Float32Array());
      const rows = encodeChunkVectors(quantizeRows(join(some), DIMENSIONS), DIMENSIONS);
      const cosines = [...products.withRows(rows, count)];
      expect(cosines).toHaveLength(count);
      some.forEach((vector, i) => {
        const naive = vector.reduce((sum, it, k) => sum + it * (vectors[7]?.[k] ?? 0), 0);
        expect(cosines[i]).toBeCloseTo(naive, 1);
      });
    }
  });

  it("has room for what it gives, however many rows fill a page of its memory", () => {
    const one = Float32Array.from({ length: DIMENSIONS }, (_, k) => (k === 0 ? 1 : 0));
    const row = encodeChunkVectors(quantizeRows(one, DIMENSIONS), DIMENSIONS);
    for (let count = 1; count <= 1_500; count++) {
      const rows = new Uint8Array(count * row.length);
      for (let i = 0; i < count; i++) rows.set(row, i * row.length);
      const products = createDotProducts(DIMENSIONS);
      products.setVector(one);
      expect(products.withRows(rows, count).at(-1)).toBeCloseTo(1, 2);
    }
  });

  it("refuses dimensions that it cannot take", () => {
    for (const dimensions of [0, 12, -8, NaN, 65_544]) {
      expect(() => createDotProducts(dimensions)).toThrow("multiples of 8 up to 65536");
    }
  });
});
