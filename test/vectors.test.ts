import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dot,
  meanOfRows,
  normaliseRows,
  quantizeCentred,
  quantizeRows,
  weightedMean,
} from "../src/vectors.ts";
import { SEED } from "./support/seed.ts";

const value = fc.double({ min: -1, max: 1, noNaN: true });

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, it, i) => sum + it * (b[i] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

describe("dot", () => {
  it("multiplies two vectors of whatever numbers", () => {
    expect(dot([1, 2], Int8Array.from([3, 4]))).toBe(11);
    expect(dot(Float32Array.from([1, 2]), [3, 4])).toBe(11);
  });
});

describe("weightedMean", () => {
  it("counts each value as often as its weight says", () => {
    expect(weightedMean([1, 5], [3, 1])).toBe(2);
  });

  it("is none where nothing has a weight", () => {
    expect(weightedMean([1, 5], [0, 0])).toBeUndefined();
  });
});

describe("normaliseRows", () => {
  it("gives each row the length 1, but not one of zeros", () => {
    const rows = normaliseRows(Float32Array.from([3, 4, 0, 0, 0, -2]), 2);
    expect(Array.from(rows)).toEqual([3 / 5, 4 / 5, 0, 0, 0, -1].map(Math.fround));
  });
});

describe("quantizeRows", () => {
  it("turns each row so little that its cosine with the original stays above .999", () => {
    const row = fc.array(value, { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(
        row.filter((it) => Math.max(...it.map(Math.abs)) > 1e-6),
        (vector) => {
          const { rows, scales } = quantizeRows(Float32Array.from(vector), 16);
          const restored = Array.from(rows, (it) => it * (scales[0] ?? 0));
          expect(cosine(restored, vector)).toBeGreaterThan(0.999);
          expect(Math.hypot(...restored)).toBeCloseTo(1, 5);
        },
      ),
      { seed: SEED },
    );
  });

  it("uses the whole range of a byte but −128", () => {
    const { rows } = quantizeRows(Float32Array.from([-0.5, 0.25, 0, 0.5]), 4);
    expect(Array.from(rows)).toEqual([-127, 64, 0, 127]);
  });

  it("leaves a row of zeros at zero", () => {
    expect(Array.from(quantizeRows(new Float32Array(4), 2).scales)).toEqual([0, 0]);
  });

  it("refuses values that are no whole rows", () => {
    expect(() => quantizeRows(new Float32Array(5), 2)).toThrow("5 values are no rows of 2");
  });
});

describe("quantizeCentred", () => {
  it("keeps the direction of what is left without the mean", () => {
    const row = fc.array(value, { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 5 }), (rows) => {
        const vectors = Float32Array.from(rows.flat());
        const mean = meanOfRows([vectors], 16);
        const { rows: bytes, scales } = quantizeCentred(vectors, mean);
        rows.forEach((original, i) => {
          const centred = original.map((it, k) => it - (mean[k] ?? 0));
          fc.pre(Math.hypot(...centred) > 1e-3);
          const restored = Array.from(
            bytes.subarray(16 * i, 16 * (i + 1)),
            (it) => it * (scales[i] ?? 0),
          );
          expect(cosine(restored, centred)).toBeGreaterThan(0.999);
        });
      }),
      { seed: SEED },
    );
  });
});

describe("meanOfRows", () => {
  it("counts rows, not batches", () => {
    const batches = [Float32Array.from([1, 2]), Float32Array.from([3, 4, 5, 6])];
    expect(Array.from(meanOfRows(batches, 2))).toEqual([3, 4]);
  });

  it("is zero for no rows", () => {
    expect(Array.from(meanOfRows([], 2))).toEqual([0, 0]);
  });
});
