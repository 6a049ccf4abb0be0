/** A whole index of a few lines with the small encoder, opened. */
import path from "node:path";
import { onTestFinished } from "vitest";
import { startEncoder } from "../../src/embed/encoder.ts";
import type { Encoder } from "../../src/embed/encoder.ts";
import { buildIndex } from "../../src/index/build.ts";
import { openCurrent } from "../../src/index/current.ts";
import type { Generation } from "../../src/index/generation.ts";
import { currentSources } from "../../src/index/manifest.ts";
import { parseReportFile } from "../../src/index/parseReport.ts";
import { readReportFiles } from "../../src/index/reportFiles.ts";
import { measureBackground } from "../../src/search/background.ts";
import { prepareSearch } from "../../src/search/search.ts";
import type { Search } from "../../src/search/search.ts";
import { folderWith, SMALL_MODEL, temporaryFolder } from "./folders.ts";

export interface Small {
  readonly encoder: Encoder;
  readonly generation: Generation;
  readonly search: Search;
  readonly indexDir: string;
}

/** Builds and opens an index of the given files; it goes when the test ends. */
export async function smallIndex(files: Record<string, string>): Promise<Small> {
  const indexDir = path.join(await temporaryFolder(), "index");
  const encoder = await startEncoder(SMALL_MODEL);
  const reportFiles = await readReportFiles(await folderWith(files));
  const sources = await currentSources(SMALL_MODEL, reportFiles);
  await buildIndex({
    indexDir,
    reports: reportFiles.map(parseReportFile),
    sources,
    encoder,
    measureBackground,
  });
  const opened = await openCurrent(indexDir, sources);
  if (opened.kind !== "ready") throw new Error("the index that was just built is not ready");
  const { generation } = opened;
  onTestFinished(async () => {
    await encoder.close();
    generation.close();
  });
  return { encoder, generation, search: prepareSearch(generation, encoder), indexDir };
}
