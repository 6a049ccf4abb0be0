/** One line of a table: a name and its values, by column. */
export interface TableRow {
  readonly name: string;
  readonly values: Readonly<Record<string, number | string>>;
}

const DIGITS = 3;

/** Rows below a title, in columns; every row has the columns of the first one. */
export function renderTable(title: string, rows: readonly TableRow[]): string {
  const columns = Object.keys(rows[0]?.values ?? {});
  const lines = [
    [title, ...rows.map(({ name }) => name)],
    ...columns.map((it) => column(it, rows)),
  ];
  const widths = lines.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  return [title, ...rows]
    .map((_, row) =>
      lines
        .map((cells, i) => {
          const width = widths[i] ?? 0;
          const cell = cells[row] ?? "";
          return i === 0 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join("  "),
    )
    .join("\n");
}

/** A column's name and its cells; numbers with decimals, unless all of them are counts. */
function column(name: string, rows: readonly TableRow[]): string[] {
  const values = rows.map((row) => row.values[name] ?? "");
  const isCount =
    values.every((value) => Number.isInteger(value)) && values.some((value) => Number(value) > 1);
  return [
    name,
    ...values.map((value) =>
      typeof value === "number" ? value.toFixed(isCount ? 0 : DIGITS) : value,
    ),
  ];
}
