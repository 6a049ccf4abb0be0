/** Wires the building of an index: reports -> text -> embed -> index. */
import { startEncoder } from "./embed/encoder.ts";
import type { Encoder } from "./embed/encoder.ts";
import { buildIndex } from "./index/build.ts";
import { currentSources } from "./index/manifest.ts";
import type { Manifest, Sources } from "./index/manifest.ts";
import { parseReportFile } from "./index/parseReport.ts";
import { readReportFiles } from "./index/reportFiles.ts";
import type { ReportFile } from "./index/reportFiles.ts";
import type { Report } from "./report.ts";
import { measureBackground } from "./search/background.ts";
import type { OpenOptions } from "./verbatim.ts";

/** @throws {UserError} that names the report which cannot be used, and the remedy. */
export function parseReports(files: readonly ReportFile[]): Report[] {
  return files.map(parseReportFile);
}

interface Ingredients extends Pick<OpenOptions, "config" | "onProgress"> {
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
export async function rebuildIndex(options: OpenOptions): Promise<Manifest> {
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
