import path from "node:path";
import { readFile, stat } from "node:fs/promises";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import type { BlockKind, Span } from "../report.ts";
import { aligned, sha256, sha256OfFile, uint32 } from "../bytes.ts";
import type { Manifest } from "./manifest.ts";
import { openPostings } from "./postings/postings.ts";
import type { Postings } from "./postings/postings.ts";
import { decodePostings } from "./postings/postingsFile.ts";
import {
  MAX_RESIDENT_BYTES,
  openTokens,
  openChunkVectors,
  residentRecords,
  storedRecords,
  tokenBytes,
  chunkBytes,
} from "./fileStore/vectorFiles.ts";
import type { Records, TokenTable, ChunkVectors } from "./fileStore/vectorFiles.ts";
import { StoredReport, openTexts } from "./fileStore/reportsFile.ts";
import type { VectorSearch } from "./fileStore/vectorSearch.ts";
import { VECTORS_FILE, openVectors } from "./fileStore/vectorSearch.ts";

/** The files that every generation has, beside its manifest. */
export const FILE = {
  texts: "texts.utf16",
  reports: "reports.json",
  words: "words.postings",
  glosses: "glosses.postings",
  pinyin: "pinyin.postings",
  unitRows: "units.rows",
  unitRanges: "units.ranges.u32",
  paragraphOf: "sentences.paragraph.u32",
  groups: "sentences.units.u32",
  tokens: "tokens.rows",
  tokenOffsets: "tokens.offsets.u32",
  questions: "questions.json",
  background: "background.json",
} as const;

export const MANIFEST_FILE = "manifest.json";

/** The centred vectors of headings, paragraphs, sentences and clauses, and which sentences each stands for. */
export interface ChunkTable {
  readonly rows: ChunkVectors;
  /** [from, to) in sentences, for each unit: `2 × units` values. */
  readonly ranges: Uint32Array;
  /** The paragraph's unit of each sentence. */
  readonly paragraphOf: Uint32Array;
  /** First unit of each sentence's own group, the number of units last: `sentences + 1` values. */
  readonly ownChunks: Uint32Array;
}

/** The ways in which a question can share terms with a sentence. */
export type KeywordIndexName = "words" | "glosses" | "pinyin";

/** One keyword index for each way; their documents are the sentences of all reports. */
export type KeywordIndexes = Readonly<Record<KeywordIndexName, Postings>>;

const Vector = v.array(v.number());

/** What the questions of a language have in common, whatever they ask: the means over the question bank. */
export const QuestionMeans = v.record(v.string(), v.object({ vector: Vector, token: Vector }));

export type QuestionMeans = v.InferOutput<typeof QuestionMeans>;

const Distribution = v.object({ mean: v.number(), deviation: v.number() });

/**
 * How high an index scores questions that have nothing to do with it: mean and standard deviation of the best passage's score
 * over the question bank, for questions in a language of the reports and in others.
 */
export const Background = v.object({
  native: v.optional(Distribution),
  foreign: v.optional(Distribution),
});

export type Background = v.InferOutput<typeof Background>;
export type Distribution = v.InferOutput<typeof Distribution>;

/** A sentence, counted through all reports. */
export interface IndexedSentence {
  readonly span: Span;
  readonly block: number;
  readonly kind: BlockKind;
  /** Index into {@link Generation.passages}. */
  readonly passage: number;
}

/** A passage, counted through all reports. */
export interface IndexedPassage {
  readonly id: string;
  readonly report: StoredReport;
  readonly span: Span;
  readonly block: number;
  readonly sentences: readonly [from: number, to: number];
  /** SHA-256 of its text. */
  readonly proof: string;
  /** SHA-256 of its folded text. */
  readonly words: string;
}

/** An opened index: read-only, and the same for as long as it is open. */
export interface Generation {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly dimensions: number;
  readonly reports: readonly StoredReport[];
  readonly sentences: readonly IndexedSentence[];
  readonly passages: readonly IndexedPassage[];
  /** The passages of the same words, where there is more than one, by {@link IndexedPassage.words}. */
  readonly copies: ReadonlyMap<string, readonly IndexedPassage[]>;
  readonly vectors: VectorSearch;
  readonly chunks: ChunkTable;
  readonly tokens: TokenTable;
  readonly keywords: KeywordIndexes;
  readonly questionMeans: QuestionMeans;
  readonly background: Background;
  /** Reads a stretch of a report's clean text from the disk. */
  readText(report: StoredReport, span: Span): string;
  close(): void;
}

/**
 * Opens a generation after comparing every file with the manifest.
 *
 * @throws {UserError} that names the file which is missing or damaged.
 */
export async function openGeneration(folder: string, manifest: Manifest): Promise<Generation> {
  const { dimensions } = manifest;
  const read = (name: string): Promise<Buffer> => readChecked(folder, name, manifest);
  const json = async (name: string): Promise<unknown> =>
    JSON.parse((await read(name)).toString("utf8"));
  const numbers = async (name: string): Promise<Uint32Array> => uint32(await read(name));
  const postings = async (name: string): Promise<Postings> =>
    openPostings(decodePostings(await read(name)));
  const records = (name: string, recordBytes: number): Promise<Records> =>
    openRecords(folder, name, manifest, recordBytes);
  const textFile = await checkFile(folder, FILE.texts, manifest);
  const reports = v.parse(v.array(StoredReport), await json(FILE.reports));
  const unitRecords = await records(FILE.unitRows, chunkBytes(dimensions));
  const tokenRecords = await records(FILE.tokens, tokenBytes(dimensions));
  const texts = openTexts(textFile);
  return {
    folder,
    manifest,
    dimensions,
    reports,
    ...countThrough(reports),
    vectors: await openVectors({
      graphFile: manifest.files[VECTORS_FILE] && (() => checkFile(folder, VECTORS_FILE, manifest)),
      records: unitRecords,
      count: manifest.counts.units,
      dimensions,
    }),
    chunks: {
      rows: openChunkVectors(unitRecords, dimensions),
      ranges: await numbers(FILE.unitRanges),
      paragraphOf: await numbers(FILE.paragraphOf),
      ownChunks: await numbers(FILE.groups),
    },
    tokens: openTokens(tokenRecords, await numbers(FILE.tokenOffsets), dimensions),
    keywords: {
      words: await postings(FILE.words),
      glosses: await postings(FILE.glosses),
      pinyin: await postings(FILE.pinyin),
    },
    questionMeans: v.parse(QuestionMeans, await json(FILE.questions)),
    background: v.parse(Background, await json(FILE.background)),
    readText: (report, span) => texts.read(report, span),
    close: () => {
      texts.close();
      unitRecords.close();
      tokenRecords.close();
    },
  };
}

/** Holds a small file in memory, reads a large one as it is needed. */
async function openRecords(
  folder: string,
  name: string,
  manifest: Manifest,
  recordBytes: number,
): Promise<Records> {
  if ((manifest.files[name]?.bytes ?? 0) <= MAX_RESIDENT_BYTES) {
    return residentRecords(aligned(await readChecked(folder, name, manifest)), recordBytes);
  }
  return storedRecords(await checkFile(folder, name, manifest), recordBytes);
}

async function readChecked(folder: string, name: string, manifest: Manifest): Promise<Buffer> {
  const file = path.join(folder, name);
  const data = await orRefuse(file, readFile(file));
  assertIntact(file, manifest.files[name], { bytes: data.length, hash: sha256(data) });
  return data;
}

/** Compares a file with the manifest without holding it in memory; its path. */
async function checkFile(folder: string, name: string, manifest: Manifest): Promise<string> {
  const file = path.join(folder, name);
  const { size } = await orRefuse(file, stat(file));
  const hash = await orRefuse(file, sha256OfFile(file));
  assertIntact(file, manifest.files[name], { bytes: size, hash });
  return file;
}

async function orRefuse<Result>(file: string, reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (error) {
    throw new UserError(
      `The index file ${file} cannot be read: build the index anew with npm run index.`,
      { cause: error },
    );
  }
}

type FileProof = Manifest["files"][string];

function assertIntact(file: string, expected: FileProof | undefined, found: FileProof): void {
  if (found.bytes !== expected?.bytes || found.hash !== expected.hash) {
    throw new UserError(
      `The index file ${file} is damaged: build the index anew with npm run index.`,
    );
  }
}

/** Sentences and passages of all reports, counted through. */
function countThrough(
  reports: readonly StoredReport[],
): Pick<Generation, "sentences" | "passages" | "copies"> {
  const sentences: IndexedSentence[] = [];
  const passages: IndexedPassage[] = [];
  for (const report of reports) {
    const first = passages.length;
    for (const sentence of report.sentences) {
      const kind = report.blocks[sentence.block]?.kind ?? "paragraph";
      sentences.push({ ...sentence, kind, passage: first + sentence.passage });
    }
    for (const passage of report.passages) passages.push({ ...passage, report });
  }
  return { sentences, passages, copies: findCopies(passages) };
}

function findCopies(passages: readonly IndexedPassage[]): Map<string, IndexedPassage[]> {
  const byWords = new Map<string, IndexedPassage[]>();
  for (const passage of passages) {
    const copies = byWords.get(passage.words);
    if (copies) copies.push(passage);
    else byWords.set(passage.words, [passage]);
  }
  for (const [words, copies] of byWords) if (copies.length === 1) byWords.delete(words);
  return byWords;
}
