import path from "node:path";
import { truncate, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseRows, quantizeRows } from "../../../src/vectors.ts";
import {
  encodeTokens,
  encodeChunkVectors,
  openTokens,
  openChunkVectors,
  residentRecords,
  storedRecords,
  tokenBytes,
  chunkBytes,
} from "../../../src/index/fileStore/vectorFiles.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { SEED } from "../../support/seed.ts";

const DIMENSIONS = 16;

/** Rows of length 1 from whole numbers, so that a failure prints in a line. */
const rows = (count: fc.Arbitrary<number>): fc.Arbitrary<Float32Array> =>
  count
    .chain((it) =>
      fc.array(fc.integer({ min: -9, max: 9 }), {
        minLength: it * DIMENSIONS,
        maxLength: it * DIMENSIONS,
      }),
    )
    .map((values) => normaliseRows(Float32Array.from(values), DIMENSIONS));

describe("records", () => {
  it("are the same from memory and from the disk", async () => {
    const file = path.join(await temporaryFolder(), "records");
    const size = 12;
    const data = Uint8Array.from({ length: 20 * size }, (_, i) => (i * 31) % 251);
    await writeFile(file, data);
    const [resident, stored] = [residentRecords(data, size), storedRecords(file, size)];
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const expected = Array.from(data.slice(from * size, to * size));
        expect(Array.from(resident.read(from, to))).toEqual(expected);
        const read = stored.read(from, to);
        expect(Array.from(read)).toEqual(expected);
        expect(read.byteOffset % 4).toBe(0);
      }),
      { seed: SEED },
    );
    stored.close();
  });

  it("are refused where the file ends before them", async () => {
    const file = path.join(await temporaryFolder(), "records");
    await writeFile(file, new Uint8Array(24));
    const stored = storedRecords(file, 12);
    await truncate(file, 20);
    expect(stored.read(0, 1)).toHaveLength(12);
    expect(() => stored.read(1, 2)).toThrow("ends before record 2");
    stored.close();
  });
});

describe("token vectors", () => {
  it("are read sentence by sentence as they were written", () => {
    const sentences = fc.array(rows(fc.nat(4)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sentences, (texts) => {
        const written = texts.map((vectors, i) => {
          const quantized = quantizeRows(vectors, DIMENSIONS);
          const spans = Uint32Array.from({ length: 2 * quantized.scales.length }, (_, k) => i + k);
          return { ...quantized, spans };
        });
        const data = Uint8Array.from(Buffer.concat(written.map(encodeTokens)));
        const offsets = Uint32Array.from([0, ...written.map(({ scales }) => scales.length)]);
        for (let i = 1; i < offsets.length; i++)
          offsets[i] = (offsets[i] ?? 0) + (offsets[i - 1] ?? 0);
        const records = residentRecords(data, tokenBytes(DIMENSIONS));
        const read = openTokens(records, offsets, DIMENSIONS);
        written.forEach((tokens, i) => {
          expect(read(i)).toEqual(tokens);
        });
        expect(() => read(written.length)).toThrow(RangeError);
      }),
      { seed: SEED },
    );
  });
});

describe("chunk vectors", () => {
  it("give the cosines of the definition, as exactly as bytes can", () => {
    fc.assert(
      fc.property(rows(fc.integer({ min: 1, max: 6 })), rows(fc.constant(1)), (chunks, vector) => {
        const count = chunks.length / DIMENSIONS;
        const data = encodeChunkVectors(quantizeRows(chunks, DIMENSIONS), DIMENSIONS);
        const read = openChunkVectors(residentRecords(data, chunkBytes(DIMENSIONS)), DIMENSIONS);
        const naive = Array.from({ length: count }, (_, chunk) =>
          vector.reduce((sum, value, k) => sum + value * (chunks[chunk * DIMENSIONS + k] ?? 0), 0),
        );
        naive.forEach((cosine, chunk) => {
          expect(Math.abs(read(chunk).cosine(vector) - cosine)).toBeLessThan(0.02);
        });
        const kept = chunks.subarray((count - 1) * DIMENSIONS);
        read(count - 1)
          .values()
          .forEach((value, k) => {
            expect(Math.abs(value - (kept[k] ?? NaN))).toBeLessThan(0.01);
          });
      }),
      { seed: SEED },
    );
  });
});
