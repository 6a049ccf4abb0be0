/** Words in Latin letters, and the beginnings by which those of many languages meet. */
import { eng } from "stopword";
import { stemmer } from "stemmer";

const WORD = /\p{Script=Latin}+/gu;
const MARKS = /\p{M}+/gu;

/** Shorter words are mostly grammar, in every language that is written in Latin letters. */
const MIN_WORD_CHARS = 4;

/** Where two languages have one word from a third, they share its beginning: radiation, radiación, Radioaktivität. */
const PREFIX_CHARS = 5;

/** English function words, in lower case. */
export const STOP_WORDS: ReadonlySet<string> = new Set(eng);

/** The words of a text in Latin letters, lower case and without accents: `Zhāng Tāo` gives `zhang`, `tao`. */
export function latinWords(text: string): string[] {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase().match(WORD) ?? [];
}

/**
 * The terms by which a question in any language of Latin script meets English glosses: the beginnings of the stems (Porter
 * 1980) of its words, English function words left out.
 */
export function latinTerms(text: string): string[] {
  return latinWords(text)
    .filter((word) => word.length >= MIN_WORD_CHARS && !STOP_WORDS.has(word))
    .map((word) => stemmer(word).slice(0, PREFIX_CHARS));
}

/** How many letters a text has without those of English function words. */
export function contentChars(text: string): number {
  const letters = text.normalize("NFKC").match(/\p{L}/gu)?.length ?? 0;
  const idle = latinWords(text).filter((word) => STOP_WORDS.has(word));
  return letters - idle.join("").length;
}
