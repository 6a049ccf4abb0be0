import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import type { CentredRows } from "../embed/quantize.ts";
import type { Span } from "../report.ts";
import { sha256 } from "./files.ts";
import { openKeywords } from "./keywords.ts";
import type { KeywordIndex } from "./keywords.ts";
import type { Manifest } from "./manifest.ts";
import { QuestionMeans } from "./questionMeans.ts";
import { openTexts, StoredReport } from "./store.ts";
import type { TokenTable } from "./tokens.ts";
import { openVectors } from "./vectors.ts";
import type { VectorIndex } from "./vectors.ts";

/** The files of a generation, beside its manifest. */
export const FILE = {
  texts: "texts.utf16",
  reports: "reports.json",
  keywords: "keywords.json",
  vectors: "vectors.hnsw",
  unitRows: "units.i8",
  unitScales: "units.scales.f32",
  unitLengths: "units.lengths.f32",
  unitMean: "units.mean.f32",
  unitRanges: "units.ranges.u32",
  paragraphOf: "sentences.paragraph.u32",
  groups: "sentences.units.u32",
  tokenRows: "tokens.i8",
  tokenScales: "tokens.scales.f32",
  tokenLengths: "tokens.lengths.f32",
  tokenMean: "tokens.mean.f32",
  tokenOffsets: "tokens.offsets.u32",
  tokenSpans: "tokens.spans.u32",
  questions: "questions.json",
} as const;

export const MANIFEST_FILE = "manifest.json";

/** The vectors of headings, paragraphs, sentences and clauses, and which sentences each stands for. */
export interface UnitTable extends CentredRows {
  /** What was subtracted from every unit's vector: `dimensions` values. */
  readonly mean: Float32Array;
  /** [from, to) in sentences, for each unit: `2 × units` values. */
  readonly ranges: Uint32Array;
  /** The paragraph's unit of each sentence. */
  readonly paragraphOf: Uint32Array;
  /** First unit of each sentence's own group, the number of units last: `sentences + 1` values. */
  readonly groups: Uint32Array;
}

/** A sentence, counted through all reports. */
export interface IndexedSentence {
  readonly span: Span;
  readonly block: number;
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
  readonly vectors: VectorIndex;
  readonly units: UnitTable;
  readonly tokens: TokenTable;
  readonly keywords: KeywordIndex;
  readonly questions: QuestionMeans;
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
  const names = Object.values(FILE);
  const buffers = await Promise.all(names.map((name) => readChecked(folder, name, manifest)));
  const dataOf = new Map(names.map((name, i) => [name, buffers[i]] as const));
  const bytes = (name: (typeof names)[number]): Uint8Array => dataOf.get(name) ?? new Uint8Array();
  const reports = v.parse(v.array(StoredReport), parseJson(bytes(FILE.reports)));
  const texts = openTexts(path.join(folder, FILE.texts));
  return {
    folder,
    manifest,
    dimensions,
    reports,
    ...countThrough(reports),
    vectors: openVectors(path.join(folder, FILE.vectors), dimensions),
    units: {
      rows: int8(bytes(FILE.unitRows)),
      scales: float32(bytes(FILE.unitScales)),
      lengths: float32(bytes(FILE.unitLengths)),
      mean: float32(bytes(FILE.unitMean)),
      ranges: uint32(bytes(FILE.unitRanges)),
      paragraphOf: uint32(bytes(FILE.paragraphOf)),
      groups: uint32(bytes(FILE.groups)),
    },
    tokens: {
      dimensions,
      rows: int8(bytes(FILE.tokenRows)),
      scales: float32(bytes(FILE.tokenScales)),
      lengths: float32(bytes(FILE.tokenLengths)),
      mean: float32(bytes(FILE.tokenMean)),
      offsets: uint32(bytes(FILE.tokenOffsets)),
      spans: uint32(bytes(FILE.tokenSpans)),
    },
    questions: v.parse(QuestionMeans, parseJson(bytes(FILE.questions))),
    keywords: openKeywords(Buffer.from(bytes(FILE.keywords)).toString("utf8")),
    readText: (report, span) => texts.read(report, span),
    close: () => {
      texts.close();
    },
  };
}

async function readChecked(folder: string, name: string, manifest: Manifest): Promise<Buffer> {
  const file = path.join(folder, name);
  const expected = manifest.files[name];
  let data: Buffer;
  try {
    data = await readFile(file);
  } catch (error) {
    throw new UserError(
      `The index file ${file} cannot be read: build the index anew with npm run index.`,
      {
        cause: error,
      },
    );
  }
  if (data.length !== expected?.bytes || sha256(data) !== expected.hash) {
    throw new UserError(
      `The index file ${file} is damaged: build the index anew with npm run index.`,
    );
  }
  return data;
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
      sentences.push({ ...sentence, passage: first + sentence.passage });
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

function parseJson(data: Uint8Array): unknown {
  return JSON.parse(Buffer.from(data).toString("utf8"));
}

/** A copy where the bytes do not begin at a multiple of the value's size. */
function aligned(data: Uint8Array): {
  buffer: ArrayBufferLike;
  byteOffset: number;
  length: number;
} {
  const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : data.slice();
  return { buffer, byteOffset, length };
}

function int8(data: Uint8Array): Int8Array {
  return new Int8Array(data.buffer, data.byteOffset, data.length);
}

function float32(data: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = aligned(data);
  return new Float32Array(buffer, byteOffset, length / Float32Array.BYTES_PER_ELEMENT);
}

function uint32(data: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = aligned(data);
  return new Uint32Array(buffer, byteOffset, length / Uint32Array.BYTES_PER_ELEMENT);
}
