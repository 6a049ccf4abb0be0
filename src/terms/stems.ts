import { eng } from "stopword";
import { stemmer } from "stemmer";

const WORD = /\p{Script=Latin}+/gu;
const MARKS = /\p{M}+/gu;

/** Shorter words are mostly grammar, in every language that is written in Latin letters. */
const MIN_WORD_CHARS = 4;

/** Where two languages have one word from a third, they share its beginning: radiation, radiación, Radioaktivität. */
const PREFIX_CHARS = 5;

/** Most words that may be one name in pinyin, a syllable each; and the letters that the shortest such name has. */
const MAX_NAME_WORDS = 4;
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
 * The names in pinyin that a question holds, however their spaces are set: the longest runs of one to four neighbouring words that
 * are known when they are joined. `who is zhang tao` gives `zhangtao` where that is known; `lv` and `nv` are typed for `lü` and `nü`.
 *
 * @param isKnown Whether any text holds a name.
 */
export function namesIn(text: string, isKnown: (name: string) => boolean): string[] {
  const words = latinWords(text);
  const names = new Set<string>();
  for (let from = 0; from < words.length;) {
    let to = Math.min(from + MAX_NAME_WORDS, words.length);
    while (to > from && !isName(words.slice(from, to), isKnown)) to--;
    if (to > from) names.add(joinName(words.slice(from, to)));
    from = Math.max(to, from + 1);
  }
  return [...names];
}

/** Words of English grammar are syllables too (`can you`): they are no name by themselves. */
function isName(words: readonly string[], isKnown: (name: string) => boolean): boolean {
  const name = joinName(words);
  return (
    name.length >= MIN_NAME_CHARS && words.some((word) => !STOP_WORDS.has(word)) && isKnown(name)
  );
}

function joinName(words: readonly string[]): string {
  return words.map((word) => word.replace(/(?<=[ln])v/gu, "u")).join("");
}

/** How many letters a text has without those of English function words. */
export function contentChars(text: string): number {
  const letters = text.normalize("NFKC").match(/\p{L}/gu)?.length ?? 0;
  const idle = latinWords(text).filter((word) => STOP_WORDS.has(word));
  return letters - idle.join("").length;
}
