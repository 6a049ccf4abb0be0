/** The Chinese–English dictionary: CC-CEDICT, in a file of the project's own, with how often each word is used. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { UserError } from "../errors.ts";
import { foldHan } from "../text/fold.ts";
import { HAN } from "../text/hanCharsets.ts";

/** An entry as CC-CEDICT has it. */
interface PublishedEntry {
  readonly traditional: string;
  readonly simplified: string;
  /** Syllables with the numbers of their tones, `gong1 yuan2`. */
  readonly pinyin: string;
  /** Its senses. */
  readonly english: readonly string[];
}

/** One reading of a word, and what it means so. */
interface DictionaryEntry {
  /** How it is written in Traditional characters, where the word's entries differ in that. */
  readonly traditional: string | undefined;
  /** Syllables with the numbers of their tones, `gong1 yuan2`. */
  readonly pinyin: string;
  readonly senses: readonly string[];
}

/** Each folded word, with how often it is used and its entries as the file has them: most are never read. */
export type Dictionary = ReadonlyMap<string, string>;

/** Steps of a word's level to a factor of e in its count: 12.7, the logarithm of the highest count, fits in one byte. */
const LEVELS_PER_E = 8;

const SENSE_SEPARATOR = " ; ";
const ENTRY_SEPARATOR = "\t";
const WORD_SEPARATOR = "\n";

/** The dictionary's file, in src as in dist. */
const FILE = fileURLToPath(import.meta.resolve("#dictionary/cc-cedict.tsv.gz"));

/**
 * A line a word: the word, the level of its count, then its entries, with tabs between them; of each entry the pinyin, behind the
 * Traditional form where that tells it from another entry, and the senses, with semicolons.
 *
 * @param counts How often words were counted, folded.
 */
export function encodeDictionary(
  entries: Iterable<PublishedEntry>,
  counts: ReadonlyMap<string, number>,
): string {
  const dictionary = new Map<string, PublishedEntry[]>();
  for (const entry of entries) {
    const word = foldHan(entry.simplified);
    const before = dictionary.get(word);
    if (before) before.push(entry);
    else dictionary.set(word, [entry]);
  }
  return Array.from(dictionary, ([word, all]) => {
    const level = String(levelOf(counts.get(word) ?? 0));
    return [word, level, ...encodeEntries(all)].join(ENTRY_SEPARATOR);
  }).join(WORD_SEPARATOR);
}

function encodeEntries(entries: readonly PublishedEntry[]): string[] {
  const isOne = new Set(entries.map(({ traditional }) => traditional)).size === 1;
  return entries.map(({ traditional, pinyin, english }) =>
    [isOne ? pinyin : `${traditional} ${pinyin}`, ...english].join(SENSE_SEPARATOR),
  );
}

function levelOf(count: number): number {
  return count === 0 ? 0 : 1 + Math.round(LEVELS_PER_E * Math.log(count));
}

/** Reads what {@link encodeDictionary} gave. */
export function decodeDictionary(text: string): Dictionary {
  const dictionary = new Map<string, string>();
  for (let from = 0; from < text.length;) {
    const lineEnd = text.indexOf(WORD_SEPARATOR, from);
    const to = lineEnd < 0 ? text.length : lineEnd;
    const wordEnd = text.indexOf(ENTRY_SEPARATOR, from);
    dictionary.set(text.slice(from, wordEnd), text.slice(wordEnd + 1, to));
    from = to + 1;
  }
  return dictionary;
}

/** A word's entries apart; none for what is no word of the dictionary. */
export function entriesOf(dictionary: Dictionary, word: string): DictionaryEntry[] {
  const [, ...entries] = dictionary.get(word)?.split(ENTRY_SEPARATOR) ?? [];
  return entries.map((entry) => {
    const [head = "", ...senses] = entry.split(SENSE_SEPARATOR);
    const behindForm = head.indexOf(" ") + 1;
    // Pinyin has no Han characters.
    return HAN.test(head)
      ? { traditional: head.slice(0, behindForm - 1), pinyin: head.slice(behindForm), senses }
      : { traditional: undefined, pinyin: head, senses };
  });
}

/** About how often a word was counted; 0 if it never was, undefined if it is no word of the dictionary. */
export function countOf(dictionary: Dictionary, word: string): number | undefined {
  const line = dictionary.get(word);
  if (line === undefined) return undefined;
  const level = Number.parseInt(line, 10);
  return level === 0 ? 0 : Math.exp((level - 1) / LEVELS_PER_E);
}

/**
 * Reads the dictionary, which only indexing needs; it stays in memory for as long as the result is held.
 *
 * @throws {UserError} that names the file if it is missing or damaged.
 */
export async function readDictionary(): Promise<Dictionary> {
  try {
    return decodeDictionary(gunzipSync(await readFile(FILE)).toString("utf8"));
  } catch (cause) {
    throw new UserError(`The dictionary ${FILE} cannot be read: restore the file.`, { cause });
  }
}
