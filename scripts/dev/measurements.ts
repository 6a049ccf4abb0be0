/** What a measured row is: a value and its goal; the table of them, and whether all goals are reached. */

/** What a value must reach: a floor where `atLeast`, a ceiling where `atMost`. */
interface Goal {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One row of the table: what was measured, and what it must reach. */
export interface Measurement extends Goal {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** Makes a row. */
export function measured(name: string, value: number, unit = "", goal: Goal = {}): Measurement {
  return { name, value, unit, ...goal };
}

/** Two rows, the middle of some times in milliseconds and what 95 % of them are below, and what these may be at most. */
export function measuredTimes(
  name: string,
  times: readonly number[],
  atMost?: { readonly p50: number; readonly p95: number },
): Measurement[] {
  return [
    measured(`${name}, p50`, median(times), "ms", atMost && { atMost: atMost.p50 }),
    measured(`${name}, p95`, percentile(times, 0.95), "ms", atMost && { atMost: atMost.p95 }),
  ];
}

/** Rows of what must not happen, by what it is. */
export function noneOf(name: string, counts: Readonly<Record<string, number>>): Measurement[] {
  return Object.entries(counts).map(([what, count]) =>
    measured(`${name}: ${what}`, count, "", { atMost: 0 }),
  );
}

function isReached({ value, atLeast = -Infinity, atMost = Infinity }: Measurement): boolean {
  return value >= atLeast && value <= atMost;
}

function hasGoal({ atLeast, atMost }: Measurement): boolean {
  return atLeast !== undefined || atMost !== undefined;
}

/** The exit code of a command that measured the rows: 1 where any misses its goal. */
export function exitCodeOf(rows: readonly Measurement[]): 0 | 1 {
  return rows.some((row) => hasGoal(row) && !isReached(row)) ? 1 : 0;
}

/** The rows as text, one a line. */
export function toTable(rows: readonly Measurement[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map((row) => {
      const value = `${row.value.toFixed(row.value < 10 ? 3 : 0)} ${row.unit}`.trim().padEnd(10);
      return `${row.name.padEnd(width)}  ${value}  ${goal(row)}`.trimEnd();
    })
    .join("\n");
}

function goal(row: Measurement): string {
  if (!hasGoal(row)) return "";
  const { atLeast, atMost } = row;
  const bound = atLeast === undefined ? `at most ${atMost ?? ""}` : `at least ${atLeast}`;
  return `${bound}: ${isReached(row) ? "reached" : "MISSED"}`;
}

/** The rows by their names. */
export function toObject(rows: readonly Measurement[]): Record<string, unknown> {
  return Object.fromEntries(
    rows.map(({ name, ...row }) => [name, { ...row, reached: isReached({ name, ...row }) }]),
  );
}

/** The value below which a share `p` (0..1) of the values lies: the nearest rank; NaN for no values. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN;
}

/** The middle value; NaN for no values. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** All values together. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The arithmetic mean; NaN for no values. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Share of the given items, 0..1; NaN for no items. */
export function share<Item>(items: readonly Item[], isCounted: (item: Item) => boolean): number {
  return items.filter(isCounted).length / items.length;
}

/** Items by a key of theirs, in the order in which the keys come. */
export function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): [key: Key, group: Item[]][] {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups];
}
