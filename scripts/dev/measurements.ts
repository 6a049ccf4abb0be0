/** One row of the table: what was measured, and what it must reach. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** A floor where `atLeast`, a ceiling where `atMost`. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

function isReached({ value, atLeast = -Infinity, atMost = Infinity }: Measurement): boolean {
  return value >= atLeast && value <= atMost;
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
  const { atLeast, atMost } = row;
  if (atLeast === undefined && atMost === undefined) return "";
  const bound = atLeast === undefined ? `at most ${atMost ?? ""}` : `at least ${atLeast}`;
  return `${bound}: ${isReached(row) ? "reached" : "MISSED"}`;
}

/** The rows by their names. */
export function toObject(rows: readonly Measurement[]): Record<string, unknown> {
  return Object.fromEntries(
    rows.map(({ name, ...row }) => [name, { ...row, reached: isReached({ name, ...row }) }]),
  );
}

/** The value below which a share `p` (0..1) of the values lies: the nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
