import path from "node:path";
import { readdir, stat } from "node:fs/promises";
import type { Encoder, EncoderOptions } from "../models/encoder/encoder.ts";
import { meanOfRows, normaliseRows, quantizeRows, subtract } from "../vectors.ts";
import { UserError } from "../errors.ts";
import type { Report } from "../report.ts";
import type { Background } from "../index/generation.ts";
import {
  abandonGeneration,
  beginGeneration,
  commitGeneration,
} from "../index/fileStore/current.ts";
import { bytesOf, sha256, sha256OfFile } from "../bytes.ts";
import { writeFlushed } from "../files.ts";
import { FILE, MANIFEST_FILE, openGeneration } from "../index/generation.ts";
import type { Generation } from "../index/generation.ts";
import type { Manifest, Sources } from "../index/manifest.ts";
import { INDEX_SETTINGS } from "../index/manifest.ts";
import { currentSources } from "./sources.ts";
import { encodeTexts, toStored } from "../index/fileStore/reportsFile.ts";
import { encodeChunkVectors } from "../index/fileStore/vectorFiles.ts";
import { writeVectors } from "../index/fileStore/vectorSearch.ts";
import { startEncoder } from "../models/encoder/encoder.ts";
import { parseReport } from "../parse/parseReport.ts";
import { readReportFiles } from "../parse/reportFiles.ts";
import type { ReportFile } from "../parse/reportFiles.ts";
import { encodeChunks } from "./encodeChunks.ts";
import type { EncodedChunks } from "./encodeChunks.ts";
import { buildKeywordIndexes } from "./keywordIndexes.ts";
import type { KeywordDocument } from "./keywordIndexes.ts";
import { encodeBank, meansOf } from "./questionBank.ts";
import type { BankQuestion } from "./questionBank.ts";
import { selfTest } from "./selfTest.ts";
import { planChunks } from "./chunks.ts";
import type { ChunkPlan } from "./chunks.ts";
import { measureBackground } from "./background.ts";

export interface BuildOptions {
  readonly indexDir: string;
  readonly reports: readonly Report[];
  readonly sources: Sources;
  readonly encoder: Encoder;
  /** Searches the finished index for the questions of the bank: how high does it score what has nothing to do with it? */
  readonly measureBackground: (generation: Generation, bank: readonly BankQuestion[]) => Background;
  /** Told after each vector: how many are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Builds a generation beside the one in use, tests it on sentences of its own and puts it in use. Until that last step
 * nothing that a reader sees changes, whatever happens.
 *
 * @returns The manifest of the new generation.
 */
export async function buildIndex(options: BuildOptions): Promise<Manifest> {
  const bank = await encodeBank(options.encoder);
  let folder: string | undefined;
  try {
    folder = await beginGeneration(options.indexDir);
    return await writeGeneration(folder, options, bank);
  } catch (error) {
    // What is half written may be what filled the disk.
    if (folder !== undefined) await abandonGeneration(folder);
    throw describeFileError(error, options.indexDir);
  }
}

/** Writes, tests, measures and commits. */
async function writeGeneration(
  folder: string,
  options: BuildOptions,
  bank: readonly BankQuestion[],
): Promise<Manifest> {
  const { indexDir, reports, encoder, onProgress = () => undefined } = options;
  const plan = planChunks(reports);
  const tokenFile = path.join(folder, FILE.tokens);
  const encoded = await encodeChunks(plan, encoder, tokenFile, onProgress);
  const lexical = await buildKeywordIndexes(documentsOf(reports));
  const contents = {
    [FILE.texts]: encodeTexts(reports),
    [FILE.reports]: JSON.stringify(toStored(reports)),
    [FILE.words]: lexical.words,
    [FILE.glosses]: lexical.glosses,
    [FILE.pinyin]: lexical.pinyin,
    [FILE.questions]: JSON.stringify(meansOf(bank, encoder.dimensions)),
    // Until the index can be asked.
    [FILE.background]: "{}",
  };
  for (const [name, data] of Object.entries(contents)) {
    await writeFlushed(path.join(folder, name), data);
  }
  await writeUnits(folder, plan, encoded, encoder.dimensions);
  await testAndMeasure(folder, await describe(folder, options, { plan, encoded }), options, bank);
  const manifest = await describe(folder, options, { plan, encoded });
  const text = JSON.stringify(manifest, undefined, 2);
  await writeFlushed(path.join(folder, MANIFEST_FILE), text);
  await commitGeneration(indexDir, folder, sha256(text));
  return manifest;
}

/** What a generation is made of, as its files are now. */
async function describe(
  folder: string,
  { reports, sources, encoder }: BuildOptions,
  { plan, encoded }: { readonly plan: ChunkPlan; readonly encoded: EncodedChunks },
): Promise<Manifest> {
  return {
    formatVersion: INDEX_SETTINGS.formatVersion,
    sources,
    dimensions: encoder.dimensions,
    counts: {
      reports: reports.length,
      passages: sum(reports.map(({ passages }) => passages.length)),
      sentences: plan.paragraphOf.length,
      units: plan.chunks.length,
      tokens: encoded.tokenOffsets.at(-1) ?? 0,
    },
    files: await describeFiles(folder),
  };
}

/** The centred vectors, once in the graph and once as bytes, and what they stand for. */
async function writeUnits(
  folder: string,
  plan: ChunkPlan,
  { vectors, tokenOffsets }: EncodedChunks,
  dimensions: number,
): Promise<void> {
  const centred = normaliseRows(subtract(vectors, meanOfRows([vectors], dimensions)), dimensions);
  await writeVectors(folder, centred, dimensions);
  const contents = {
    [FILE.unitRows]: encodeChunkVectors(quantizeRows(centred, dimensions), dimensions),
    [FILE.unitRanges]: bytesOf(Uint32Array.from(plan.chunks.flatMap(({ from, to }) => [from, to]))),
    [FILE.paragraphOf]: bytesOf(plan.paragraphOf),
    [FILE.groups]: bytesOf(plan.ownChunks),
    [FILE.tokenOffsets]: bytesOf(tokenOffsets),
  };
  for (const [name, data] of Object.entries(contents)) {
    await writeFlushed(path.join(folder, name), data);
  }
}

async function testAndMeasure(
  folder: string,
  manifest: Manifest,
  { measureBackground }: BuildOptions,
  bank: readonly BankQuestion[],
): Promise<void> {
  const generation = await openGeneration(folder, manifest);
  try {
    selfTest(generation);
    const background = measureBackground(generation, bank);
    await writeFlushed(path.join(folder, FILE.background), JSON.stringify(background));
  } finally {
    generation.close();
  }
}

function documentsOf(reports: readonly Report[]): KeywordDocument[] {
  let paragraphs = 0;
  return reports.flatMap(({ text, blocks, sections, sentences }) => {
    const first = paragraphs;
    paragraphs += blocks.length;
    return sentences.map(({ span, block }) => ({
      text: text.slice(span.start, span.end),
      headings: sections[blocks[block]?.section ?? -1]?.path.join("\n") ?? "",
      paragraph: first + block,
    }));
  });
}

/** All that was written so far: the manifest itself comes last. */
async function describeFiles(folder: string): Promise<Manifest["files"]> {
  const entries = (await readdir(folder)).sort().map(async (name) => {
    const file = path.join(folder, name);
    const { size } = await stat(file);
    return [name, { bytes: size, hash: await sha256OfFile(file) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A full disk or a folder that may not be written is the operator's to mend. */
function describeFileError(error: unknown, indexDir: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new UserError(
    `The index folder ${indexDir} cannot be written (${error.message}): make room or set INDEX_DIR to another one.`,
    { cause: error },
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Wires the building of an index: reports -> text -> embed -> index. */

/** @throws {UserError} that names the report which cannot be used, and the remedy. */
export function parseReports(files: readonly ReportFile[]): Report[] {
  return files.map(parseReport);
}

/** The folders of a collection, and how its encoder behaves. */
export interface IngestOptions {
  readonly config: Folders;
  readonly encoderOptions?: EncoderOptions;
  /** Told after each vector: how many are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Where a collection's model, reports and index lie. */
export interface Folders {
  readonly modelDir: string;
  readonly reportsDir: string;
  readonly indexDir: string;
}

interface Ingredients extends Pick<IngestOptions, "config" | "onProgress"> {
  readonly reports: readonly Report[];
  readonly sources: Sources;
  readonly encoder: Encoder;
}

/**
 * Builds an index of reports that were read already.
 *
 * @throws {UserError} that names what cannot be used, and the remedy.
 */
export function buildFrom(ingredients: Ingredients): Promise<Manifest> {
  const { config, reports, sources, encoder, onProgress } = ingredients;
  return buildIndex({
    indexDir: config.indexDir,
    reports,
    sources,
    encoder,
    measureBackground,
    ...(onProgress && { onProgress }),
  });
}

/**
 * Builds the index anew, whether or not it fits.
 *
 * @throws {UserError} that names what cannot be used, and the remedy.
 */
export async function rebuildIndex(options: IngestOptions): Promise<Manifest> {
  const { config, encoderOptions } = options;
  const files = await readReportFiles(config.reportsDir);
  const reports = parseReports(files);
  const encoder = await startEncoder(config.modelDir, encoderOptions);
  try {
    const sources = await currentSources(config.modelDir, files);
    return await buildFrom({ ...options, reports, sources, encoder });
  } finally {
    await encoder.close();
  }
}
