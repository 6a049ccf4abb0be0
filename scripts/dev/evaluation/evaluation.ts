import type { Measurement } from "../measurements.ts";
import { ABLATION_PARTS } from "../../../src/search/fusion.ts";
import type { Ablation } from "../../../src/search/fusion.ts";
import type { TableRow } from "../../../src/terminal/table.ts";

import type { StepAccuracy } from "./charts.ts";

/** What an evaluation measured. */
export interface Evaluation {
  readonly tables: readonly Table[];
  /** What was reached of the floors, where what is asked has some. */
  readonly floors?: readonly Measurement[];
  /** SVG, by the file's name without its ending. */
  readonly charts?: Readonly<Record<string, string>>;
}

export interface Table {
  readonly title: string;
  readonly rows: readonly TableRow[];
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
  return rows.map(({ name, values }) => ({
    step: name,
    byLanguage: Object.fromEntries(
      Object.entries(values).map(([language, value]) => [language, Number(value)]),
    ),
  }));
}
