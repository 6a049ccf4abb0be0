import { minusSigns } from "../../text/wordSymbols.ts";
import { formatDecimal, parseDecimal, shift } from "./arabicNumbers.ts";
import type { Decimal } from "./arabicNumbers.ts";
import { isAbout, readHanNumeral } from "./hanNumerals.ts";
import { HAN_NUMERAL, normalizeNumbers, numberTokens } from "./numberTokens.ts";
import type { NumberToken } from "./numberTokens.ts";

/** Words behind digits that multiply them, by their zeros. */
const SCALES = readWords(
  "2 hundred hundreds|3 k к thousand thousands mil mille tausend тысяча тысячи тысяч тыс nghìn ngàn ribu ألف हज़ार|" +
    "5 लाख|6 million millions millones millón milhões milhão millionen миллион миллиона миллионов млн triệu juta مليون|" +
    "7 करोड़|9 billion billions milliard milliards milliarde milliarden миллиард миллиарда миллиардов млрд tỷ|12 trillion",
);

/** These stand at the digits: 35k. */
const TOUCHING_SCALES = new Set(["k", "к"]);

/** Scale words in a row that one number has: mil millones. */
const MAX_SCALES = 2;

/** English number words; a lone one or two is mostly no number. */
const ENGLISH = readWords(
  "1 one|2 two|3 three|4 four|5 five|6 six|7 seven|8 eight|9 nine|10 ten|11 eleven|12 twelve|13 thirteen|14 fourteen|" +
    "15 fifteen|16 sixteen|17 seventeen|18 eighteen|19 nineteen|20 twenty|30 thirty|40 forty|50 fifty|60 sixty|" +
    "70 seventy|80 eighty|90 ninety",
);
const MIN_LONE_WORD = 3;

/** What can be counted, directly behind a Han numeral; not the words that merely begin so (部分, 时间, 分之). */
const MEASURE = new RegExp(
  "^(?:[%°个名人户处年月日天岁次场条件所座亩元圆块倍项家位只张层级号秒角米吨斤页章节篇届期辆台套间栋种类票回本つ]" +
    "|部(?![分署门长])|周(?![围边到密])|点(?!儿)|分(?![之别析布配享类工成])|时(?![间代候常期])" +
    "|度(?![过假])|小时|公[里斤顷分尺]|里|克|平方|立方|世纪|[厘毫]米|星期|礼拜|[かカヶヵケ][月国所])",
  "u",
);
const RANGE_TO = /^[至到~—–-][〇零一二两三四五六七八九十百千万]{1,3}/u;

/** Code units beside a numeral that are looked at. */
const CONTEXT = 8;

/** Words that make the number behind them negative. */
const NEGATIVE = /(?:零下|(?<![胜自担抱肩欠])负|(?<!\p{L})minus )$/u;

interface Reading {
  readonly numbers: readonly string[];
  /** The token to go on with. */
  readonly next: number;
  /** Whether the numbers are readings of the same digits. */
  readonly isOneOf?: boolean;
}

/**
 * The numbers of a text in ASCII digits, in the order of the text, repeated as often as they occur: 3.5万, 三万五千,
 * 35,000 and 35k are all "35000", and one below zero has its sign. What can be read in two ways gives both ("35.000": "35" and "35000").
 */
export function numbersIn(text: string): string[] {
  return splitNumbers(text).numbers;
}

/** The numbers of a text as {@link numbersIn} reads them, and its folded words without them. */
export function splitNumbers(text: string): { numbers: string[]; rest: string } {
  const normal = normalizeNumbers(text);
  const located = locateNumbers(normal);
  let rest = "";
  let done = 0;
  for (const { start, end } of located) {
    rest += normal.slice(done, start) + " ";
    done = end;
  }
  return { numbers: located.flatMap((it) => it.numbers), rest: rest + normal.slice(done) };
}

/** Where a number stands in a text that {@link normalizeNumbers} has been over. */
export interface LocatedNumber {
  readonly start: number;
  readonly end: number;
  /** One at least: what is written there one behind the other (七八, 2021.2.20), or {@link isOneOf}. */
  readonly numbers: readonly string[];
  /** Whether they are readings of the same digits, of which one is right: 35.000. */
  readonly isOneOf: boolean;
}

/** Every number has one of these. */
const MAY_HOLD_NUMBER = new RegExp(
  `\\d|${HAN_NUMERAL.source}|${[...ENGLISH.keys()].join("|")}`,
  "u",
);

/** The numbers of a text that {@link normalizeNumbers} has been over, in order. */
export function locateNumbers(normal: string): LocatedNumber[] {
  if (!MAY_HOLD_NUMBER.test(normal)) return [];
  const tokens = numberTokens(normal);
  const minuses = minusSigns(normal);
  const found: LocatedNumber[] = [];
  for (let at = 0; at < tokens.length;) {
    const { numbers, next, isOneOf = false } = readAt(tokens, at, normal);
    const start = tokens[at]?.start ?? 0;
    const end = tokens[next - 1]?.end ?? start;
    const isNegative =
      minuses.has(start) || NEGATIVE.test(normal.slice(Math.max(0, start - CONTEXT), start));
    const signed = numbers.map((it) => (isNegative && it !== "0" ? `-${it}` : it));
    if (signed.length > 0) found.push({ start, end, numbers: signed, isOneOf });
    at = next;
  }
  return found;
}

function readAt(tokens: readonly NumberToken[], at: number, text: string): Reading {
  const token = tokens[at];
  if (token?.kind === "word") return readEnglish(tokens, at, text);
  if (token?.kind === "arabic" && token.number.kind === "names") {
    return { numbers: token.number.names, next: at + 1 };
  }
  return isFollowedByUnit(tokens, at) ? readUnits(tokens, at, text) : readAlone(tokens, at, text);
}

/** A number without units: 35,000, 二〇二一; or a lone unit. */
function readAlone(tokens: readonly NumberToken[], at: number, text: string): Reading {
  const token = tokens[at];
  if (token?.kind === "arabic" && token.number.kind === "amount") {
    return scaled({ tokens, text, at: at + 1 }, token.number.readings);
  }
  if (token?.kind !== "digits") return readUnits(tokens, at, text);
  return { numbers: counts(text, token) ? digitNumbers(token) : [], next: at + 1 };
}

function isFollowedByUnit(tokens: readonly NumberToken[], at: number): boolean {
  const next = tokens[at + 1];
  return next?.touches === true && (next.kind === "unit" || next.kind === "fraction");
}

/** A number with units: 三万五千, 3万5000. */
function readUnits(tokens: readonly NumberToken[], at: number, text: string): Reading {
  const { values, next } = readHanNumeral(tokens, at);
  const first = tokens[at];
  const last = tokens[next - 1];
  if (first === undefined || last === undefined) return { numbers: [], next };
  const isNumber = first.kind === "arabic" || counts(text, { start: first.start, end: last.end });
  return { numbers: isNumber ? values.map(formatDecimal) : [], next };
}

/** Han digits without a unit: 二〇二一, 七八, 三. */
function digitNumbers({ digits, two }: Extract<NumberToken, { kind: "digits" }>): string[] {
  if (isAbout(digits)) return Array.from(digits);
  // 三三两两 and 一一 are words; a row with 两 is not read digit by digit.
  if (digits === "11" || (two && digits.length > 1)) return [];
  return [digits.replace(/^0+(?=\d)/u, "")];
}

/** Whether Han numerals count something, and are not a part of a word such as 一起, 千万别 or 十分. */
function counts(text: string, { start, end }: { start: number; end: number }): boolean {
  const numeral = text.slice(start, end).trimEnd();
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + CONTEXT);
  if (/[数几]$/u.test(before) && /^[十百千万亿]/u.test(numeral)) return false;
  if (after.startsWith("几") || HAN_NUMERAL.test(before.slice(-1))) return false;
  if (numeral.length === 1) return countsAlone(numeral, before, after);
  if (!HAN_NUMERAL.test(numeral.slice(0, 1))) return false;
  if (/^[万亿](?!亿)/u.test(numeral)) return false;
  return !/^[百千万亿]/u.test(numeral) || isMeasured(numeral, after);
}

function countsAlone(numeral: string, before: string, after: string): boolean {
  if (!HAN_NUMERAL.test(numeral) || HAN_NUMERAL.test(after.slice(0, 1))) return false;
  if (before === "分之") return true;
  if (after.startsWith("分之")) return !/[百千万]/u.test(numeral);
  if (before.endsWith("第")) return numeral !== "一" || isMeasured(numeral, after);
  return !/[万亿]/u.test(numeral) && !/[统唯专]$/u.test(before) && isMeasured(numeral, after);
}

/** A measure word follows, if need be behind "more than" (十多个) or the end of a range (三至五年). */
function isMeasured(numeral: string, after: string): boolean {
  const isRound = /[十百千]$/u.test(numeral);
  if (isRound && /^分(?!钟)/u.test(after)) return false;
  if (numeral === "一" && /^(?:点(?![半钟整])|时|度)/u.test(after)) return false;
  const rest = isRound ? after.replace(/^[余多来]/u, "") : after;
  return MEASURE.test(rest.replace(RANGE_TO, ""));
}

interface Position {
  readonly tokens: readonly NumberToken[];
  readonly text: string;
  readonly at: number;
}

/** The readings of an amount times the scale words that follow: 35 thousand, 2 mil millones. */
function scaled({ tokens, text, at }: Position, readings: readonly Decimal[]): Reading {
  let values = readings;
  let next = at;
  for (; next < at + MAX_SCALES; next++) {
    const zeros = scaleAt(tokens, next, text);
    if (zeros === undefined) break;
    values = values.map((it) => shift(it, zeros));
  }
  return { numbers: values.map(formatDecimal), next, isOneOf: true };
}

function scaleAt(tokens: readonly NumberToken[], at: number, text: string): number | undefined {
  const token = tokens[at];
  if (token?.kind !== "word") return undefined;
  const isBeside =
    token.touches || (isSpaced(tokens, at, text) && !TOUCHING_SCALES.has(token.word));
  return isBeside ? SCALES.get(token.word) : undefined;
}

function readEnglish(tokens: readonly NumberToken[], at: number, text: string): Reading {
  const first = englishAt(tokens, at);
  if (first === undefined) return { numbers: [], next: at + 1 };
  const second = isSpaced(tokens, at + 1, text) ? englishAt(tokens, at + 1) : undefined;
  const isPair = first >= 20 && second !== undefined && second < 10;
  const value = isPair ? first + second : first;
  const after = { tokens, text, at: at + (isPair ? 2 : 1) };
  const reading = scaled(after, [parseDecimal(String(value))]);
  return value < MIN_LONE_WORD && reading.next === after.at ? { ...reading, numbers: [] } : reading;
}

function englishAt(tokens: readonly NumberToken[], at: number): number | undefined {
  const token = tokens[at];
  return token?.kind === "word" ? ENGLISH.get(token.word) : undefined;
}

/** One space or hyphen stands before a token. */
function isSpaced(tokens: readonly NumberToken[], at: number, text: string): boolean {
  const before = tokens[at - 1];
  const token = tokens[at];
  return (
    before !== undefined &&
    token?.start === before.end + 1 &&
    /[ -]/u.test(text.slice(before.end, token.start))
  );
}

/** Reads "number word word|number word|…". */
function readWords(table: string): ReadonlyMap<string, number> {
  const groups = table.normalize("NFKC").split("|");
  return new Map(
    groups.flatMap((group) => {
      const [number = "", ...words] = group.split(" ");
      return words.map((it) => [it, Number(number)] as const);
    }),
  );
}
