import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPostings } from "../../../src/index/postings/buildPostings.ts";
import { decodePostings, encodePostings } from "../../../src/index/postings/postingsFile.ts";
import { SEED } from "../../support/seed.ts";

const term = fc
  .string({ unit: "binary", maxLength: 4 })
  .filter((text) => !/[\n\p{Surrogate}]/u.test(text));
const terms = fc.array(term, { maxLength: 6 });
const documents = fc.array(fc.record({ terms, headings: terms }), { maxLength: 8 });

const ENCODED = encodePostings(buildPostings([{ terms: ["甲", "乙", "甲"] }, { terms: ["乙"] }]));

/** The bytes with one value of 32 bits replaced. */
function withValue(place: number, value: number): Uint8Array {
  const bytes = ENCODED.slice();
  new DataView(bytes.buffer).setUint32(4 * place, value, true);
  return bytes;
}

describe("a postings file", () => {
  it("gives back what was written, wherever its bytes begin", () => {
    fc.assert(
      fc.property(documents, fc.nat(7), (given, start) => {
        const data = buildPostings(given);
        const bytes = encodePostings(data);
        const shifted = new Uint8Array(start + bytes.length).subarray(start);
        shifted.set(bytes);
        expect(decodePostings(shifted)).toEqual(data);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("keeps a byte order mark that begins the first term", () => {
    const data = buildPostings([{ terms: ["\ufeff"] }]);
    expect(decodePostings(encodePostings(data)).terms).toBe("\ufeff");
  });

  it("is read without copying where its bytes begin at a multiple of 4", () => {
    const parts = Object.values(decodePostings(ENCODED)).filter((it) => typeof it !== "string");
    for (const { buffer } of parts) {
      expect(buffer).toBe(ENCODED.buffer);
    }
  });

  it.each([
    ["nothing", new Uint8Array(), "postings of 0 bytes have no header of 20"],
    ["part of a header", ENCODED.subarray(0, 19), "postings of 19 bytes have no header of 20"],
    ["another mark", withValue(0, 7), "the postings' mark is another one: not such a file"],
    ["a byte less", ENCODED.subarray(0, -1), "header promises 83 bytes, there are 82"],
    ["a byte more", Uint8Array.of(...ENCODED, 0), "header promises 83 bytes, there are 84"],
    ["another number of terms", withValue(1, 3), "header promises 91 bytes, there are 83"],
    ["another number of postings", withValue(2, 2), "header promises 75 bytes, there are 83"],
    ["another number of documents", withValue(3, 0), "header promises 67 bytes, there are 83"],
    ["another length of terms", withValue(4, 0), "header promises 76 bytes, there are 83"],
    ["a huge number", withValue(1, 0xffff_ffff), "header promises 34359738427 bytes"],
    ["offsets that begin late", withValue(5, 1), "offsets do not rise from 0 to 3"],
    ["offsets that fall", withValue(6, 4), "offsets do not rise from 0 to 3"],
    ["offsets beyond the end", withValue(7, 9), "offsets do not rise from 0 to 3"],
  ])("is refused: %s", (_, bytes, message) => {
    const decode = (): unknown => decodePostings(bytes);
    expect(decode).toThrow(RangeError);
    expect(decode).toThrow(message);
  });
});
