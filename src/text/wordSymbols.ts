import type { Span } from "../report.ts";

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

/** Letters of scripts that put no blanks between words, and of Hangul, which joins particles to them. */
const UNSPACED =
  "[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]";

const SPACED = `(?:(?!${UNSPACED})[\\p{L}\\p{M}])`;

const UNIT = new RegExp(
  [
    `((?:${BEFORE_LETTERS})?${SPACED}+(?:${BETWEEN_LETTERS}${SPACED}+)*(?:${BEHIND_LETTERS})?)`,
    `((?:(?=${UNSPACED})[\\p{L}\\p{M}\\p{N}])+)`,
    "[^]\\p{M}*",
  ].join("|"),
  "gu",
);

/** A piece of a text: a word with the symbols that belong to it, letters of a script without blanks, or a single mark or blank. */
interface TextPiece extends Span {
  readonly kind: "word" | "letters" | "other";
  readonly text: string;
}

/** A folded text piece by piece, in order, without the stretches of it that are given, which are in order too. */
export function piecesAround(folded: string, stretches: readonly Span[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let done = 0;
  for (const { start, end } of [...stretches, { start: folded.length, end: folded.length }]) {
    while (done < start) {
      // On the whole text, since what stands beside a mark decides what it belongs to.
      UNIT.lastIndex = done;
      const [whole = "", word, letters] = UNIT.exec(folded) ?? [];
      const text = whole.slice(0, start - done);
      const kind = word !== undefined ? "word" : letters !== undefined ? "letters" : "other";
      pieces.push({ kind, text, start: done, end: done + text.length });
      done += Math.max(1, text.length);
    }
    done = end;
  }
  return pieces;
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
