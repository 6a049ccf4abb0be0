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
