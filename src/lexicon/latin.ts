import { eng } from "stopword";
import { stemmer } from "stemmer";

const WORD = /\p{Script=Latin}+/gu;
const MARKS = /\p{M}+/gu;

/** Shorter words are mostly grammar, in every language that is written in Latin letters. */
const MIN_WORD_CHARS = 4;

/** Where two languages have one word from a third, they share its beginning: radiation, radiación, Radioaktivität. */
const PREFIX_CHARS = 5;

/** Most words that may be one name in pinyin, a syllable each; and the letters that the shortest such name has. */
const MAX_SYLLABLES = 4;
const MIN_NAME_CHARS = 4;

const STOP_WORDS: ReadonlySet<string> = new Set(eng);

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

/**
 * The terms by which a question meets names in pinyin, however its spaces are set: every one to four neighbouring words,
 * joined. `who is zhang tao` gives `zhangtao` among others; `lv` and `nv` are typed for `lü` and `nü`.
 */
export function joinedTerms(text: string): string[] {
  const words = latinWords(text).map((word) => word.replace(/(?<=[ln])v/gu, "u"));
  return words.flatMap((_, from) =>
    Array.from({ length: MAX_SYLLABLES }, (_, i) => words.slice(from, from + i + 1))
      .filter((run, i) => run.length === i + 1)
      .map((run) => run.join(""))
      .filter((term) => term.length >= MIN_NAME_CHARS),
  );
}
