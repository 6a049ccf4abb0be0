/** Pinyin syllables without tones, by initials; `v` stands for ü. After the table of Hanyu Pinyin's finals. */
const SYLLABLE = new RegExp(
  "^(?:" +
    [
      "a[ion]?|ang|ao|e[inr]?|eng|ou?",
      "[bp](?:a|ai|an|ang|ao|ei|en|eng|i|ian|iao|ie|in|ing|o|ou|u)",
      "m(?:a|ai|an|ang|ao|e|ei|en|eng|i|ian|iao|ie|in|ing|iu|o|ou|u)",
      "f(?:a|an|ang|ei|en|eng|o|ou|u)",
      "[dt](?:a|ai|an|ang|ao|e|ei|en|eng|i|ia|ian|iao|ie|ing|iu|ong|ou|u|uan|ui|un|uo)",
      "[nl](?:a|ai|an|ang|ao|e|ei|en|eng|i|ia|ian|iang|iao|ie|in|ing|iu|o|ong|ou|u|uan|un|uo|v|ve)",
      "[gkh](?:a|ai|an|ang|ao|e|ei|en|eng|ong|ou|u|ua|uai|uan|uang|ui|un|uo)",
      "[jqx](?:i|ia|ian|iang|iao|ie|in|ing|iong|iu|u|uan|ue|un)",
      "[zcs]h?(?:a|ai|an|ang|ao|e|ei|en|eng|i|ong|ou|u|ua|uai|uan|uang|ui|un|uo)",
      "r(?:an|ang|ao|e|en|eng|i|ong|ou|u|ua|uan|ui|un|uo)",
      "y(?:a|an|ang|ao|e|i|in|ing|o|ong|ou|u|uan|ue|un)",
      "w(?:a|ai|an|ang|ei|en|eng|o|u)",
    ].join("|") +
    ")$",
  "u",
);

/** Macron, acute, caron and grave: the four tones. */
const TONE = /[\u0304\u0301\u030c\u0300]/gu;

/** Whether a text is one lower-case pinyin syllable with exactly one tone mark, composed or decomposed. */
export function isTonedSyllable(text: string): boolean {
  const letters = text.normalize("NFD");
  if (letters.match(TONE)?.length !== 1) return false;
  return SYLLABLE.test(letters.replace(TONE, "").replaceAll("u\u0308", "v"));
}
