import { describe, expect, it } from "vitest";
import { buildTrie } from "../../../src/models/tokenizer/trie.ts";
import { prepareUnigram } from "../../../src/models/tokenizer/unigram.ts";

const PIECES = ["<unk>", "▁", "a", "b", "▁a"];
const ADDED = [
  { id: 10, content: "<x>" },
  { id: 11, content: "<x>+" },
];

/** A character map of one key, which makes an a of a Z. */
function mapOfZ(): Uint8Array {
  const trie = buildTrie([{ bytes: Buffer.from("Z"), value: 0 }]);
  const blob = Buffer.concat([
    Buffer.from(Uint32Array.of(trie.byteLength).buffer),
    Buffer.from(trie.buffer, trie.byteOffset, trie.byteLength),
    Buffer.from("a\0"),
  ]);
  return Uint8Array.from(blob);
}

const tokenize = prepareUnigram({
  source: "",
  unknown: 0,
  first: 0,
  last: 0,
  added: ADDED,
  scores: Float64Array.of(0, -2, -2, -2, -1),
  trie: buildTrie(PIECES.map((piece, value) => ({ bytes: Buffer.from(piece), value }))),
  charsMap: mapOfZ(),
});

/** Each token as its piece, and the text at its place. */
function tokensOf(text: string): [piece: string, place: string][] {
  return tokenize(text).map(({ id, start, end }) => [
    PIECES[id] ?? ADDED.find((it) => it.id === id)?.content ?? "",
    text.slice(start, end),
  ]);
}

describe("a unigram tokenizer", () => {
  it("puts one mark before each word, however many spaces stand there", () => {
    for (const text of ["a b", " a b", "  a   b"]) {
      expect(tokensOf(text)).toEqual([
        ["▁a", "a"],
        ["▁", ""],
        ["b", "b"],
      ]);
    }
    expect(tokensOf("a ").at(-1)).toEqual(["▁", ""]);
    expect(tokensOf("")).toEqual([]);
  });

  it("leaves added tokens whole, the longer one where two begin at one place", () => {
    expect(tokensOf("a<x>+<x>b")).toEqual([
      ["▁a", "a"],
      ["<x>+", "<x>+"],
      ["<x>", "<x>"],
      ["▁", ""],
      ["b", "b"],
    ]);
  });

  it("replaces a short grapheme whole where the map knows how it begins, and characters alone elsewhere", () => {
    for (const grapheme of ["Z\u0301", "Z\u200d", "Z\u{1f3fb}", "Z\u0e33"]) {
      expect(tokensOf(`${grapheme}b`)).toEqual([
        ["▁a", grapheme],
        ["b", "b"],
      ]);
    }
    // Seven bytes are too many.
    expect(tokensOf("Z\u0301\u0301\u0301")).toEqual([
      ["▁a", "Z"],
      ["<unk>", "\u0301\u0301\u0301"],
    ]);
  });

  it("gives unknown characters in a row one token and one place", () => {
    expect(tokensOf("a園😀b")).toEqual([
      ["▁a", "a"],
      ["<unk>", "園😀"],
      ["b", "b"],
    ]);
  });
});
