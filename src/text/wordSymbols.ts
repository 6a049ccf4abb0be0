/** Marks that are a part of a word: without them it is another one (C++, C#, .NET, A+, R&D, -5). */

const LETTER = "(?:(?!\\p{Script=Han})[\\p{L}\\p{M}])";

/** A number before a range's dash: 3-5, 3月-5月, 5 平方米-8 平方米. */
const RANGE_START =
  "[\\p{N}〇零一二两三四五六七八九十百千万亿]\\s?(?:平方|立方)?\\p{Script=Han}{0,2}\\s?";

/** A minus sign: directly before digits, neither within a range nor within a name such as COVID-19. */
const MINUS = `(?<!${RANGE_START}|${LETTER}|[\\p{Pd}~)\\]%°])[-\\u2212](?=\\p{N})`;

const BEHIND_LETTERS = `(?<=${LETTER})(?:\\+{1,2}|#)(?!${LETTER}|\\p{N}|[+#])`;
const BEFORE_LETTERS = `(?<!${LETTER}|[\\p{N}./@])\\.(?=${LETTER}{2})`;
const BETWEEN_LETTERS = `(?<=(?<!${LETTER})${LETTER}{1,2})&(?=${LETTER}{1,2}(?!${LETTER}))`;

const SYMBOL = [MINUS, BEHIND_LETTERS, BEFORE_LETTERS, BETWEEN_LETTERS].join("|");

const RUN = new RegExp(
  [
    "\\p{Script=Han}+",
    `(?:${MINUS})?\\p{N}+(?:\\.\\p{N}+)*`,
    `(?:${BEFORE_LETTERS})?${LETTER}+(?:${BETWEEN_LETTERS}${LETTER}+)*(?:${BEHIND_LETTERS})?`,
  ].join("|"),
  "gu",
);

const BETWEEN_WORDS = new RegExp(`(?<symbol>${SYMBOL})|[^\\p{L}\\p{M}\\p{N}]`, "gu");

/**
 * The words of a folded text as far as a mark or another script parts them: runs of Han characters, numbers with sign and decimals,
 * words of other scripts with the symbols that belong to them.
 */
export function wordRuns(folded: string): string[] {
  return (folded.match(RUN) ?? []).map(withPlainMinus);
}

/** A folded text without what stands between its words, which `gap` takes the place of. */
export function withoutMarks(folded: string, gap: string): string {
  const kept = folded.replace(BETWEEN_WORDS, (mark, symbol: string | undefined) =>
    symbol === undefined ? "\0" : withPlainMinus(mark),
  );
  return kept.replace(/\0+/gu, gap);
}

function withPlainMinus(word: string): string {
  return word.replace("\u2212", "-");
}

/** What makes a number or a grade another one and is no part of a word: 3.5, 10%, >5, $5, 5+3, A-. */
const SIGN = new RegExp(
  [
    "(?<=\\p{N})(?:[%‰‱]|[.+×÷*](?=\\p{N}))",
    "[<>≤≥≠±$€£¥](?=\\s?\\p{N})",
    `(?<!${LETTER})${LETTER}[-\\u2212](?!${LETTER}|\\p{N}|\\p{Pd})`,
  ].join("|"),
  "gu",
);

/** The signs of a folded text in their order; the minus of a grade with its letter. */
export function signsIn(folded: string): string[] {
  return (folded.match(SIGN) ?? []).map(withPlainMinus);
}

const MINUSES = new RegExp(MINUS, "gu");

/** Where the numbers begin that have a minus sign before them. */
export function minusSigns(folded: string): ReadonlySet<number> {
  return new Set(Array.from(folded.matchAll(MINUSES), ({ index }) => index + 1));
}
