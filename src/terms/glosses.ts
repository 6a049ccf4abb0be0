/** English glosses of Chinese texts, so that a question in English shares terms with a sentence in Chinese. */
import { hanRuns } from "../text/fold.ts";
import { MAX_WORD_CHARS, MIN_WORD_CHARS, entriesOf, readDictionary } from "./dictionary.ts";
import type { Dictionary } from "./dictionary.ts";
import { latinTerms } from "./stems.ts";

const ASIDE = /\([^)]*\)?|\[[^\]]*\]?|CL:.*/gu;

/** The terms of the English glosses of every dictionary word that stands in a text, overlapping words too; for each word once. */
type GlossTerms = (text: string) => string[];

/**
 * Reads the dictionary (CC-CEDICT), which only indexing needs; it stays in memory for as long as the result is held.
 *
 * @throws {UserError} that names the file if it is missing or damaged.
 */
export async function readGlosses(): Promise<GlossTerms> {
  const dictionary = await readDictionary();
  const known = new Map<string, readonly string[]>();
  const termsOf = (word: string): readonly string[] => {
    const terms = known.get(word) ?? termsOfEntries(entriesOf(dictionary, word));
    known.set(word, terms);
    return terms;
  };
  return (text) => {
    const words = new Set<string>();
    for (const run of hanRuns(text)) {
      for (const word of wordsIn(run, dictionary)) words.add(word);
    }
    return Array.from(words, termsOf).flat();
  };
}

function termsOfEntries(entries: readonly string[]): string[] {
  const terms = entries.flatMap((senses) => latinTerms(senses.replace(ASIDE, " ")));
  return [...new Set(terms)];
}

function* wordsIn(run: string, dictionary: Dictionary): Generator<string> {
  for (let from = 0; from < run.length; from++) {
    for (let length = MIN_WORD_CHARS; length <= MAX_WORD_CHARS; length++) {
      const word = run.slice(from, from + length);
      if (word.length === length && dictionary.has(word)) yield word;
    }
  }
}
