import { ABLATION_PARTS } from "../../../src/search/fusion.ts";
import type { AblationPart } from "../../../src/search/fusion.ts";
import type { TableRow } from "../../../src/terminal/table.ts";

/** What an evaluation measured. */
export interface Evaluation {
  readonly tables: readonly Table[];
  /** SVG, by the file's name without its ending. */
  readonly charts: Readonly<Record<string, string>>;
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
