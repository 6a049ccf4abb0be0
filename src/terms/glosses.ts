/** English glosses of Chinese texts, so that a question in English shares terms with a sentence in Chinese. */
import { hanRuns } from "../text/fold.ts";
import { entriesOf } from "./dictionary.ts";
import type { Dictionary } from "./dictionary.ts";
import { latinTerms } from "./stems.ts";

/** Longest dictionary word that is looked for; of longer ones (whole proverbs) the parts are words too. */
const MAX_WORD_CHARS = 8;

/** One character is part of most words and has a dozen senses: it would tie every sentence to every question. */
const MIN_WORD_CHARS = 2;

/** Senses that speak of the word, not of what it means. */
const ABOUT_THE_WORD =
  /^(?:(?:old|erhua|Japanese|Taiwan) )?variant of|^surname |^see |^used in |^CL:/u;

const ASIDE = /\([^)]*\)?|\[[^\]]*\]?|CL:.*/gu;

/** The terms of the English glosses of every dictionary word that stands in a text, overlapping words too; for each word once. */
type GlossTerms = (text: string) => string[];

/** Prepares the glosses of texts by the dictionary. */
export function prepareGlosses(dictionary: Dictionary): GlossTerms {
  const known = new Map<string, readonly string[]>();
  const termsOf = (word: string): readonly string[] => {
    const terms = known.get(word) ?? termsOfWord(dictionary, word);
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

function termsOfWord(dictionary: Dictionary, word: string): string[] {
  const terms = entriesOf(dictionary, word).flatMap(({ senses }) => {
    const told = senses.filter((sense) => !ABOUT_THE_WORD.test(sense)).join(" ; ");
    return latinTerms(told.replace(ASIDE, " "));
  });
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
