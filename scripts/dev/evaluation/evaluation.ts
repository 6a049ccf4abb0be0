import type { Measurement } from "../measurements.ts";
import { ABLATION_PARTS } from "../../../src/search/fusion.ts";
import type { AblationPart } from "../../../src/search/fusion.ts";
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

/** The search as it is, then without each of its steps. */
export const ABLATIONS: readonly {
  readonly name: string;
  readonly without: ReadonlySet<AblationPart>;
}[] = [
  { name: "all steps", without: new Set<AblationPart>() },
  ...ABLATION_PARTS.map((step) => ({ name: `without ${step}`, without: new Set([step]) })),
];

/** The rows of an ablation's table, as charts take them. */
export function toSteps(rows: readonly TableRow[]): StepAccuracy[] {
  return rows.map(({ name, values }) => ({
    step: name,
    byLanguage: Object.fromEntries(
      Object.entries(values).map(([language, value]) => [language, Number(value)]),
    ),
  }));
}
