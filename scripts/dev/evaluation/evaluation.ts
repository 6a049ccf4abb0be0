import { renderTable } from "../../../src/terminal/table.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import { ABLATION_PARTS } from "../../../src/search/fusion.ts";
import type { Ablation } from "../../../src/search/fusion.ts";
import { measuredTimes } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import type { Estimate } from "./bootstrap.ts";
import type { StepAccuracy } from "./charts.ts";

/** What an evaluation measured. */
export interface Evaluation {
  readonly tables: readonly Table[];
  /** What was reached of the floors, where what is asked has some. */
  readonly floors?: readonly Measurement[];
  /** SVG, by the file's name without its ending. */
  readonly charts?: Readonly<Record<string, string>>;
}

type Cell = number | string | Estimate;

export interface Table {
  readonly title: string;
  readonly rows: readonly {
    readonly name: string;
    readonly values: Readonly<Record<string, Cell>>;
  }[];
}

/** A table as text: `.683 (.641–.725)` where an interval is known, `–` for what could not be measured. */
export function renderEvaluation({ title, rows }: Table): string {
  const texts = rows.map(({ name, values }) => ({ name, values: mapValues(values, cellOf) }));
  return renderTable(title, texts);
}

function cellOf(cell: Cell): number | string {
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return Number.isNaN(cell) ? "–" : cell;
  const { value, low, high } = cell;
  return Number.isNaN(value) ? "–" : `${short(value)} (${short(low)}–${short(high)})`;
}

/** A share without the 0 before its point. */
function short(share: number): string {
  return share.toFixed(3).replace(/^0/u, "");
}

/** The same names with what is made of their values. */
export function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  make: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, make(value)]));
}

/** The table of how long the answers took, in milliseconds. */
export function timeTable(times: readonly number[]): Table {
  const rows = measuredTimes("whole answer", times);
  return {
    title: "milliseconds",
    rows: rows.map(({ name, value }) => ({ name, values: { ms: value } })),
  };
}

/** Measures the search as it is, then without each of its parts: a row each. */
export async function ablate(
  measure: (without: Ablation) => Promise<TableRow["values"]>,
): Promise<TableRow[]> {
  const rows = [{ name: "all steps", values: await measure(new Set()) }];
  for (const part of ABLATION_PARTS) {
    rows.push({ name: `without ${part}`, values: await measure(new Set([part])) });
  }
  return rows;
}

/** The rows of an ablation's table, as charts take them. */
export function toSteps(rows: readonly TableRow[]): StepAccuracy[] {
  return rows.map(({ name, values }) => ({ step: name, byLanguage: mapValues(values, Number) }));
}
