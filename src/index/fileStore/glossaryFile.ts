/** The words of Chinese passages in their files: where each stands, and its reading and senses, each of these once. */
import { bytesOf, uint32 } from "../../bytes.ts";
import type { GlossedWord, IndexedPassage } from "../generation.ts";
import type { Glossary, GlossaryEntry } from "../store.ts";
import { storedRecords } from "./vectorFiles.ts";

/** A word's start and end in its passage, and its entry. */
const WORD_VALUES = 3;
const WORD_BYTES = WORD_VALUES * Uint32Array.BYTES_PER_ELEMENT;

/** What ends the parts of an entry: neither pinyin nor senses have it. */
const PART_END = "\n";

/** The bytes of the files of a glossary's words, of its entries, and of where each entry ends. */
export function encodeGlossary({ words, entries }: Pick<Glossary, "words" | "entries">): {
  readonly words: Uint8Array;
  readonly entries: Uint8Array;
  readonly entryEnds: Uint8Array;
} {
  const texts = entries.map(({ pinyin, senses }) =>
    Buffer.from([pinyin, ...senses].join(PART_END), "utf8"),
  );
  let end = 0;
  const entryEnds = texts.map(({ length }) => (end += length));
  return {
    words: bytesOf(words),
    entries: Buffer.concat(texts),
    entryEnds: bytesOf(Uint32Array.from(entryEnds)),
  };
}

/** Reads words from the disk, each time anew: few people ask for them. */
interface GlossaryFile {
  /** The words of a passage, in order. */
  read(passage: Pick<IndexedPassage, "words">): GlossedWord[];
  close(): void;
}

/**
 * Opens the files of {@link encodeGlossary}.
 *
 * @param entryEnds Where each entry ends in the file of the entries, in bytes.
 */
export function openGlossary(
  wordsFile: string,
  entriesFile: string,
  entryEnds: Uint32Array,
): GlossaryFile {
  const words = storedRecords(wordsFile, WORD_BYTES);
  const entries = storedRecords(entriesFile, 1);
  const readEntry = (entry: number): GlossaryEntry => {
    const start = entry === 0 ? 0 : entryEnds[entry - 1];
    const end = entryEnds[entry];
    if (start === undefined || end === undefined) throw new RangeError(`no entry ${entry}`);
    const text = Buffer.from(entries.read(start, end)).toString("utf8");
    const [pinyin = "", ...senses] = text.split(PART_END);
    return { pinyin, senses };
  };
  return {
    read: ({ words: [from, to] }) => {
      const values = uint32(words.read(from, to));
      return Array.from({ length: to - from }, (_, i) => {
        const [start = 0, end = 0, entry = 0] = values.subarray(WORD_VALUES * i);
        return { start, end, ...readEntry(entry) };
      });
    },
    close: () => {
      words.close();
      entries.close();
    },
  };
}
