/** What the graph misses of the nearest vectors, and what it saves: the same questions by the graph and by looking at all. */
import path from "node:path";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { openExactSearch } from "../../../src/index/fileStore/exactSearch.ts";
import { FILE, GRAPH_FILE } from "../../../src/index/fileStore/generationFiles.ts";
import { openVectors } from "../../../src/index/fileStore/openVectors.ts";
import type { Generation } from "../../../src/index/generation.ts";
import { storedRecords, chunkBytes } from "../../../src/index/fileStore/vectorFiles.ts";
import type { VectorSearch } from "../../../src/index/fileStore/vectorSearch.ts";
import { MAX_BY_VECTOR, NEAREST_CHUNKS } from "../../../src/search/candidates.ts";
import { prepareCentring } from "../../../src/search/centring.ts";
import { foldHan } from "../../../src/text/fold.ts";
import { measured, measuredTimes } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";

/** Each question is asked so often by both, in turn first; the first round warms both up. */
const ROUNDS = 3;

/** Least share of the nearest vectors that the graph finds. */
const LEAST_RECALL = 0.98;

/**
 * @param folder The generation's.
 * @returns No rows where it has no graph.
 */
export async function measureNearest(
  folder: string,
  { whyExact, questionMeans, dimensions, manifest }: Generation,
  encoder: Encoder,
  questions: readonly string[],
): Promise<Measurement[]> {
  if (whyExact !== undefined) return [];
  const { centreWhole } = prepareCentring(questionMeans, dimensions);
  const vectors: Float32Array[] = [];
  for (const question of questions) {
    vectors.push(centreWhole(await encoder.encode(foldHan(question), "query")));
  }
  const records = storedRecords(path.join(folder, FILE.chunkVectors), chunkBytes(dimensions));
  try {
    const stored = { records, count: manifest.counts.units, dimensions };
    const graphFile = () => Promise.resolve(path.join(folder, GRAPH_FILE));
    const graph = await openVectors({ ...stored, graphFile });
    return compare(graph, openExactSearch(records, stored.count, dimensions), vectors);
  } finally {
    records.close();
  }
}

function compare(
  graph: VectorSearch,
  exact: VectorSearch,
  vectors: readonly Float32Array[],
): Measurement[] {
  const times = { graph: new Array<number>(), exact: new Array<number>() };
  const nearest = (way: keyof typeof times, vector: Float32Array, round: number): number[] => {
    const started = performance.now();
    const hits = { graph, exact }[way].search(vector, NEAREST_CHUNKS);
    if (round > 0) times[way].push(performance.now() - started);
    return hits.slice(0, MAX_BY_VECTOR).map(({ chunk }) => chunk);
  };
  let found = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, vector] of vectors.entries()) {
      const early = (i + round) % 2 === 0 ? nearest("graph", vector, round) : undefined;
      const truth = new Set(nearest("exact", vector, round));
      const byGraph = early ?? nearest("graph", vector, round);
      found += byGraph.filter((chunk) => truth.has(chunk)).length;
    }
  }
  const name = `recall@${MAX_BY_VECTOR} of HNSW among ${exact.count.toLocaleString("en")} vectors`;
  const recall = found / (ROUNDS * MAX_BY_VECTOR * vectors.length);
  return [
    measured(name, recall, "", { atLeast: LEAST_RECALL }),
    ...measuredTimes(`  nearest ${NEAREST_CHUNKS} by HNSW`, times.graph),
    ...measuredTimes(`  nearest ${NEAREST_CHUNKS} by exact search`, times.exact),
  ];
}
