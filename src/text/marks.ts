/** Punctuation that several steps need, as the inside of a regular expression's character class. */

export const OPENING = "“‘「『《〈（(【〔［\\[〖";
export const CLOSING = "”’」』》〉）)】〕］\\]〗";

/** Marks that end a sentence. */
export const FINAL = "。！？!?";

/** Whether a character is Han: a text's language, and where its marks belong, is told by its neighbours. */
export const HAN = /\p{Script=Han}/u;

const ENDS_SENTENCE = new RegExp(`(?:[${FINAL}]|[^.]\\.)[${CLOSING}"']*$`, "u");

/** Whether a line or sentence ends with a final mark, closing quotes and brackets behind it included. */
export function endsWithFinalMark(text: string): boolean {
  return ENDS_SENTENCE.test(text.trimEnd());
}
