/** Longer rows of digits are names (telephone, account), not amounts. */
const MAX_DIGITS = 15;

/** With a zero in front, a row of so many digits is a name. */
const MIN_DIGITS_OF_NAME = 7;

const INTEGER = /^\d+$/u;
const DECIMAL = /^\d+[.,]\d+$/u;
const POINT_IS_GROUPING_OR_DECIMAL = /^[1-9]\d{0,2}\.\d{3}$/u;
const GROUPED = [
  /^[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/u,
  /^[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?$/u,
  /^[1-9]\d{0,2}(?:\.\d{3})+,\d+$/u,
  /^[1-9]\d{0,2}(?:[ '’]\d{3})+(?:[.,]\d+)?$/u,
];
const DATE = /^(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\.\d{1,2}\.\d{1,2})$/u;
const VERSION = /^\d+(?:\.\d+){2,}$/u;

/** What ASCII digits with marks between them say: one amount in one or two readings, or numbers that do not take a unit. */
export type ArabicNumber =
  | { readonly kind: "amount"; readonly readings: readonly [Decimal, ...Decimal[]] }
  | { readonly kind: "names"; readonly names: readonly string[] };

/** Reads ASCII digits with single commas, points, spaces or apostrophes between them, such as "35,000" or "1.2.3". */
export function readArabicNumber(text: string): ArabicNumber {
  if (INTEGER.test(text)) return isName(text) ? names([text]) : amount(text);
  if (GROUPED.some((it) => it.test(text))) return readGrouped(text);
  if (DECIMAL.test(text)) return readDecimal(text);
  if (DATE.test(text)) return names(text.split(".").map((it) => formatDecimal(parseDecimal(it))));
  if (VERSION.test(text)) return names([text]);
  return names(text.split(/[,'’ ]/u).flatMap((it) => numbersOf(readArabicNumber(it))));
}

function numbersOf(number: ArabicNumber): readonly string[] {
  return number.kind === "names" ? number.names : number.readings.map(formatDecimal);
}

function isName(digits: string): boolean {
  const leadsWithZero = digits.startsWith("0") && digits.length >= MIN_DIGITS_OF_NAME;
  return leadsWithZero || digits.length > MAX_DIGITS;
}

/** The last mark is the decimal one if it is another than the first, or if no group of three follows it. */
function readGrouped(text: string): ArabicNumber {
  const marks = text.replace(/\d/gu, "");
  const first = marks.slice(0, 1);
  const last = marks.slice(-1);
  const [whole = "", fraction] = last === first ? [text] : text.split(last);
  const digits = whole.replace(/\D/gu, "");
  return readDecimal(fraction === undefined ? digits : `${digits}.${fraction}`);
}

function readDecimal(text: string): ArabicNumber {
  const canonical = text.replace(",", ".");
  if (canonical.length > MAX_DIGITS + 1) return names([canonical]);
  return POINT_IS_GROUPING_OR_DECIMAL.test(text)
    ? amount(canonical, text.replace(".", ""))
    : amount(canonical);
}

function amount(first: string, ...others: string[]): ArabicNumber {
  return { kind: "amount", readings: [parseDecimal(first), ...others.map(parseDecimal)] };
}

function names(list: readonly string[]): ArabicNumber {
  return { kind: "names", names: list };
}

/** An exact decimal number, units × 10^−places; `places` may be negative. */
export interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

/** Reads ASCII digits with at most one point, such as "3.5"; meant for short numbers, because it is not linear. */
export function parseDecimal(text: string): Decimal {
  const [whole = "", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), places: fraction.length };
}

/** The number times 10^zeros. */
export function shift({ units, places }: Decimal, zeros: number): Decimal {
  return { units, places: places - zeros };
}

/** The sum, exactly. */
export function sum(numbers: readonly Decimal[]): Decimal {
  const places = Math.max(0, ...numbers.map((it) => it.places));
  const units = numbers.map((it) => it.units * 10n ** BigInt(places - it.places));
  return { units: units.reduce((total, it) => total + it, 0n), places };
}

/** The number in ASCII digits without zeros that say nothing: "35000", "3.5". */
export function formatDecimal(number: Decimal): string {
  let { units, places } = sum([number]);
  while (places > 0 && units % 10n === 0n) {
    units /= 10n;
    places -= 1;
  }
  const digits = units.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
}
