import { foldText } from "../text/fold.ts";

/** A run of Han characters, of letters of another script with their marks, or a number with its decimals. */
const RUN = /\p{Script=Han}+|\p{N}+(?:\.\p{N}+)*|(?:(?!\p{Script=Han})[\p{L}\p{M}])+/gu;
const HAN_RUN = /^\p{Script=Han}/u;

/** Characters that say how something is asked or joined, not what: alone they match everywhere. */
const HAN_STOP_CHARACTERS = new Set("的了是在和与有这那吗呢啊吧么呀嘛");

/**
 * The keyword terms of a text: Han unigrams and bigrams, words of other scripts, numbers; all folded
 * (NFKC, lower case, Simplified), in the order of the text, repeated as often as they occur.
 */
export function termsOf(text: string): string[] {
  return Array.from(foldText(text).matchAll(RUN), ([run]) =>
    HAN_RUN.test(run) ? hanTerms(run) : [run],
  ).flat();
}

function hanTerms(run: string): string[] {
  const characters = Array.from(run);
  return characters.flatMap((character, i) => {
    const next = characters[i + 1];
    const single = HAN_STOP_CHARACTERS.has(character) ? [] : [character];
    return next === undefined ? single : [...single, character + next];
  });
}
