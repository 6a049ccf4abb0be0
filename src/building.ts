/** Wires the building of an index: reports -> text -> embed -> index. */
import { startEncoder } from "./embed/encoder.ts";
import type { Encoder } from "./embed/encoder.ts";
import { buildIndex } from "./index/build.ts";
import { currentSources } from "./index/manifest.ts";
import type { Manifest, Sources } from "./index/manifest.ts";
import { parseReportFile } from "./index/parseReport.ts";
import { readReportFiles } from "./index/reportFiles.ts";
import type { ReportFile } from "./index/reportFiles.ts";
import { measureBackground } from "./search/background.ts";
import type { OpenOptions } from "./verbatim.ts";

interface Ingredients extends Pick<OpenOptions, "config" | "onProgress"> {
  readonly files: readonly ReportFile[];
  readonly sources: Sources;
  readonly encoder: Encoder;
}

/**
 * Builds the index from what was read already.
 *
 * @param onParsed Told when all reports can be used, before the long part of the work.
 * @throws {UserError} that names what cannot be used, and the remedy.
 */
export async function buildFrom(
  { config, files, sources, encoder, onProgress }: Ingredients,
  onParsed: () => void,
): Promise<Manifest> {
  const reports = files.map(parseReportFile);
  onParsed();
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
export async function rebuildIndex(options: OpenOptions): Promise<Manifest> {
  const { config, encoderOptions } = options;
  const files = await readReportFiles(config.reportsDir);
  const encoder = await startEncoder(config.modelDir, encoderOptions);
  try {
    const sources = await currentSources(config.modelDir, files);
    return await buildFrom({ ...options, files, sources, encoder }, () => undefined);
  } finally {
    await encoder.close();
  }
}
