import { describe, expect, it } from "vitest";
import {
  HEADER_MAX_BYTES,
  decodeHeader,
  decodeUnigram,
  encodeUnigram,
} from "../../../src/models/tokenizer/unigramFile.ts";
import type { UnigramData } from "../../../src/models/tokenizer/unigramFile.ts";

const data: UnigramData = {
  source: "0123456789abcdef".repeat(4),
  unknown: 1,
  first: 0,
  last: 2,
  added: [{ id: 0, content: "<s>園" }],
  scores: Float64Array.of(0, -1.5, -3.4635426998138428),
  trie: Uint32Array.of(1, 0xffff_ffff, 7),
  charsMap: Uint8Array.of(0, 0, 0, 0, 9),
};

describe("a tokenizer's file", () => {
  it("gives back what it was made of", () => {
    expect(decodeUnigram(encodeUnigram(data))).toEqual(data);
    expect(decodeHeader(encodeUnigram(data).slice(0, HEADER_MAX_BYTES)).source).toBe(data.source);
  });

  it("is not written with a header that could not be read again", () => {
    const added = Array.from({ length: 120 }, (_, id) => ({ id, content: `<extra_id_${id}>` }));
    expect(() => encodeUnigram({ ...data, added })).toThrow("120 added tokens do not fit");
  });

  it("is refused where it is cut, longer, or of another kind", () => {
    const bytes = encodeUnigram(data);
    for (const length of [0, 7, 100, bytes.length - 1]) {
      expect(() => decodeUnigram(bytes.slice(0, length)), `${length} bytes`).toThrow(RangeError);
    }
    expect(() => decodeUnigram(Buffer.concat([bytes, Buffer.alloc(8)]))).toThrow(RangeError);
    expect(() => decodeUnigram(bytes.map((byte, i) => (i === 0 ? byte + 1 : byte)))).toThrow(
      "not a tokenizer's file",
    );
    expect(() => decodeUnigram(bytes.map((byte, i) => (i === 8 ? 0x5b : byte)))).toThrow();
    expect(() => decodeUnigram(encodeUnigram({ ...data, source: "no hash" }))).toThrow();
    const last = bytes.length - 1;
    expect(() => decodeUnigram(bytes.map((byte, i) => (i === last ? byte + 1 : byte)))).toThrow(
      "the body is damaged",
    );
  });
});
