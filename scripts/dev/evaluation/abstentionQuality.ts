/** Evaluates what is said to questions whose paragraphs were taken out of the corpus. */
import type { Config } from "../../../src/config.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { prepareSearch } from "../../../src/ask/ask.ts";
import { answeredAt, auroc, findAll } from "./irMetrics.ts";
import { scoreDistributionChart } from "./charts.ts";
import { openCorpus, readCorpus, readSplit } from "./corpus.ts";
import type { Query } from "./corpus.ts";
import { readAllQueries } from "./corpusQuality.ts";
import type { CorpusFiles } from "./corpusQuality.ts";
import type { Evaluation, Table } from "./evaluation.ts";
import { share } from "./reportQuestions.ts";
import type { Found } from "./irMetrics.ts";

/** Share of false answers at which the true ones are counted. */
const FALSE_SHARE = 0.05;

/** Searches what each split leaves of the corpus. */
export async function evaluateAbstention(
  { modelDir }: Config,
  files: CorpusFiles,
  splits: readonly string[],
): Promise<Evaluation> {
  const queries = await readAllQueries(files);
  const encoder = await startEncoder(modelDir, { cachedQuestions: queries.flat().length });
  try {
    const parts: Evaluation[] = [];
    for (const split of splits) {
      parts.push(await evaluateSplit({ modelDir, encoder, corpus: files.corpus, split }, queries));
    }
    return {
      tables: parts.flatMap(({ tables }) => tables),
      charts: Object.fromEntries(parts.flatMap(({ charts }) => Object.entries(charts))),
    };
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
): Promise<Evaluation> {
  const { corpus: kept, answerable, unanswerable } = await readSplit(split);
  const paragraphs = (await readCorpus(corpus)).filter(({ id }) => kept.includes(id));
  const generation = await openCorpus(paragraphs, modelDir, encoder);
  const search = prepareSearch(generation, encoder);
  const name = split.replace(/^.*\/|\.json$/gu, "");
  const rows: Table["rows"][number][] = [];
  const charts: Record<string, string> = {};
  for (const ofLanguage of queries) {
    const ask = async (ids: readonly string[]): Promise<Found[]> => {
      const wanted = new Set(ids);
      return findAll(
        search,
        ofLanguage.filter(({ id }) => wanted.has(id)),
      );
    };
    const [yes, no] = [await ask(answerable), await ask(unanswerable)];
    const language = ofLanguage[0]?.lang ?? "";
    rows.push({ name: language, values: valuesOf(yes, no) });
    charts[`${name}-${language}`] = scoreDistributionChart(
      yes.map(confidence),
      no.map(confidence),
      {
        title: `${name}, ${language}`,
        xLabel: "confidence",
      },
    );
  }
  generation.close();
  return { tables: [{ title: name, rows }], charts };
}

function valuesOf(yes: readonly Found[], no: readonly Found[]): Record<string, number> {
  const state = (found: readonly Found[], wanted: string): number =>
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

function confidence({ result }: Found): number {
  return result.decision.confidence;
}
