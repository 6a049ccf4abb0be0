/** Whether a text is Chinese. Japanese and Korean have Han characters too. */

const HAN = /\p{Script=Han}/gu;
const KANA_OR_HANGUL = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const OTHER_WORD = /(?:(?!\p{Script=Han})[\p{L}\p{M}])+/gu;

/** Share of a report's East Asian letters that may be kana or Hangul, such as names in a Chinese one. */
const MAX_OTHER_SHARE = 0.05;

/** Least share of Han characters among these and the words of other scripts. */
const MIN_HAN_SHARE = 0.5;

/** Whether the Han characters of a report are Chinese: a Japanese heading may have no others. */
export function mayBeChinese(report: string): boolean {
  const han = countOf(HAN, report);
  const others = countOf(KANA_OR_HANGUL, report);
  return han > 0 && others <= MAX_OTHER_SHARE * (han + others);
}

/** Whether a passage of a report that {@link mayBeChinese} is. */
export function isChinese(passage: string): boolean {
  const han = countOf(HAN, passage);
  const isMostlyHan = han > 0 && han >= MIN_HAN_SHARE * (han + countOf(OTHER_WORD, passage));
  return isMostlyHan && countOf(KANA_OR_HANGUL, passage) === 0;
}

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}
