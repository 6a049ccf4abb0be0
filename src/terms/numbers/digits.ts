import { minusSigns } from "../../text/wordSymbols.ts";
import { formatDecimal, readArabicNumber } from "./arabicNumbers.ts";
import { AMOUNT } from "./numberTokens.ts";
import type { LocatedNumber } from "./numbers.ts";

/** The numbers that a text has in digits, without units and scales; it is folded, and its digits are in ASCII. */
export function locateDigits(normal: string): LocatedNumber[] {
  if (!/\d/u.test(normal)) return [];
  const minuses = minusSigns(normal);
  return Array.from(normal.matchAll(AMOUNT), ({ 0: digits, index: start }) => {
    const number = readArabicNumber(digits);
    const isOneOf = number.kind === "amount";
    const numbers = isOneOf ? number.readings.map(formatDecimal) : number.names;
    const signed = numbers.map((it) => (minuses.has(start) && it !== "0" ? `-${it}` : it));
    return { start, end: start + digits.length, numbers: signed, isOneOf };
  });
}
