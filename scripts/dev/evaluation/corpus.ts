/** A corpus of paragraphs with questions in several languages (the form of XQuAD's files), searched through a real index. */
import path from "node:path";
import { mkdir, readFile } from "node:fs/promises";
import * as v from "valibot";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { UserError } from "../../../src/errors.ts";
import { buildIndex } from "../../../src/ingest/ingest.ts";
import { openCurrent } from "../../../src/index/fileStore/current.ts";
import { sha256 } from "../../../src/bytes.ts";
import type { Generation } from "../../../src/index/generation.ts";
import { currentSources } from "../../../src/ingest/sources.ts";
import { measureBackground } from "../../../src/ingest/background.ts";
import { readPlainText } from "../../../src/parse/formats/plainText.ts";
import { readReport } from "../../../src/parse/parseReport.ts";

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

export type Paragraph = v.InferOutput<typeof Paragraph>;

/** A question and the paragraphs that answer it. */
export type Query = v.InferOutput<typeof Query>;

/** Which paragraphs are kept, and which questions then have an answer or none. */
export type Split = v.InferOutput<typeof Split>;

/** Built indexes are kept here: a corpus takes half a minute. */
const CACHE = "node_modules/.cache/verbatim-eval";

/** Reads `{id,title,text}` a line. */
export function readCorpus(file: string): Promise<Paragraph[]> {
  return readLines(file, Paragraph);
}

/** Reads `{id,lang,text,gold}` a line. */
export function readQueries(file: string): Promise<Query[]> {
  return readLines(file, Query);
}

/** Reads `{corpus,answerable,unanswerable}`, each a list of ids. */
export async function readSplit(file: string): Promise<Split> {
  return v.parse(Split, JSON.parse(await readFile(file, "utf8")));
}

async function readLines<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line, i) => {
    const parsed = v.safeParse(schema, JSON.parse(line));
    if (!parsed.success) {
      throw new UserError(`Line ${i + 1} of ${file} has not the fields that are expected there.`);
    }
    return parsed.output;
  });
}

/** Opens the index of some paragraphs, each a report of its own; builds it where there is none yet. */
export async function openCorpus(
  paragraphs: readonly Paragraph[],
  modelDir: string,
  encoder: Encoder,
): Promise<Generation> {
  const contents = paragraphs.map(({ id, text }) => ({ id, hash: sha256(text) }));
  const indexDir = path.join(CACHE, sha256(JSON.stringify(contents)).slice(0, 16));
  await mkdir(indexDir, { recursive: true });
  const sources = { ...(await currentSources(modelDir, [])), reports: contents };
  const opened = await openCurrent(indexDir, sources);
  if (opened.kind === "ready") return opened.generation;
  const reports = paragraphs.map(({ id, text }) => readReport(id, readPlainText(text)));
  await buildIndex({ indexDir, reports, sources, encoder, measureBackground });
  const built = await openCurrent(indexDir, sources);
  if (built.kind !== "ready") throw new Error("the index that was just built cannot be opened");
  return built.generation;
}
