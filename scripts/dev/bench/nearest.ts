/** What the graph misses of the nearest vectors, and what it saves: the same questions by the graph and by looking at all. */
import path from "node:path";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { openExactSearch } from "../../../src/index/fileStore/exactSearch.ts";
import { FILE } from "../../../src/index/generation.ts";
import type { Generation } from "../../../src/index/generation.ts";
import { storedRecords, chunkBytes } from "../../../src/index/fileStore/vectorFiles.ts";
import type { VectorSearch } from "../../../src/index/fileStore/vectorSearch.ts";
import { MAX_BY_VECTOR, NEAREST_UNITS } from "../../../src/search/candidates.ts";
import { prepareCentring } from "../../../src/search/centring.ts";
import { foldHan } from "../../../src/text/fold.ts";
import { measured, measuredTimes } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import type { NearestTimes } from "./scaleJob.ts";

/** Each question is asked so often by both, in turn first; the first round warms both up. */
const ROUNDS = 3;

/** @returns Undefined where the index has no graph. */
export async function measureNearest(
  generation: Generation,
  encoder: Encoder,
  questions: readonly string[],
): Promise<NearestTimes | undefined> {
  if (generation.vectors.whyExact !== undefined) return undefined;
  const { dimensions, manifest, folder } = generation;
  const { centreWhole } = prepareCentring(generation.questionMeans, dimensions);
  const vectors: Float32Array[] = [];
  for (const question of questions) {
    vectors.push(centreWhole(await encoder.encode(foldHan(question), "query")));
  }
  const records = storedRecords(path.join(folder, FILE.unitRows), chunkBytes(dimensions));
  try {
    const exact = openExactSearch(records, manifest.counts.units, dimensions);
    return { vectors: exact.count, ...compare(generation.vectors, exact, vectors) };
  } finally {
    records.close();
  }
}

function compare(
  graph: VectorSearch,
  exact: VectorSearch,
  vectors: readonly Float32Array[],
): Omit<NearestTimes, "vectors"> {
  const times = { graph: new Array<number>(), exact: new Array<number>() };
  const nearest = (way: keyof typeof times, vector: Float32Array, round: number): number[] => {
    const started = performance.now();
    const hits = { graph, exact }[way].search(vector, NEAREST_UNITS);
    if (round > 0) times[way].push(performance.now() - started);
    return hits.slice(0, MAX_BY_VECTOR).map(({ chunk }) => chunk);
  };
  let found = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, vector] of vectors.entries()) {
      const early = (i + round) % 2 === 0 ? nearest("graph", vector, round) : undefined;
      const truth = new Set(nearest("exact", vector, round));
      const byGraph = early ?? nearest("graph", vector, round);
      found += byGraph.filter((unit) => truth.has(unit)).length;
    }
  }
  return { recall: found / (ROUNDS * MAX_BY_VECTOR * vectors.length), ...times };
}

/** @param atLeast The least recall. */
export function nearestRows(
  { vectors, recall, graph, exact }: NearestTimes,
  atLeast: number,
): Measurement[] {
  const name = `recall@${MAX_BY_VECTOR} of HNSW among ${vectors.toLocaleString("en")} vectors`;
  return [
    measured(name, recall, "", { atLeast }),
    ...measuredTimes(`  nearest ${NEAREST_UNITS} by HNSW`, graph),
    ...measuredTimes(`  nearest ${NEAREST_UNITS} by exact search`, exact),
  ];
}
