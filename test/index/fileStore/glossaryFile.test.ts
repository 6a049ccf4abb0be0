import path from "node:path";
import { writeFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { uint32 } from "../../../src/bytes.ts";
import { encodeGlossary, openGlossary } from "../../../src/index/fileStore/glossaryFile.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { SEED } from "../../support/seed.ts";

const text = fc.string({
  unit: fc.constantFrom("a", "ǚ", "張", "𠮷", ";", " ", "'"),
  minLength: 1,
  maxLength: 40,
});
const entry = fc.record({ pinyin: text, senses: fc.array(text, { maxLength: 2 }) });
const place = fc.nat(2 ** 32 - 1);

it("words are read as they were written, in any order", async () => {
  const folder = await temporaryFolder();
  const [wordsFile, entriesFile] = [path.join(folder, "words"), path.join(folder, "entries")];
  const glossaries = fc.tuple(
    fc.array(entry, { minLength: 1, maxLength: 6 }),
    fc.array(fc.array(fc.tuple(place, place, fc.nat(5)), { maxLength: 5 }), { maxLength: 5 }),
  );
  await fc.assert(
    fc.asyncProperty(glossaries, async ([entries, passages]) => {
      const numbered = passages.map((words) =>
        words.map(([start, end, i]) => ({ start, end, entry: i % entries.length })),
      );
      const words = numbered.flat().flatMap((it) => [it.start, it.end, it.entry]);
      const encoded = encodeGlossary({ words: Uint32Array.from(words), entries });
      await writeFile(wordsFile, encoded.words);
      await writeFile(entriesFile, encoded.entries);
      const opened = openGlossary(wordsFile, entriesFile, uint32(encoded.entryEnds));
      let from = 0;
      for (const passage of numbered) {
        const to = from + passage.length;
        expect(opened.read({ words: [from, to] })).toEqual(
          passage.map(({ start, end, entry: i }) => ({ start, end, ...entries[i] })),
        );
        from = to;
      }
      expect(() => opened.read({ words: [from, from + 1] })).toThrow(/ends before/u);
      opened.close();
    }),
    { seed: SEED },
  );
});
