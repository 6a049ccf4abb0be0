import { STEPS } from "../../src/search/steps.ts";
import type { Step } from "../../src/search/steps.ts";
import type { Row } from "../../src/terminal/table.ts";

/** What an evaluation measured. */
export interface Evaluation {
  readonly tables: readonly Table[];
  /** SVG, by the file's name without its ending. */
  readonly charts: Readonly<Record<string, string>>;
}

export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** The search as it is, then without each of its steps. */
export const ABLATIONS: readonly { readonly name: string; readonly without: ReadonlySet<Step> }[] =
  [
    { name: "all steps", without: new Set<Step>() },
    ...STEPS.map((step) => ({ name: `without ${step}`, without: new Set([step]) })),
  ];
