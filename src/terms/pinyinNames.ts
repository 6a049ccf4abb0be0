/** Names in pinyin as they are typed: without tones, in one word or several. */
import { hanRuns } from "../text/fold.ts";
import { STOP_WORDS, latinWords } from "./stems.ts";

/** Names of people and places have two to four characters; one syllable alone is a word of every language. */
const MIN_SYLLABLES = 2;
const MAX_SYLLABLES = 4;

/** The letters that the shortest name has. */
const MIN_NAME_CHARS = 4;

/**
 * The toneless pinyin of every run of two to four characters of a text, joined, each once: 張濤 gives `zhangtao`. A run that begins
 * with a surname of another reading (曾, 單) is given both ways.
 */
type PinyinTerms = (text: string) => string[];

/** Loads the readings of all characters, which only indexing needs: in a question, names are found by {@link namesIn}. */
export async function readPinyin(): Promise<PinyinTerms> {
  const { pinyin } = await import("pinyin-pro");
  return (text) => {
    const terms = new Set<string>();
    for (const run of hanRuns(text)) {
      for (const surname of ["off", "all"] as const) {
        const syllables = pinyin(run, { toneType: "none", type: "array", surname }).map(spell);
        for (const term of joined(syllables)) terms.add(term);
      }
    }
    return [...terms];
  };
}

/** In the letters of a question: `lü` is typed `lu`, see {@link latinWords}. */
function spell(syllable: string): string {
  return latinWords(syllable).join("");
}

function* joined(syllables: readonly string[]): Generator<string> {
  for (let from = 0; from < syllables.length; from++) {
    const last = Math.min(from + MAX_SYLLABLES, syllables.length);
    for (let to = from + MIN_SYLLABLES; to <= last; to++) yield syllables.slice(from, to).join("");
  }
}

/**
 * The names in pinyin that a question holds, however their spaces are set: the longest runs of one to four neighbouring words, a
 * syllable each or several, that are known when they are joined. `who is zhang tao` gives `zhangtao` where that is known; `lv` and
 * `nv` are typed for `lü` and `nü`.
 *
 * @param isKnown Whether any text holds a name.
 */
export function namesIn(text: string, isKnown: (name: string) => boolean): string[] {
  const names = new Set<string>();
  let done = 0;
  for (const { from, to, name } of runsIn(text)) {
    if (from < done || !isKnown(name)) continue;
    names.add(name);
    done = to;
  }
  return [...names];
}

/** What {@link namesIn} looks for in a question: each run of its words that may be a name. */
export function possibleNames(text: string): string[] {
  return Array.from(runsIn(text), ({ name }) => name);
}

/** The runs of one to four words that may be a name, from each word the longest first. */
function* runsIn(text: string): Generator<{ from: number; to: number; name: string }> {
  const words = latinWords(text);
  for (let from = 0; from < words.length; from++) {
    for (let to = Math.min(from + MAX_SYLLABLES, words.length); to > from; to--) {
      const run = words.slice(from, to);
      const name = run.map((word) => word.replace(/(?<=[ln])v/gu, "u")).join("");
      // Words of English grammar are syllables too (`can you`): they are no name by themselves.
      const isTelling = run.some((word) => !STOP_WORDS.has(word));
      if (name.length >= MIN_NAME_CHARS && isTelling) yield { from, to, name };
    }
  }
}
