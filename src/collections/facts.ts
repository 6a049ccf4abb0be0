import type { Generation } from "../index/generation.ts";
import { fingerprintOf } from "../index/manifest.ts";

/** What is told of an index. */
export interface Facts {
  /** The reports' ids. */
  readonly reports: readonly string[];
  readonly passages: number;
  /** SHA-256 of the model's files, and of all that the index was made from. */
  readonly modelHash: string;
  readonly indexHash: string;
}

/** What is told of a generation. */
export function factsOf({ reports, manifest: { sources, counts } }: Generation): Facts {
  return {
    reports: reports.map(({ id }) => id),
    passages: counts.passages,
    modelHash: sources.model,
    indexHash: fingerprintOf(sources),
  };
}
