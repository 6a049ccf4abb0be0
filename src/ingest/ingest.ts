/** From report files to a generation that answers: the order of the steps. */
import { fileStore } from "../index/fileStore/fileStore.ts";
import type { Manifest, Sources } from "../index/manifest.ts";
import type { IndexStore } from "../index/store.ts";
import { startEncoder } from "../models/encoder/encoder.ts";
import type { Encoder, EncoderOptions } from "../models/encoder/encoder.ts";
import { parseReports } from "../parse/apart/parseFiles.ts";
import type { ReadReports } from "../parse/apart/parseFiles.ts";
import { readReportFiles, tellNotRead } from "../parse/reportFiles.ts";
import type { Refused } from "../parse/reportFiles.ts";
import { planChunks } from "./chunks.ts";
import { encodeChunks } from "./encodeChunks.ts";
import type { OnProgress } from "./steps.ts";
import { measureBank } from "./questionBank.ts";
import { selfTest } from "./selfTest.ts";
import { currentSources } from "./sources.ts";
import { fillWindows } from "./windows.ts";
import { buildWordTables } from "./wordTables.ts";

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

/** An index that was built, and what of the folder is not in it. */
interface Ingested {
  readonly manifest: Manifest;
  readonly refused: readonly Refused[];
  /** What is not read, reports that were refused and files of other kinds, one sentence each. */
  readonly notRead: readonly string[];
}

/**
 * Reads a folder's reports and puts an index of them in use, whether or not the one in use fits.
 *
 * @throws {UserError} that names what cannot be used, and the remedy.
 */
export async function ingest(options: IngestOptions): Promise<Ingested> {
  const { config, encoderOptions, onProgress } = options;
  const starting = startEncoder(config.modelDir, { use: "passages", ...encoderOptions });
  // Told when it is waited for: what is wrong with a report comes first.
  starting.catch(() => undefined);
  try {
    const folder = await readReportFiles(config.reportsDir);
    onProgress?.("reading reports", 0, folder.files.length);
    const { reports, refused } = await parseReports(folder.files);
    const sources = await currentSources(config.modelDir, folder.files);
    const manifest = await buildGeneration(
      { reports, refused, sources },
      fileStore(config.indexDir),
      await starting,
      onProgress,
    );
    const all = [...folder.refused, ...refused];
    return { manifest, refused: all, notRead: tellNotRead(folder, all) };
  } finally {
    const encoder = await starting.catch(() => undefined);
    await encoder?.close();
  }
}

/** Reports, and what they were read from. */
interface Ingredients extends ReadReports {
  readonly sources: Sources;
}

/**
 * Builds a generation beside the one in use, tests it on sentences of its own and puts it in use. Until that last step
 * nothing that a reader sees changes, whatever happens.
 *
 * @returns The manifest of the new generation.
 */
export async function buildGeneration(
  { reports, refused, sources }: Ingredients,
  store: IndexStore,
  encoder: Encoder,
  onProgress: OnProgress = () => undefined,
): Promise<Manifest> {
  const { dimensions } = encoder;
  const draft = await store.begin(sources);
  try {
    const chunks = planChunks(reports);
    const chunkVectors = await encodeChunks(chunks, encoder, draft, onProgress);
    const questionMeans = draft.questionMeans ?? (await measureBank(encoder, onProgress));
    // The models' worker cuts the windows' tokens while this thread sees to the words.
    const [windows, words] = await Promise.all([
      fillWindows(reports, encoder),
      buildWordTables(reports, onProgress),
    ]);
    await draft.write({
      reports,
      refused: [...refused],
      dimensions,
      chunks,
      chunkVectors,
      ...words,
      questionMeans,
      windows,
    });
    await selfTest(draft);
    return await draft.commit();
  } catch (error) {
    // What is half written may be what filled the disk.
    await draft.abandon();
    throw error;
  }
}
