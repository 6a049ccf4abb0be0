import { foldText } from "../text/fold.ts";
import { wordRuns } from "../text/wordSymbols.ts";
import { numbersIn } from "./numbers/numbers.ts";

const HAN_RUN = /^\p{Script=Han}/u;

/** A word of both scripts: `B站`, `U盘`; longer words in Latin letters stand for themselves. */
const MIXED = /(?<!(?!\p{Script=Han})[\p{L}\p{M}]|\p{N})[a-z]{1,2}\p{Script=Han}/gu;

/** Characters that say how something is asked or joined, not what: alone they match everywhere. */
const HAN_STOP_CHARACTERS = new Set("的了是在和与有这那吗呢啊吧么呀嘛");

/** Sets a number's value apart from the digits that may stand in a text for something else. */
const VALUE_MARK = "=";

/**
 * The keyword terms of a text: Han unigrams and bigrams, words of other scripts and digits with the symbols that belong to them, and
 * words of a letter or two with the Han character beside them (`B站`), all folded (NFKC, lower case, Simplified) and repeated as often as they occur; then the values of its numbers, however they are written.
 */
export function termsOf(text: string): string[] {
  const folded = foldText(text);
  const words = wordRuns(folded).flatMap((run) => (HAN_RUN.test(run) ? hanTerms(run) : [run]));
  const mixed = folded.match(MIXED) ?? [];
  return [...words, ...mixed, ...valueTerms(numbersIn(text))];
}

/** The keyword terms of numbers by their value. */
export function valueTerms(numbers: readonly string[]): string[] {
  return numbers.map((value) => VALUE_MARK + value);
}

function hanTerms(run: string): string[] {
  const characters = Array.from(run);
  return characters.flatMap((character, i) => {
    const next = characters[i + 1];
    const single = HAN_STOP_CHARACTERS.has(character) ? [] : [character];
    return next === undefined ? single : [...single, character + next];
  });
}
