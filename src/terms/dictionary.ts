/** The Chinese–English dictionary: CC-CEDICT, as far as glosses need it, in a file of the project's own. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { UserError } from "../errors.ts";
import { foldHan } from "../text/fold.ts";

/** An entry as CC-CEDICT has it. */
interface DictionaryEntry {
  readonly simplified: string;
  /** Its senses. */
  readonly english: readonly string[];
}

/** Each folded word and its entries, as the file has them: most are never read. */
export type Dictionary = ReadonlyMap<string, string>;

/** Longest dictionary word that is looked for; of longer ones (whole proverbs) the parts are words too. */
export const MAX_WORD_CHARS = 8;

/** One character is part of most words and has a dozen senses: it would tie every sentence to every question. */
export const MIN_WORD_CHARS = 2;

/** Senses that speak of the word, not of what it means. */
const ABOUT_THE_WORD =
  /^(?:(?:old|erhua|Japanese|Taiwan) )?variant of|^surname |^see |^used in |^CL:/u;

const SENSE_SEPARATOR = " ; ";
const ENTRY_SEPARATOR = "\t";
const WORD_SEPARATOR = "\n";

/** The dictionary's file, in src as in dist. */
const FILE = fileURLToPath(import.meta.resolve("#dictionary/cc-cedict.tsv.gz"));

/** A line a word: the word, then its entries, with tabs between them; of each entry the senses, with semicolons. */
export function encodeDictionary(entries: Iterable<DictionaryEntry>): string {
  const dictionary = new Map<string, string>();
  for (const { simplified, english } of entries) {
    const word = foldHan(simplified);
    if (word.length < MIN_WORD_CHARS || word.length > MAX_WORD_CHARS) continue;
    const senses = english.filter((sense) => !ABOUT_THE_WORD.test(sense)).join(SENSE_SEPARATOR);
    const before = dictionary.get(word);
    dictionary.set(word, before === undefined ? senses : before + ENTRY_SEPARATOR + senses);
  }
  return Array.from(dictionary, (line) => line.join(ENTRY_SEPARATOR)).join(WORD_SEPARATOR);
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

/** A word's entries apart. */
export function entriesOf(dictionary: Dictionary, word: string): string[] {
  return dictionary.get(word)?.split(ENTRY_SEPARATOR) ?? [];
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
