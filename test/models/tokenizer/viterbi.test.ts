import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTrie } from "../../../src/models/tokenizer/trie.ts";
import { prepareSegmenter } from "../../../src/models/tokenizer/viterbi.ts";
import type { Vocabulary } from "../../../src/models/tokenizer/viterbi.ts";

const UNKNOWN = 0;

function vocabulary(pieces: Readonly<Record<string, number>>): Vocabulary {
  const entries = [["<unk>", 0] as const, ...Object.entries(pieces)];
  return {
    trie: buildTrie(entries.map(([piece], value) => ({ bytes: Buffer.from(piece), value }))),
    scores: Float64Array.from(entries, ([, score]) => score),
    unknown: UNKNOWN,
  };
}

function segment(pieces: Readonly<Record<string, number>>, text: string): string[] {
  const bytes = Buffer.from(text);
  return prepareSegmenter(vocabulary(pieces))(bytes, 0, bytes.length).map(({ from, to }) =>
    bytes.subarray(from, to).toString(),
  );
}

/** The score of the likeliest way to cut `text`, by trying them all. */
function bestScore(pieces: Readonly<Record<string, number>>, text: string): number {
  if (text === "") return 0;
  const least = Math.min(0, ...Object.values(pieces));
  const [character = ""] = text;
  const ways = Object.entries(pieces).filter(([piece]) => text.startsWith(piece));
  if (!(character in pieces)) ways.push([character, least - 10]);
  return Math.max(
    ...ways.map(([piece, score]) => score + bestScore(pieces, text.slice(piece.length))),
  );
}

const unit = fc.constantFrom("a", "b", "園", "😀");
const pieces = fc.dictionary(
  fc.string({ unit, minLength: 1, maxLength: 3 }),
  fc.integer({ min: -20, max: -1 }),
  { minKeys: 1, maxKeys: 12, noNullPrototype: true },
);

describe("a segmenter", () => {
  it("finds the likeliest pieces, as trying all of them does", () => {
    fc.assert(
      fc.property(pieces, fc.string({ unit, maxLength: 8 }), (known, text) => {
        const least = Math.min(0, ...Object.values(known));
        const found = segment(known, text);
        expect(found.join("")).toBe(text);
        const score = found
          .flatMap((piece) => known[piece] ?? Array.from(piece, () => least - 10))
          .reduce((sum, it) => sum + it, 0);
        expect(score).toBe(bestScore(known, text));
      }),
    );
  });

  it("makes one piece of unknown characters in a row", () => {
    expect(segment({ a: -1 }, "a園😀a園")).toEqual(["a", "園😀", "a", "園"]);
    const bytes = Buffer.from("園😀");
    expect(prepareSegmenter(vocabulary({ a: -1 }))(bytes, 0, bytes.length)).toEqual([
      { id: UNKNOWN, from: 0, to: 7 },
    ]);
  });

  it("holds an unknown character for e¹⁰ times less likely than the least likely piece", () => {
    const known = { ab: -20, c: -20 };
    expect(segment({ ...known, bc: -9.5 }, "abc")).toEqual(["a", "bc"]);
    expect(segment({ ...known, bc: -10.5 }, "abc")).toEqual(["ab", "c"]);
  });

  it("takes the longer last piece where two ways are as likely", () => {
    expect(segment({ a: -1, b: -1, ab: -2, bc: -1, c: -1 }, "ab")).toEqual(["ab"]);
    expect(segment({ a: -1, ab: -1, bc: -1, c: -1 }, "abc")).toEqual(["a", "bc"]);
  });

  it("cuts a part of the bytes as if it were all", () => {
    const bytes = Buffer.from("xabx");
    const cut = prepareSegmenter(vocabulary({ a: -1, ab: -1, x: -1 }));
    expect(cut(bytes, 1, 3)).toEqual([{ id: 2, from: 1, to: 3 }]);
    expect(cut(bytes, 2, 2)).toEqual([]);
  });
});
