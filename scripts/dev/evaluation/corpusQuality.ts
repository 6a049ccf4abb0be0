/** Evaluates the search on a corpus of paragraphs. */
import type { Config } from "../../../src/config.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { prepareFind } from "../../../src/ask/ask.ts";
import type { Find } from "../../../src/ask/ask.ts";
import type { Ablation } from "../../../src/search/fusion.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import { approvedRows } from "./approvalTransfer.ts";
import { accuracyByLanguageChart, accuracyByStepChart } from "./charts.ts";
import { findAll, openCorpus, readCorpus, readQueries } from "./corpus.ts";
import type { Query, QueryResult } from "./corpus.ts";
import { ablate, toSteps } from "./evaluation.ts";
import type { Evaluation } from "./evaluation.ts";
import { hitsAt, ndcgAt } from "./irMetrics.ts";
import { keepReadings } from "./keptReadings.ts";

/** The files of a corpus, and whether all of their queries are asked. */
export interface CorpusFiles {
  readonly corpus: string;
  readonly queries: readonly string[];
  /** Only each so many-th query is asked. */
  readonly every: number;
}

/** Every query of the files, by language. */
export async function readAllQueries({ queries, every }: CorpusFiles): Promise<Query[][]> {
  const files = await Promise.all(queries.map(readQueries));
  return files.map((lines) => lines.filter((_, i) => i % every === 0));
}

/** Searches for all queries, with all steps and, if wished, without each. */
export async function evaluateCorpus(
  { modelDir }: Config,
  files: CorpusFiles,
  isAblated: boolean,
): Promise<Evaluation> {
  const queries = await readAllQueries(files);
  // Encoded once, however many ablations there are.
  const started = await startEncoder(modelDir, {
    questionCacheBytes: isAblated ? Infinity : 0,
  });
  const encoder = await keepReadings(started, modelDir);
  try {
    const generation = await openCorpus(await readCorpus(files.corpus), modelDir, encoder);
    const find = async (without?: Ablation): Promise<QueryResult[][]> =>
      findEach(await prepareFind(generation, encoder, { without }), queries);
    const found = await find();
    const firsts = async (without: Ablation) =>
      Object.fromEntries((await find(without)).map((it) => [languageOf(it), hitsAt(1, it)]));
    const steps = isAblated ? await ablate(firsts) : [];
    const approved = await approvedRows(generation, found);
    generation.close();
    return {
      tables: [
        { title: "language", rows: found.map(rowOf) },
        ...(approved.length > 0 ? [{ title: "approved answers", rows: approved }] : []),
        ...(isAblated ? [{ title: "ablation: R@1", rows: steps }] : []),
      ],
      charts: chartsOf(found, steps),
    };
  } finally {
    await encoder.close();
  }
}

async function findEach(
  find: Find,
  queries: readonly (readonly Query[])[],
): Promise<QueryResult[][]> {
  const found: QueryResult[][] = [];
  for (const ofLanguage of queries) found.push(await findAll(find, ofLanguage));
  return found;
}

function languageOf(found: readonly QueryResult[]): string {
  return found[0]?.query.lang ?? "";
}

function rowOf(found: readonly QueryResult[]): TableRow {
  return {
    name: languageOf(found),
    values: {
      queries: found.length,
      "R@1": hitsAt(1, found),
      "R@3": hitsAt(3, found),
      "R@10": hitsAt(10, found),
      "nDCG@10": ndcgAt(10, found),
    },
  };
}

function chartsOf(found: readonly QueryResult[][], steps: readonly TableRow[]) {
  const languages = found.map((ofLanguage) => ({
    language: languageOf(ofLanguage),
    first: hitsAt(1, ofLanguage),
    firstThree: hitsAt(3, ofLanguage),
  }));
  return {
    "corpus-languages": accuracyByLanguageChart(languages, "Right paragraph, XQuAD questions"),
    ...(steps.length > 0 && {
      "corpus-steps": accuracyByStepChart(
        toSteps(steps),
        "Right paragraph first, without each step (XQuAD)",
      ),
    }),
  };
}
