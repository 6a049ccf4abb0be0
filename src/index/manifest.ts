import path from "node:path";
import * as v from "valibot";
import { assertModelFiles, MODEL_FILES, TOKENIZER_FILE } from "../embed/modelFiles.ts";
import { sourceOfTokenizer } from "../embed/tokenizer.ts";
import { UserError } from "../errors.ts";
import { sha256 } from "../bytes.ts";
import { sha256OfFile } from "./files.ts";
import type { ReportFile } from "./reportFiles.ts";
import questionBank from "./questionBank.json" with { type: "json" };
import { INDEX_SETTINGS } from "./settings.ts";

const Hash = v.pipe(v.string(), v.hash(["sha256"]));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What an index was made from. Two indexes with the same sources answer alike. */
export const Sources = v.object({
  settings: Hash,
  model: Hash,
  reports: v.array(v.object({ id: v.string(), hash: Hash })),
});

/** What an index is made from, and the size and hash of each of its files. */
export const Manifest = v.object({
  formatVersion: v.literal(INDEX_SETTINGS.formatVersion),
  sources: Sources,
  dimensions: Count,
  counts: v.object({
    reports: Count,
    passages: Count,
    sentences: Count,
    units: Count,
    tokens: Count,
  }),
  files: v.record(v.string(), v.object({ bytes: Count, hash: Hash })),
});

export type Sources = v.InferOutput<typeof Sources>;
export type Manifest = v.InferOutput<typeof Manifest>;

/** Any version's manifest tells its version; the rest is read only if this program knows it. */
export const AnyManifest = v.object({ formatVersion: v.number() });

/**
 * The sources as they are now: this program's settings, the model's files and the reports.
 *
 * @throws {UserError} that names a model file which cannot be read or does not fit the others.
 */
export async function currentSources(
  modelDir: string,
  reports: readonly ReportFile[],
): Promise<Sources> {
  return {
    settings: sha256(JSON.stringify([INDEX_SETTINGS, questionBank])),
    model: await hashModel(modelDir),
    reports: reports.map(({ id, hash }) => ({ id, hash })),
  };
}

/** One hash for all that an index was made from, to tell two of them apart at a glance. */
export function fingerprintOf(sources: Sources): string {
  return sha256(JSON.stringify(sources));
}

/** Says in words what has changed since an index was made; undefined if nothing has. */
export function describeChange(made: Sources, now: Sources): string | undefined {
  if (made.settings !== now.settings) return "it was made with other settings";
  if (made.model !== now.model) return "it was made with another model";
  if (JSON.stringify(made.reports) !== JSON.stringify(now.reports)) {
    return "the reports have changed since it was made";
  }
  return undefined;
}

async function hashModel(modelDir: string): Promise<string> {
  await assertModelFiles(modelDir);
  const source = await sourceOfTokenizer(modelDir);
  const files = [...MODEL_FILES, ...(source === undefined ? [] : [TOKENIZER_FILE])];
  const hashes = await Promise.all(files.map((file) => sha256OfFile(path.join(modelDir, file))));
  if (source !== undefined && source !== hashes[files.indexOf("tokenizer.json")]) {
    throw new UserError(
      `The model file ${path.join(modelDir, TOKENIZER_FILE)} was made from another tokenizer.json: restore the model folder, or delete this file to start more slowly without it.`,
    );
  }
  return sha256(hashes.join("\n"));
}
