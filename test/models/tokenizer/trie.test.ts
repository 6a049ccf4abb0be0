import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTrie, visitPrefixes } from "../../../src/models/tokenizer/trie.ts";
import type { Key } from "../../../src/models/tokenizer/trie.ts";

const toKeys = (texts: readonly string[]): Key[] =>
  texts.map((text, value) => ({ bytes: Buffer.from(text), value }));

function prefixesOf(texts: readonly string[], searched: string): [end: number, value: number][] {
  const bytes = Buffer.from(searched);
  const found: [number, number][] = [];
  visitPrefixes(buildTrie(toKeys(texts)), bytes, { from: 0, to: bytes.length }, (end, value) => {
    found.push([end, value]);
    return true;
  });
  return found;
}

/** Few characters, so that keys share beginnings; of one to four bytes each. */
const words = fc.string({ unit: fc.constantFrom("a", "b", "é", "園", "😀"), maxLength: 6 });

describe("a trie", () => {
  it("finds the keys that a text begins with, shortest first, as a search through all keys does", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          words.filter((it) => it !== ""),
          { maxLength: 60 },
        ),
        words,
        (texts, searched) => {
          const naive = texts
            .map((text, value) => ({ text, value }))
            .filter(({ text }) => searched.startsWith(text))
            .map(({ text, value }) => [Buffer.byteLength(text), value] as const)
            .sort(([a], [b]) => a - b);
          expect(prefixesOf(texts, searched)).toEqual(naive);
        },
      ),
    );
  });

  it("holds more keys than a block of units", () => {
    const texts = Array.from({ length: 5_000 }, (_, i) => i.toString(7));
    for (const [value, text] of texts.entries()) {
      if (value % 500 === 0) {
        expect(prefixesOf(texts, text).at(-1)).toEqual([text.length, value]);
      }
    }
  });

  it("searches between two bytes only, and no further than told", () => {
    const trie = buildTrie(toKeys(["a", "ab", "abc"]));
    const visit = (from: number, to: number, most: number): number[] => {
      const ends: number[] = [];
      visitPrefixes(trie, Buffer.from("xabc"), { from, to }, (end) => ends.push(end) < most);
      return ends;
    };
    expect(visit(1, 4, 9)).toEqual([2, 3, 4]);
    expect(visit(1, 3, 9)).toEqual([2, 3]);
    expect(visit(1, 4, 1)).toEqual([2]);
    expect(visit(0, 4, 9)).toEqual([]);
  });

  it("ends at a byte 0, which no key holds", () => {
    expect(prefixesOf(["a"], "a\0a")).toEqual([[1, 0]]);
    expect(prefixesOf(["a"], "\0a")).toEqual([]);
  });

  it.each([[["a", "a"]], [[""]], [["a\0b"]], [["\0"]]])("is not built of %j", (texts) => {
    expect(() => buildTrie(toKeys(texts))).toThrow(RangeError);
  });
});
