/** From report files to a generation that answers: the order of the steps. */
import { fileStore } from "../index/fileStore/fileStore.ts";
import type { Manifest, Sources } from "../index/manifest.ts";
import type { Draft, IndexStore } from "../index/store.ts";
import { startEncoder } from "../models/encoder/encoder.ts";
import type { Encoder, EncoderOptions } from "../models/encoder/encoder.ts";
import { parseReport } from "../parse/parseReport.ts";
import { readReportFiles } from "../parse/reportFiles.ts";
import type { ReportFile } from "../parse/reportFiles.ts";
import type { Report } from "../report.ts";
import { planChunks } from "./chunks.ts";
import { encodeChunks } from "./encodeChunks.ts";
import type { OnProgress } from "./encodeChunks.ts";
import { buildKeywordIndexes } from "./keywordIndexes.ts";
import { measureBank } from "./questionBank.ts";
import { selfTest } from "./selfTest.ts";
import { currentSources } from "./sources.ts";
import { fillWindows } from "./windows.ts";

/** Where a collection's model, reports and index lie. */
interface Folders {
  readonly modelDir: string;
  readonly reportsDir: string;
  readonly indexDir: string;
}

/** How an index is built. */
export interface IngestOptions {
  readonly config: Folders;
  readonly encoderOptions?: EncoderOptions;
  readonly onProgress?: OnProgress;
}

/**
 * Reads a folder's reports and puts an index of them in use, whether or not the one in use fits.
 *
 * @throws {UserError} that names what cannot be used, and the remedy.
 */
export async function ingest({
  config,
  encoderOptions,
  onProgress,
}: IngestOptions): Promise<Manifest> {
  const files = await readReportFiles(config.reportsDir);
  const reports = parseReports(files);
  const encoder = await startEncoder(config.modelDir, encoderOptions);
  try {
    const sources = await currentSources(config.modelDir, files);
    const store = fileStore(config.indexDir);
    return await buildGeneration({ reports, sources }, store, encoder, onProgress);
  } finally {
    await encoder.close();
  }
}

/** @throws {UserError} that names the report which cannot be used, and the remedy. */
export function parseReports(files: readonly ReportFile[]): Report[] {
  return files.map(parseReport);
}

/** Reports that were read, and what they were read from. */
interface Ingredients {
  readonly reports: readonly Report[];
  readonly sources: Sources;
}

/**
 * Builds a generation beside the one in use, tests it on sentences of its own and puts it in use. Until that last step
 * nothing that a reader sees changes, whatever happens.
 *
 * @returns The manifest of the new generation.
 */
export async function buildGeneration(
  { reports, sources }: Ingredients,
  store: IndexStore,
  encoder: Encoder,
  onProgress: OnProgress = () => undefined,
): Promise<Manifest> {
  const { dimensions } = encoder;
  const draft = await store.begin(sources);
  try {
    const chunks = planChunks(reports);
    const chunkVectors = await encodeChunks(chunks, encoder, draft, onProgress);
    const keywords = await buildKeywordIndexes(reports);
    const questionMeans = await measureBank(encoder);
    const windows = await fillWindows(reports, encoder);
    await draft.write({
      reports,
      dimensions,
      chunks,
      chunkVectors,
      keywords,
      questionMeans,
      windows,
    });
    await test(draft);
    return await draft.commit();
  } catch (error) {
    // What is half written may be what filled the disk.
    await draft.abandon();
    throw error;
  }
}

async function test(draft: Draft): Promise<void> {
  const index = await draft.open();
  try {
    await selfTest(index);
  } finally {
    index.close();
  }
}
