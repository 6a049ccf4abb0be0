/** Names in pinyin as they are typed: without tones, in one word or several. */
import { pinyin } from "pinyin-pro";
import { foldHan } from "../text/fold.ts";
import { latinWords } from "./stems.ts";

const HAN_RUN = /\p{Script=Han}+/gu;

/** Names of people and places have two to four characters; one syllable alone is a word of every language. */
const MIN_SYLLABLES = 2;
const MAX_SYLLABLES = 4;

/**
 * The toneless pinyin of every run of two to four characters of a text, joined, each once: 張濤 gives `zhangtao`. A run that begins
 * with a surname of another reading (曾, 單) is given both ways.
 *
 * Loading this module reads a table of readings: only indexing needs it.
 */
export function pinyinTerms(text: string): string[] {
  const terms = new Set<string>();
  for (const [run] of foldHan(text).matchAll(HAN_RUN)) {
    for (const surname of ["off", "all"] as const) {
      const syllables = pinyin(run, { toneType: "none", type: "array", surname }).map(spell);
      for (const term of joined(syllables)) terms.add(term);
    }
  }
  return [...terms];
}

/** In the letters of a question: `lü` is typed `lu`, see {@link latinWords}. */
function spell(syllable: string): string {
  return latinWords(syllable).join("");
}

function* joined(syllables: readonly string[]): Generator<string> {
  for (let from = 0; from < syllables.length; from++) {
    for (
      let to = from + MIN_SYLLABLES;
      to <= Math.min(from + MAX_SYLLABLES, syllables.length);
      to++
    )
      yield syllables.slice(from, to).join("");
  }
}
