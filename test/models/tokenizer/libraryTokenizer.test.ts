import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignPieces } from "../../../src/models/tokenizer/libraryTokenizer.ts";
import { SEED } from "../../support/seed.ts";

function slices(text: string, pieces: string[]): string[] {
  const spans = alignPieces(text, pieces);
  return pieces.map((_, i) => text.slice(spans[2 * i], spans[2 * i + 1]));
}

describe("alignPieces", () => {
  it("finds each piece at its place, spaces left out", () => {
    expect(slices("改造 41 个", ["▁改造", "▁41", "▁", "个"])).toEqual(["改造", "41", "", "个"]);
  });

  it("finds pieces that the tokenizer has normalised", () => {
    expect(slices("１２３ﬁne", ["▁123", "fin", "e"])).toEqual(["１２３", "ﬁn", "e"]);
  });

  it("gives an unknown piece what lies between its neighbours", () => {
    expect(slices("a😀𠮷b", ["▁a", "<unk>", "b"])).toEqual(["a", "😀𠮷", "b"]);
  });

  it("lets no space between take an unknown piece's place", () => {
    expect(slices("😀 a", ["▁", "<unk>", "▁", "a"])).toEqual(["", "😀", "", "a"]);
  });

  it("gives unknown pieces at the end the rest of the text", () => {
    expect(slices("ab😀", ["▁ab", "<unk>"])).toEqual(["ab", "😀"]);
  });

  it("does not lose its place to a piece that occurs only far behind", () => {
    const far = `ab${"c".repeat(100)}x`;
    expect(slices(far, ["▁a", "x", "b"])).toEqual(["a", "", "b"]);
  });

  it("cuts a text that was split anywhere into exactly those pieces", () => {
    const characters = fc.string({
      unit: fc.constantFrom(...Array.from("改造老舊小區41個，。ab９ﾃ")),
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.array(characters, { minLength: 1 }), (parts) => {
        const pieces = parts.map((part) => part.normalize("NFKC"));
        expect(slices(parts.join(""), pieces)).toEqual(parts);
      }),
      { seed: SEED },
    );
  });

  it("stays inside the text whatever the pieces are", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.array(fc.string({ unit: "binary" })),
        (text, pieces) => {
          const spans = alignPieces(text, pieces);
          pieces.forEach((_, i) => {
            const [start, end] = [spans[2 * i] ?? -1, spans[2 * i + 1] ?? -1];
            expect(0 <= start && start <= end && end <= text.length).toBe(true);
          });
        },
      ),
      { seed: SEED },
    );
  });
});
