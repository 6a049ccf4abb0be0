import { foldText } from "../../text/fold.ts";
import { rewrite } from "../../text/tracedText.ts";
import type { Rewrite } from "../../text/tracedText.ts";
import { readArabicNumber } from "./arabicNumbers.ts";
import type { ArabicNumber } from "./arabicNumbers.ts";

/** Han digits in the order of their values; 两 is a second 2. */
const HAN_DIGITS = "〇一二三四五六七八九";

/** Units and the zeros that they stand for; the Korean ones follow Arabic digits. */
const ZEROS_OF_UNIT = new Map(
  Object.entries({ 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, 兆: 12, 백: 2, 천: 3, 만: 4, 억: 8, 조: 12 }),
);

/** Any Han numeral, after folding. */
export const HAN_NUMERAL = /[〇零一二两三四五六七八九十百千万亿]/u;

/** ASCII digits with the marks that numbers have inside, as {@link readArabicNumber} reads them. */
export const AMOUNT = /[1-9]\d{0,2}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*/gu;

const TOKEN = new RegExp(
  [
    /(?<amount>AMOUNT)(?: (?=[十百千]?[万亿兆만억조]|千[克米瓦]))?/u,
    /(?<digits>[〇零一二两三四五六七八九]+)/u,
    // 三点五 is a decimal, 三点五分 and 三点五十 are times.
    /(?<=[〇零一二三四五六七八九十百千万亿])点(?<fraction>[〇零一二三四五六七八九]+)(?![〇零一二三四五六七八九十百千刻分])/u,
    /(?<unit>兆(?![赫瓦字帕比])|百(?![姓货度合])|[十千万亿백천만억조])(?:(?<=만) (?=\d+[백천](?![만억]))|(?<=[억조]) (?=\d+[백천]?만)|(?<=조) (?=\d+[백천]?억))?/u,
    /(?<word>(?:(?!\p{Script=Han})[\p{L}\p{M}])+)/u,
  ]
    .map((it) => it.source)
    .join("|")
    .replace("AMOUNT", AMOUNT.source),
  "gu",
);

/** Signs of older or formal writing, each with the everyday ones. */
const FORMAL = new Map(
  Array.from("壹一贰二叁三参三肆四伍五陆六柒七捌八玖九拾十佰百仟千".matchAll(/(.)(.)/gu), (it) => [
    it[1],
    it[2],
  ]),
);
const FORMAL_RUN = /[壹贰叁参肆伍陆柒捌玖拾佰仟零万亿]{2,}/gu;
const FORMAL_NUMBER = /[壹贰叁参肆伍陆柒捌玖][拾佰仟]/u;
const TENS_IN_ONE = new Map(Object.entries({ 廿: "二十", 卅: "三十", 卌: "四十" }));

interface Place {
  /** The half-open span in the normal form of the text. */
  readonly start: number;
  readonly end: number;
  /** Nothing stands between this token and the one before, or only a space that numbers have inside. */
  readonly touches: boolean;
}

/** A part of a number, or a word that may be one. */
export type NumberToken = Place &
  (
    | { readonly kind: "arabic"; readonly number: ArabicNumber }
    | { readonly kind: "digits"; readonly digits: string; readonly two: boolean }
    | { readonly kind: "fraction"; readonly digits: string }
    | { readonly kind: "unit"; readonly zeros: number }
    | { readonly kind: "word"; readonly word: string }
  );

/** A comma of full width parts groups of digits only where three follow it; before folding. */
const COMMA: Rewrite = [/，(?!\p{Nd}{3}(?!\p{Nd}))/gu, () => "、"];

/** Raised, lowered and circled numbers, and units with one, say no amount. */
const SMALL_NUMBER: Rewrite = [/[\p{No}\u33A0-\u33A6]/gu, () => " "];

/** Digits of all scripts in ASCII, and the marks between them; after folding. */
const DIGITS: readonly Rewrite[] = [
  [/(?!\d)\p{Nd}/gu, asciiDigit],
  [/(?<=\d)٬(?=\d)/gu, () => ","],
  [/(?<=\d)٫(?=\d)/gu, () => "."],
];

/** Older and rounded Han numerals as the everyday exact ones; after folding. */
const HAN_NUMERALS: readonly Rewrite[] = [
  [/(?<=[〇零一二三四五六七八九○◯])[○◯]/gu, () => "〇"],
  [/[廿卅卌]/gu, (it) => TENS_IN_ONE.get(it) ?? it],
  [
    FORMAL_RUN,
    (run) =>
      FORMAL_NUMBER.test(run) ? Array.from(run, (it) => FORMAL.get(it) ?? it).join("") : run,
  ],
  [/(?<=[\d一二两三四五六七八九十百千万])[余多来+](?=[万亿])/gu, () => ""],
];

/** What is done to a text before and after it is folded, so that its numbers can be read. */
interface NumberForm {
  readonly before: readonly Rewrite[];
  readonly after: readonly Rewrite[];
}

/** For all numbers; what only rounds or raises them is lost. */
export const ALL_NUMBERS: NumberForm = {
  before: [SMALL_NUMBER, COMMA],
  after: [...DIGITS, ...HAN_NUMERALS],
};

/** For numbers in digits alone: every other letter stays as it is. */
export const DIGITS_ALONE: NumberForm = { before: [COMMA], after: DIGITS };

/** A text in the form that its tokens' places are in: folded, digits of all scripts in ASCII. */
export function normalizeNumbers(text: string): string {
  return rewrite(foldText(rewrite(text, ALL_NUMBERS.before)), ALL_NUMBERS.after);
}

/** The tokens of a text that `normalizeNumbers` has been over, in order. */
export function numberTokens(normal: string): NumberToken[] {
  let end = -1;
  return Array.from(normal.matchAll(TOKEN), (match) => {
    const start = match.index;
    const place = { start, end: start + match[0].length, touches: start === end };
    end = place.end;
    return readToken(match, place);
  });
}

/** Han digits in ASCII. */
function asciiDigits(han: string): string {
  return Array.from(han.replace(/两/gu, "二").replace(/零/gu, "〇"), (it) =>
    HAN_DIGITS.indexOf(it),
  ).join("");
}

function readToken({ groups = {} }: RegExpExecArray, place: Place): NumberToken {
  const { amount, digits, fraction, unit, word = "" } = groups;
  if (amount !== undefined) return { ...place, kind: "arabic", number: readArabicNumber(amount) };
  if (digits !== undefined) {
    return { ...place, kind: "digits", digits: asciiDigits(digits), two: digits.includes("两") };
  }
  if (fraction !== undefined) return { ...place, kind: "fraction", digits: asciiDigits(fraction) };
  const zeros = ZEROS_OF_UNIT.get(unit ?? "");
  return zeros === undefined ? { ...place, kind: "word", word } : { ...place, kind: "unit", zeros };
}

/** Unicode keeps the ten digits of a script together, from its zero on. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
