/** Evaluates what is said to questions whose paragraphs were taken out of the corpus. */
import type { Config } from "../../../src/config.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { prepareFind } from "../../../src/ask/ask.ts";
import { keepReadings } from "./keptReadings.ts";
import { answeredAt, auroc } from "./irMetrics.ts";
import { scoreDistributionChart } from "./charts.ts";
import { findAll, openCorpus, readCorpus, readSplit } from "./corpus.ts";
import type { Query, QueryResult } from "./corpus.ts";
import { readAllQueries } from "./corpusQuality.ts";
import type { CorpusFiles } from "./corpusQuality.ts";
import type { TableRow } from "../../../src/terminal/table.ts";
import type { Evaluation, Table } from "./evaluation.ts";
import { share } from "../measurements.ts";

/** Share of false answers at which the true ones are counted. */
const FALSE_SHARE = 0.05;

/** Searches what each split leaves of the corpus. */
export async function evaluateAbstention(
  { modelDir }: Config,
  files: CorpusFiles,
  splits: readonly string[],
): Promise<Evaluation> {
  const queries = await readAllQueries(files);
  const started = await startEncoder(modelDir, { questionCacheBytes: Infinity });
  const encoder = await keepReadings(started, modelDir);
  try {
    const tables: Table[] = [];
    const charts: Record<string, string> = {};
    for (const split of splits) {
      const part = await evaluateSplit({ modelDir, encoder, corpus: files.corpus, split }, queries);
      tables.push(part.table);
      Object.assign(charts, part.charts);
    }
    return { tables, charts };
  } finally {
    await encoder.close();
  }
}

interface SplitOptions {
  readonly modelDir: string;
  readonly encoder: Encoder;
  readonly corpus: string;
  readonly split: string;
}

async function evaluateSplit(
  { modelDir, encoder, corpus, split }: SplitOptions,
  queries: readonly (readonly Query[])[],
): Promise<{ readonly table: Table; readonly charts: Record<string, string> }> {
  const { corpus: kept, answerable, unanswerable } = await readSplit(split);
  const reports = (await readCorpus(corpus)).filter(({ id }) => kept.includes(id));
  const generation = await openCorpus(reports, modelDir, encoder);
  const find = await prepareFind(generation, encoder);
  const name = split.replace(/^.*\/|\.json$/gu, "");
  const rows: TableRow[] = [];
  const charts: Record<string, string> = {};
  for (const ofLanguage of queries) {
    const ask = (ids: readonly string[]): Promise<QueryResult[]> =>
      findAll(
        find,
        ofLanguage.filter(({ id }) => ids.includes(id)),
      );
    const [yes, no] = [await ask(answerable), await ask(unanswerable)];
    const language = ofLanguage[0]?.lang ?? "";
    rows.push({ name: language, values: valuesOf(yes, no) });
    charts[`${name}-${language}`] = scoreDistributionChart(
      yes.map(confidence),
      no.map(confidence),
      { title: `${name}, ${language}`, xLabel: "confidence" },
    );
  }
  generation.close();
  return { table: { title: name, rows }, charts };
}

function valuesOf(yes: readonly QueryResult[], no: readonly QueryResult[]): Record<string, number> {
  const state = (found: readonly QueryResult[], wanted: string): number =>
    share(found, ({ result }) => result.decision.state === wanted);
  return {
    answerable: yes.length,
    unanswerable: no.length,
    AUROC: auroc(yes.map(confidence), no.map(confidence)),
    "answered at 5 % false": answeredAt(FALSE_SHARE, yes.map(confidence), no.map(confidence)),
    "answerable: found": state(yes, "found"),
    "none ": state(yes, "none"),
    "unanswerable: found": state(no, "found"),
    none: state(no, "none"),
  };
}

function confidence({ result }: QueryResult): number {
  return result.decision.confidence;
}
