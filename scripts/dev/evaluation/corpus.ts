/** A corpus of paragraphs with questions in several languages (the form of XQuAD's files), searched through a real index. */
import path from "node:path";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import * as v from "valibot";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { buildGeneration } from "../../../src/ingest/ingest.ts";
import { fileStore } from "../../../src/index/fileStore/fileStore.ts";
import { sha256 } from "../../../src/bytes.ts";
import type { Generation } from "../../../src/index/generation.ts";
import type { OnProgress } from "../../../src/ingest/steps.ts";
import { currentSources } from "../../../src/ingest/sources.ts";
import type { Sources } from "../../../src/index/manifest.ts";
import { readPlainText } from "../../../src/parse/formats/plainText.ts";
import { readReport } from "../../../src/parse/parseReport.ts";
import type { Report } from "../../../src/report.ts";
import type { Found } from "../../../src/ask/answer.ts";
import type { Find } from "../../../src/ask/ask.ts";
import { readJsonLines } from "../../../test/support/jsonLines.ts";

const Paragraph = v.object({ id: v.string(), title: v.string(), text: v.string() });
const Query = v.object({
  id: v.string(),
  lang: v.string(),
  text: v.string(),
  gold: v.array(v.string()),
  /** The words that answer it, where they are known. */
  answer_zh: v.optional(v.string()),
});
const Split = v.object({
  corpus: v.array(v.string()),
  answerable: v.array(v.string()),
  unanswerable: v.array(v.string()),
});

/** A question and the paragraphs that answer it. */
export type Query = v.InferOutput<typeof Query>;

/** Which paragraphs are kept, and which questions then have an answer or none. */
type Split = v.InferOutput<typeof Split>;

/** The languages of XQuAD's questions that are used here. */
export const XQUAD_LANGUAGES = ["zh", "en", "es", "ar"];

/** Built indexes are kept here: a corpus takes half a minute, a large one ten. */
const CACHE = ".cache/corpora";

/** Reads `{id,title,text}` a line, each a report of its own. */
export async function readCorpus(file: string): Promise<Report[]> {
  const paragraphs = await readJsonLines(file, Paragraph);
  return paragraphs.map(({ id, text }) => readReport(id, readPlainText(text)));
}

/** Reads `{id,lang,text,gold}` a line. */
export function readQueries(file: string): Promise<Query[]> {
  return readJsonLines(file, Query);
}

/** Reads the questions of one language in the folder of XQuAD's files. */
export function readXquad(folder: string, language: string): Promise<Query[]> {
  return readQueries(path.join(folder, `queries.${language}.jsonl`));
}

/** Reads `{corpus,answerable,unanswerable}`, each a list of ids. */
export async function readSplit(file: string): Promise<Split> {
  return v.parse(Split, JSON.parse(await readFile(file, "utf8")));
}

/** Where the index of some reports is kept, and what it is made from. */
export interface CachedIndex {
  readonly indexDir: string;
  readonly sources: Sources;
  /** Holds the sources; written last. */
  readonly sourcesFile: string;
  readonly isBuilt: boolean;
}

/** Finds the place of an index of some reports; it need not have been built. */
export async function locateIndex(
  reports: readonly Report[],
  modelDir: string,
  cache = CACHE,
): Promise<CachedIndex> {
  const sources = {
    ...(await currentSources(modelDir, [])),
    // All that was read of a report: whoever works on the parser measures what it reads now.
    reports: reports.map((it) => ({ id: it.id, hash: sha256(JSON.stringify(it)) })),
  };
  const indexDir = path.join(cache, sha256(JSON.stringify(sources)).slice(0, 16));
  const sourcesFile = path.join(indexDir, "sources.json");
  return { indexDir, sources, sourcesFile, isBuilt: existsSync(sourcesFile) };
}

/** Builds an index in its place. */
export async function buildCachedIndex(
  { indexDir, sources, sourcesFile }: CachedIndex,
  reports: readonly Report[],
  encoder: Encoder,
  onProgress?: OnProgress,
): Promise<void> {
  await buildGeneration(
    { reports, refused: [], sources },
    fileStore(indexDir),
    encoder,
    onProgress,
  );
  await writeFile(sourcesFile, JSON.stringify(sources));
}

/** Opens the index of some reports; builds it where there is none yet. */
export async function openCorpus(
  reports: readonly Report[],
  modelDir: string,
  encoder: Encoder,
  cache?: string,
): Promise<Generation> {
  const index = await locateIndex(reports, modelDir, cache);
  if (!index.isBuilt) await buildCachedIndex(index, reports, encoder);
  const opened = await fileStore(index.indexDir).openCurrent(index.sources);
  if (opened.kind !== "ready") throw new Error(`the index cannot be used: ${index.indexDir}`);
  return opened.generation;
}

/** A query, and what was found. */
export interface QueryResult {
  readonly query: Query;
  readonly result: Found;
  /** The paragraphs of the passages that were found, each once, best first. */
  readonly paragraphs: readonly string[];
}

/** Searches for every query, one after the other. */
export async function findAll(find: Find, queries: readonly Query[]): Promise<QueryResult[]> {
  const found: QueryResult[] = [];
  for (const query of queries) {
    const result = await find(query.text);
    const paragraphs = [...new Set(result.passages.map(({ passage }) => passage.report.id))];
    found.push({ query, result, paragraphs });
  }
  return found;
}
