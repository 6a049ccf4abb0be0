import fc from "fast-check";
import { expect, it } from "vitest";
import { piecesOf } from "../../src/ask/passageWords.ts";
import { SEED } from "../support/seed.ts";

it("the pieces of a passage are its words and what stands between them, and joined its text", () => {
  const places = fc.uniqueArray(fc.nat(20), { maxLength: 8 }).map((it) => it.sort((a, b) => a - b));
  fc.assert(
    fc.property(fc.string({ minLength: 20, maxLength: 30 }), places, (text, all) => {
      const words = Array.from({ length: Math.floor(all.length / 2) }, (_, i) => ({
        start: all[2 * i] ?? 0,
        end: all[2 * i + 1] ?? 0,
        pinyin: `w${i}`,
        senses: [String(i)],
      }));
      const pieces = piecesOf(text, words);
      expect(pieces.map((it) => it.text).join("")).toBe(text);
      expect(pieces.map((it) => it.text)).not.toContain("");
      expect(pieces.filter(({ pinyin }) => pinyin !== undefined)).toEqual(
        words.map(({ start, end, ...word }) => ({ text: text.slice(start, end), ...word })),
      );
    }),
    { seed: SEED },
  );
});
