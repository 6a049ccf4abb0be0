import { foldText } from "../text/fold.ts";
import { numbersIn } from "./numbers/numbers.ts";

/** A run of Han characters, of letters of another script with their marks, or a number with its decimals. */
const RUN = /\p{Script=Han}+|\p{N}+(?:\.\p{N}+)*|(?:(?!\p{Script=Han})[\p{L}\p{M}])+/gu;
const HAN_RUN = /^\p{Script=Han}/u;

/** Characters that say how something is asked or joined, not what: alone they match everywhere. */
const HAN_STOP_CHARACTERS = new Set("的了是在和与有这那吗呢啊吧么呀嘛");

/** Sets a number's value apart from the digits that may stand in a text for something else. */
const VALUE_MARK = "=";

/**
 * The keyword terms of a text: Han unigrams and bigrams, words of other scripts and digits, all folded (NFKC, lower case,
 * Simplified) and repeated as often as they occur; then the values of its numbers, however they are written.
 */
export function termsOf(text: string): string[] {
  const words = Array.from(foldText(text).matchAll(RUN), ([run]) =>
    HAN_RUN.test(run) ? hanTerms(run) : [run],
  ).flat();
  return [...words, ...numbersIn(text).map((value) => VALUE_MARK + value)];
}

function hanTerms(run: string): string[] {
  const characters = Array.from(run);
  return characters.flatMap((character, i) => {
    const next = characters[i + 1];
    const single = HAN_STOP_CHARACTERS.has(character) ? [] : [character];
    return next === undefined ? single : [...single, character + next];
  });
}
