/** Whole indexes with the small encoder. What is made of the same reports is made once a process. */
import path from "node:path";
import { cp } from "node:fs/promises";
import { startEncoder } from "../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../src/models/encoder/encoder.ts";
import { buildGeneration } from "../../src/ingest/ingest.ts";
import { parseReports } from "../../src/parse/apart/parseFiles.ts";
import { openCurrent } from "../../src/index/fileStore/current.ts";
import { fileStore } from "../../src/index/fileStore/fileStore.ts";
import type { Generation } from "../../src/index/generation.ts";
import { currentSources } from "../../src/ingest/sources.ts";
import type { Manifest, Sources } from "../../src/index/manifest.ts";
import { readReportFiles } from "../../src/parse/reportFiles.ts";
import { prepareFind } from "../../src/ask/ask.ts";
import type { Find } from "../../src/ask/ask.ts";
import { SMALL_MODEL, folderWith, runFolder } from "./folders.ts";

let encoder: Promise<Encoder> | undefined;

/** The small encoder, loaded once a process and never closed: the process's own end does. Each building of an index asks it for the question bank. */
export function smallEncoder(): Promise<Encoder> {
  return (encoder ??= startEncoder(SMALL_MODEL, { questionCacheBytes: Infinity }));
}

/** An index in its folder. */
export interface BuiltIndex {
  readonly indexDir: string;
  readonly sources: Sources;
  readonly manifest: Manifest;
}

/** Builds an index of a folder's reports. */
export async function buildSmallIndex(
  reportsDir: string,
  indexDir: string,
  otherEncoder?: Encoder,
): Promise<BuiltIndex> {
  const { files } = await readReportFiles(reportsDir);
  const sources = await currentSources(SMALL_MODEL, files);
  const manifest = await buildGeneration(
    { ...(await parseReports(files)), sources },
    fileStore(indexDir),
    otherEncoder ?? (await smallEncoder()),
  );
  return { indexDir, sources, manifest };
}

const builtIndexes = new Map<string, Promise<BuiltIndex>>();

/** An index of a folder's reports that all who ask for it share: nobody changes it. */
async function sharedIndex(reportsDir: string): Promise<BuiltIndex> {
  const { files } = await readReportFiles(reportsDir);
  const key = JSON.stringify(files.map((it) => [path.basename(it.path), it.hash]));
  const known = builtIndexes.get(key);
  if (known) return known;
  const building = buildSmallIndex(reportsDir, path.join(await runFolder(), "index"));
  builtIndexes.set(key, building);
  return building;
}

/** A copy of such an index, whose files may be changed; the folder need not be there. */
export async function copyOfSmallIndex(reportsDir: string, indexDir: string): Promise<BuiltIndex> {
  const shared = await sharedIndex(reportsDir);
  await cp(shared.indexDir, indexDir, { recursive: true });
  return { ...shared, indexDir };
}

interface Small {
  readonly encoder: Encoder;
  readonly generation: Generation;
  /** Where its files lie. */
  readonly folder: string;
  readonly search: Find;
}

const opened = new Map<string, Promise<Small>>();

/** An index of the given files, opened once a process: nobody closes it. */
export async function smallIndex(files: Record<string, string>): Promise<Small> {
  const key = JSON.stringify(files);
  const small = opened.get(key) ?? openSmall(files);
  opened.set(key, small);
  return small;
}

async function openSmall(files: Record<string, string>): Promise<Small> {
  const { indexDir, sources } = await sharedIndex(await folderWith(files));
  const current = await openCurrent(indexDir, sources);
  if (current.kind !== "ready") throw new Error("the index that was just built is not ready");
  const encoder = await smallEncoder();
  const { generation } = current;
  const folder = path.join(indexDir, generation.name);
  return { encoder, generation, folder, search: await prepareFind(generation, encoder) };
}
