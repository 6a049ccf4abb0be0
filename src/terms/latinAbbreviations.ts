/** Abbreviations in Latin letters that stand in Chinese questions for Chinese words: GDP for 生产总值. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { UserError } from "../errors.ts";

/** The Simplified words that each abbreviation, in capitals, may stand for. */
export type Abbreviations = ReadonlyMap<string, readonly string[]>;

/** An abbreviation, then what it stands for, with tabs between; by far the most are the parentheses of CC-CEDICT's senses. */
const FILE = fileURLToPath(import.meta.resolve("#dictionary/abbreviations.tsv"));

const HAN = /\p{Script=Han}/u;
const LATIN_WORD = /(?<![\p{Script=Latin}\p{N}])\p{Script=Latin}{2,6}(?![\p{Script=Latin}\p{N}])/gu;

/**
 * Reads the abbreviations.
 *
 * @throws {UserError} that names the file if it is missing.
 */
export async function readAbbreviations(): Promise<Abbreviations> {
  try {
    const lines = (await readFile(FILE, "utf8")).split("\n");
    return new Map(
      lines.map((line) => {
        const [abbreviation = "", ...words] = line.split("\t");
        return [abbreviation, words];
      }),
    );
  } catch (cause) {
    throw new UserError(`The dictionary ${FILE} cannot be read: restore the file.`, { cause });
  }
}

/** The words in a Chinese text that may be abbreviations, in large or small letters, each once; none in a text without Han characters. */
export function abbreviationsIn(text: string): string[] {
  return HAN.test(text) ? [...new Set(text.match(LATIN_WORD))] : [];
}

/** A text with words in Latin letters replaced by others. */
export function replaceAbbreviations(text: string, by: ReadonlyMap<string, string>): string {
  return text.replace(LATIN_WORD, (word) => by.get(word) ?? word);
}
