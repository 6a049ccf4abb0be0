import { readFile } from "node:fs/promises";
import fc from "fast-check";
import loadWabt from "wabt";
import { describe, expect, it } from "vitest";
import { MAXSIM_WASM } from "../../../src/search/maxsim/maxsimWasm.ts";
import {
  createMaxSim,
  type Interaction,
  type TokenRows,
} from "../../../src/search/maxsim/maxsim.ts";

const SEED = 20211231;

/** The definition, with float32 rounding where the kernel rounds. */
function naive(question: TokenRows, passage: TokenRows, dimensions: number): Interaction {
  const maxima = new Float32Array(question.scales.length).fill(-Infinity);
  const matches = new Int32Array(question.scales.length).fill(-1);
  question.scales.forEach((scale, token) => {
    const vector = question.rows.subarray(token * dimensions, (token + 1) * dimensions);
    passage.scales.forEach((passageScale, row) => {
      const at = row * dimensions;
      const dot = vector.reduce((sum, x, i) => sum + x * (passage.rows[at + i] ?? NaN), 0);
      const product = Math.fround(Math.fround(dot) * scale);
      const cosine = Math.fround(product * passageScale);
      if (cosine > (maxima[token] ?? NaN)) {
        maxima[token] = cosine;
        matches[token] = row;
      }
    });
  });
  return { maxima, matches };
}

/** What a random text is made from: small, so that a failure shrinks fast and prints in a line. */
interface Recipe {
  readonly count: number;
  /** Values are in −limit..limit; with 1 and the few scales, rows tie. */
  readonly limit: number;
  readonly seed: number;
}

function recipe(count: fc.Arbitrary<number>): fc.Arbitrary<Recipe> {
  return fc.record({
    count,
    limit: fc.constantFrom(1, 127),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  });
}

function rowsOf({ count, limit, seed }: Recipe, dimensions: number): TokenRows {
  const random = randomBelow(seed);
  const pick = (values: readonly number[]): number => values[random(values.length)] ?? NaN;
  const rows = Int8Array.from({ length: count * dimensions }, () => random(2 * limit + 1) - limit);
  const scales = Float32Array.from({ length: count }, () => pick([0.001, 0.0078125, 0.013]));
  return { rows, scales };
}

/** A linear congruential generator (Park and Miller 1988): whole numbers from 0 to below what is asked. */
function randomBelow(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % (2 ** 31 - 1);
    return state % limit;
  };
}

/** `count` rows that hold `value` everywhere, scale 1. */
function filled(count: number, dimensions: number, value: number): TokenRows {
  return {
    rows: new Int8Array(count * dimensions).fill(value),
    scales: new Float32Array(count).fill(1),
  };
}

/** One row of 16 dimensions for each of `values`, which stands in its first dimension, scale 1. */
function rowsFrom(...values: readonly number[]): TokenRows {
  const rows = new Int8Array(16 * values.length);
  values.forEach((value, row) => (rows[16 * row] = value));
  return { rows, scales: new Float32Array(values.length).fill(1) };
}

describe("createMaxSim", () => {
  it.each([16, 48, 384])("agrees with the definition in %i dimensions", (dimensions) => {
    // One for all runs, so that sizes shrink and grow over what earlier runs left in the memory.
    const maxSim = createMaxSim(dimensions);
    const tokens = fc.constantFrom(0, 1, 3, 4, 5, 8, 9, 17);
    const rows = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(recipe(tokens), recipe(rows), (questionRecipe, passageRecipe) => {
        const question = rowsOf(questionRecipe, dimensions);
        const passage = rowsOf(passageRecipe, dimensions);
        maxSim.setQuestion(question);
        expect(maxSim.interact(passage)).toEqual(naive(question, passage, dimensions));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it("answers for the passage that it keeps, whatever comes between", () => {
    const dimensions = 48;
    const step = fc.tuple(
      fc.constantFrom("question", "interact", "keep", "kept" as const),
      recipe(fc.constantFrom(0, 1, 4, 5, 9)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const maxSim = createMaxSim(dimensions);
        let question = filled(0, dimensions, 0);
        let kept = filled(0, dimensions, 0);
        for (const [kind, given] of steps) {
          const rows = rowsOf(given, dimensions);
          if (kind === "question") maxSim.setQuestion((question = rows));
          else if (kind === "keep") maxSim.keep((kept = rows));
          else if (kind === "interact") maxSim.interact(rows);
          else {
            const scales = kept.scales.map((scale) => scale / 2);
            const expected = naive(question, { rows: kept.rows, scales }, dimensions);
            expect(maxSim.interactWithKept(scales)).toEqual(expected);
          }
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("gives −Infinity and no match for a passage without rows", () => {
    const maxSim = createMaxSim(16);
    maxSim.setQuestion(filled(5, 16, 1));
    maxSim.interact(filled(3, 16, 1));
    expect(maxSim.interact(filled(0, 16, 1))).toEqual({
      maxima: new Float32Array(5).fill(-Infinity),
      matches: new Int32Array(5).fill(-1),
    });
  });

  it("gives nothing for a question without tokens, and before there is a question", () => {
    const nothing = { maxima: new Float32Array(0), matches: new Int32Array(0) };
    const maxSim = createMaxSim(16);
    expect(maxSim.interact(filled(3, 16, 1))).toEqual(nothing);
    maxSim.setQuestion(filled(5, 16, 1));
    maxSim.setQuestion(filled(0, 16, 1));
    expect(maxSim.interact(filled(3, 16, 1))).toEqual(nothing);
  });

  it("names the first of equal rows, in whichever half of a pair it stands", () => {
    const maxSim = createMaxSim(16);
    maxSim.setQuestion(rowsFrom(1, -1));
    const { matches } = maxSim.interact(rowsFrom(2, 3, 1, 3, 1));
    expect([...matches]).toEqual([1, 2]);
  });

  it.each([384, 65_536])("sums the largest products of %i dimensions exactly", (dimensions) => {
    const maxSim = createMaxSim(dimensions);
    maxSim.setQuestion(filled(1, dimensions, 127));
    const best = ({ maxima }: Interaction): number[] => [...maxima];
    const sum = 127 * 127 * dimensions;
    expect(best(maxSim.interact(filled(1, dimensions, 127)))).toEqual([sum]);
    expect(best(maxSim.interact(filled(1, dimensions, -127)))).toEqual([-sum]);
  });

  it("keeps the question when a long passage makes the memory grow, and old answers when it is used again", () => {
    const maxSim = createMaxSim(384);
    const rows = (count: number): TokenRows => rowsOf({ count, limit: 127, seed: count }, 384);
    const [question, short, long] = [rows(9), rows(4), rows(600)];
    maxSim.setQuestion(question);
    const first = maxSim.interact(short);
    expect(maxSim.interact(long)).toEqual(naive(question, long, 384));
    expect(maxSim.interact(short)).toEqual(first);
    maxSim.setQuestion(long);
    expect(maxSim.interact(short)).toEqual(naive(long, short, 384));
    expect(first).toEqual(naive(question, short, 384));
  });

  it.each([0, -16, 8, 24, 16.5, NaN, 65_552])("refuses %d dimensions", (dimensions) => {
    expect(() => createMaxSim(dimensions)).toThrow(
      `MaxSim needs dimensions in multiples of 16 up to 65536, got ${dimensions}`,
    );
  });

  it("refuses lengths that do not fit, and keeps the question it has", () => {
    const maxSim = createMaxSim(16);
    const question = rowsFrom(1, 2);
    maxSim.setQuestion(question);
    const short = { rows: new Int8Array(31), scales: new Float32Array(2) };
    expect(() => maxSim.interact(short)).toThrow(
      "a passage with 2 scales needs 2 × 16 = 32 row values, got 31",
    );
    expect(() => {
      maxSim.setQuestion(short);
    }).toThrow("a question with 2 scales needs 2 × 16 = 32 row values, got 31");
    expect([...maxSim.interact(rowsFrom(3)).maxima]).toEqual([3, 6]);
  });
});

describe("MAXSIM_WASM", () => {
  it("is maxsim.wat, compiled", async () => {
    const source = await readFile(
      new URL("../../../src/search/maxsim/maxsim.wat", import.meta.url),
    );
    const { buffer } = (await loadWabt()).parseWat("maxsim.wat", source).toBinary({});
    expect(MAXSIM_WASM).toBe(Buffer.from(buffer).toString("base64"));
  });
});
