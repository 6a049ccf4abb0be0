import { parseDecimal, shift, sum } from "./arabicNumbers.ts";
import type { ArabicNumber, Decimal } from "./arabicNumbers.ts";
import type { NumberToken } from "./numberTokens.ts";

/** From 万 on, a unit multiplies the whole section before it. */
const MIN_LARGE_ZEROS = 4;

/** A longer row of digits before a unit is no number that anyone writes. */
const MAX_ROW = 15;

const ONE: Decimal = { units: 1n, places: 0 };

/** A coefficient with its power of ten; two choices where two neighbours stand for "about": 七八万. */
interface Term {
  readonly choices: readonly Decimal[];
  zeros: number;
}

interface Coefficient {
  readonly choices: readonly Decimal[];
  readonly width: number;
  /** A lone digit: behind a unit it counts tenths of that unit (三万五). */
  readonly isDigit: boolean;
  /** Digits of the whole part. */
  readonly size: number;
}

interface State {
  readonly tokens: readonly NumberToken[];
  readonly terms: Term[];
  at: number;
  /** Where the terms begin that the next large unit multiplies. */
  section: number;
  lastSmall: number;
  lastLarge: number;
  larges: number;
}

/** A number that was read from tokens `first` to `next`; no values if they say none. */
interface HanNumeral {
  readonly values: readonly Decimal[];
  readonly next: number;
}

/**
 * Reads the longest number of digits and falling units from a token on: 三万五千, 3万5000, 十二点五万, 三万亿.
 * It looks at each token at most twice, so that a row of numerals of any length takes linear time.
 */
export function readHanNumeral(tokens: readonly NumberToken[], first: number): HanNumeral {
  const state: State = {
    tokens,
    terms: [],
    at: first,
    section: 0,
    lastSmall: Infinity,
    lastLarge: Infinity,
    larges: 0,
  };
  let goesOn = true;
  while (goesOn) {
    const token = state.at === first ? tokens[first] : touching(tokens, state.at);
    if (token === undefined) break;
    goesOn = token.kind === "unit" ? addUnit(state, token.zeros) : addCoefficient(state, token);
  }
  return { values: valuesOf(state.terms), next: Math.max(state.at, first + 1) };
}

/** Whether digits are read one after the other, each for itself: neighbours that rise (两三, 七八, 一二三). */
export function isAbout(digits: string): boolean {
  if (digits.length < 2 || digits.length > 9 || digits.startsWith("0")) return false;
  return Array.from(digits).every((it, i) => Number(it) === Number(digits[0]) + i);
}

function touching(tokens: readonly NumberToken[], at: number): NumberToken | undefined {
  const token = tokens[at];
  return token?.touches === true ? token : undefined;
}

function addUnit(state: State, zeros: number): boolean {
  const added = zeros < MIN_LARGE_ZEROS ? addSmallUnit(state, zeros) : addLargeUnit(state, zeros);
  if (added) state.at += 1;
  return added;
}

/** A small unit without a coefficient: 十五, 百二十, 一百十五. */
function addSmallUnit(state: State, zeros: number): boolean {
  if (zeros >= state.lastSmall || (state.terms.length > 0 && zeros > 1)) return false;
  state.terms.push({ choices: [ONE], zeros });
  state.lastSmall = zeros;
  return true;
}

function addLargeUnit(state: State, zeros: number): boolean {
  const { terms } = state;
  if (!acceptsLarge(state, zeros)) return false;
  if (terms.length === 0) terms.push({ choices: [ONE], zeros: 0 });
  // 三万五千亿: the larger unit multiplies all.
  const from = zeros > state.lastLarge ? 0 : state.section;
  if (from === terms.length) return false;
  for (const term of terms.slice(from)) term.zeros += zeros;
  state.section = terms.length;
  state.lastSmall = Infinity;
  state.lastLarge = zeros;
  state.larges += 1;
  return true;
}

function acceptsLarge({ lastLarge, larges }: State, zeros: number): boolean {
  return zeros < lastLarge || (zeros > lastLarge && larges === 1);
}

/** A coefficient with its small unit, or before a large one, or at the end. Tells whether the number may go on. */
function addCoefficient(state: State, token: NumberToken): boolean {
  const coefficient = readCoefficient(state, token);
  if (coefficient === undefined) return false;
  const next = touching(state.tokens, state.at + coefficient.width);
  if (next?.kind !== "unit") {
    addLast(state, coefficient);
    return false;
  }
  return next.zeros < MIN_LARGE_ZEROS
    ? addWithSmallUnit(state, coefficient, next.zeros)
    : addBeforeLargeUnit(state, coefficient, next.zeros);
}

function addLast(state: State, { choices, width, isDigit, size }: Coefficient): void {
  const last = state.terms.length === 0 ? undefined : state.tokens[state.at - 1];
  const unit = last?.kind === "unit" ? last.zeros : undefined;
  if (unit !== undefined && size > unit) return;
  const zeros = isDigit && unit !== undefined ? unit - 1 : 0;
  state.terms.push({ choices, zeros });
  state.at += width;
}

function addWithSmallUnit(state: State, coefficient: Coefficient, zeros: number): boolean {
  const { choices, width, size } = coefficient;
  if (zeros >= state.lastSmall || (state.terms.length > 0 && size > 1)) return false;
  state.terms.push({ choices, zeros });
  state.lastSmall = zeros;
  state.at += width + 1;
  return true;
}

function addBeforeLargeUnit(state: State, coefficient: Coefficient, zeros: number): boolean {
  const { choices, width, size } = coefficient;
  if (!acceptsLarge(state, zeros)) return false;
  if (state.terms.length > 0 && size > MIN_LARGE_ZEROS) return false;
  state.terms.push({ choices, zeros: 0 });
  state.at += width;
  return true;
}

function readCoefficient(state: State, token: NumberToken): Coefficient | undefined {
  if (token.kind === "arabic") return readArabic(token.number);
  if (token.kind === "fraction") return readFraction(state, token.digits);
  if (token.kind !== "digits") return undefined;
  const next = touching(state.tokens, state.at + 1);
  const { digits, two } = token;
  const isFirst = state.terms.length === 0;
  if (next?.kind === "fraction" && digits.length + next.digits.length <= MAX_ROW) {
    if (two || (!isFirst && digits.length > 1)) return undefined;
    const choices = [parseDecimal(`${digits}.${next.digits}`)];
    return { choices, width: 2, isDigit: false, size: 1 };
  }
  return readDigits(digits, { isFirst, isLast: next?.kind !== "unit", two });
}

function readArabic(number: ArabicNumber): Coefficient | undefined {
  if (number.kind === "names") return undefined;
  const [reading] = number.readings;
  const size = (reading.units / 10n ** BigInt(reading.places)).toString().length;
  return { choices: [reading], width: 1, isDigit: size === 1 && reading.places === 0, size };
}

/** The fraction of a number that ends in a unit: 十点五. */
function readFraction({ terms }: State, digits: string): Coefficient | undefined {
  if (terms.length === 0 || digits.length > MAX_ROW) return undefined;
  return { choices: [parseDecimal(`0.${digits}`)], width: 1, isDigit: false, size: 0 };
}

function readDigits(
  digits: string,
  { isFirst, isLast, two }: { isFirst: boolean; isLast: boolean; two: boolean },
): Coefficient | undefined {
  const significant = isFirst ? digits : digits.replace(/^0+(?=\d)/u, "");
  const isWhole = significant.length === digits.length;
  if (significant.length === 2 && isAbout(significant)) {
    const choices = Array.from(significant, parseDecimal);
    return { choices, width: 1, isDigit: isWhole, size: 1 };
  }
  // 十三五: what follows the last digit belongs to no number.
  if (significant.length === 1 || (!isFirst && isLast)) {
    const choices = [parseDecimal(significant.slice(0, 1))];
    return { choices, width: 1, isDigit: isWhole, size: 1 };
  }
  // 一二〇〇万: digits one by one can only begin a number, and 两 is not among them.
  if (!isFirst || two || digits.length > MAX_ROW) return undefined;
  return { choices: [parseDecimal(digits)], width: 1, isDigit: false, size: digits.length };
}

function valuesOf(terms: readonly Term[]): Decimal[] {
  if (terms.length === 0) return [];
  const count = Math.max(...terms.map((it) => it.choices.length));
  return Array.from({ length: count }, (_, i) =>
    sum(
      terms.flatMap(({ choices, zeros }) => {
        const choice = choices[i] ?? choices[0];
        return choice === undefined ? [] : [shift(choice, zeros)];
      }),
    ),
  );
}
