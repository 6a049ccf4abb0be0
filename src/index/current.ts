/** Which generation is in use: the file `current` in the index folder names it and the hash of its manifest. */
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { flushFolder, replaceFile, sha256 } from "./files.ts";
import { MANIFEST_FILE, openGeneration } from "./generation.ts";
import type { Generation } from "./generation.ts";
import { AnyManifest, describeChange, Manifest } from "./manifest.ts";
import type { Sources } from "./manifest.ts";
import { INDEX_SETTINGS } from "./settings.ts";

const CURRENT_FILE = "current";

/** `g000001`, `g000002` …; the newest has the highest number. */
const GENERATION_NAME = /^g(\d{6})$/;

/** A generation, or the file that will name it, while it is being written; with the writer's process id. */
const BUILDING_NAME = /^building-(\d+)(?:-current)?$/;

/** Generations that are kept: the one in use and the one before, for going back. */
const KEPT_GENERATIONS = 2;

const Pointer = v.pipe(
  v.string(),
  v.regex(/^g\d{6} [0-9a-f]{64}\n$/),
  v.transform((text) => ({ name: text.slice(0, 7), manifestHash: text.slice(8, -1) })),
);

/** What was found in an index folder: a usable index, none, or one that no longer fits, and why. */
export type OpenedIndex =
  | { readonly kind: "ready"; readonly generation: Generation }
  | { readonly kind: "absent" }
  | { readonly kind: "stale"; readonly why: string };

/**
 * Opens the generation in use if it was made from the given sources.
 *
 * @throws {UserError} that names the file which is missing or damaged.
 */
export async function openCurrent(indexDir: string, sources: Sources): Promise<OpenedIndex> {
  const pointer = await readPointer(indexDir);
  if (pointer === undefined) return { kind: "absent" };
  const folder = path.join(indexDir, pointer.name);
  const text = await readManifest(folder, pointer.manifestHash);
  const { formatVersion } = v.parse(AnyManifest, JSON.parse(text));
  if (formatVersion !== INDEX_SETTINGS.formatVersion) {
    return {
      kind: "stale",
      why: `its format is ${formatVersion}, this program's is ${INDEX_SETTINGS.formatVersion}`,
    };
  }
  const manifest = v.parse(Manifest, JSON.parse(text));
  const why = describeChange(manifest.sources, sources);
  if (why !== undefined) return { kind: "stale", why };
  return { kind: "ready", generation: await openGeneration(folder, manifest) };
}

async function readPointer(indexDir: string): Promise<v.InferOutput<typeof Pointer> | undefined> {
  const file = path.join(indexDir, CURRENT_FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new UserError(`The index file ${file} cannot be read: check that it may be read.`, {
      cause: error,
    });
  }
  const pointer = v.safeParse(Pointer, text);
  if (!pointer.success) throw damaged(file);
  return pointer.output;
}

async function readManifest(folder: string, hash: string): Promise<string> {
  const file = path.join(folder, MANIFEST_FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new UserError(
      `The index file ${file} cannot be read: build the index anew with npm run index.`,
      {
        cause: error,
      },
    );
  }
  if (sha256(text) !== hash) throw damaged(file);
  return text;
}

function damaged(file: string): UserError {
  return new UserError(
    `The index file ${file} is damaged: build the index anew with npm run index.`,
  );
}

/** Makes an empty folder in which a generation is written, and removes what writers left behind who are gone. */
export async function beginGeneration(indexDir: string): Promise<string> {
  await mkdir(indexDir, { recursive: true });
  for (const name of await readdir(indexDir)) {
    const pid = BUILDING_NAME.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await remove(path.join(indexDir, name));
  }
  const folder = path.join(indexDir, `building-${process.pid}`);
  await remove(folder);
  await mkdir(folder);
  return folder;
}

/**
 * Puts a finished generation in use, in one step, and removes all but the last two.
 *
 * @param building The folder that {@link beginGeneration} made, with all its files flushed.
 * @returns The generation's folder.
 */
export async function commitGeneration(
  indexDir: string,
  building: string,
  manifestHash: string,
): Promise<string> {
  await flushFolder(building);
  const name = await renameToNext(indexDir, building);
  await flushFolder(indexDir);
  await replaceFile(
    path.join(indexDir, CURRENT_FILE),
    `${name} ${manifestHash}\n`,
    `${building}-current`,
  );
  const names = (await generationNames(indexDir)).filter((it) => it <= name);
  for (const old of names.slice(0, -KEPT_GENERATIONS)) await remove(path.join(indexDir, old));
  return path.join(indexDir, name);
}

/** Another builder may take the same number first: then the next one is free. */
async function renameToNext(indexDir: string, building: string): Promise<string> {
  const last = (await generationNames(indexDir)).at(-1);
  const number = Number(last === undefined ? 0 : GENERATION_NAME.exec(last)?.[1]) + 1;
  const name = `g${String(number).padStart(6, "0")}`;
  try {
    await rename(building, path.join(indexDir, name));
    return name;
  } catch (error) {
    const isTaken = isCode(error, "ENOTEMPTY") || isCode(error, "EEXIST");
    if (!isTaken) throw error;
    return renameToNext(indexDir, building);
  }
}

async function generationNames(indexDir: string): Promise<string[]> {
  return (await readdir(indexDir)).filter((name) => GENERATION_NAME.test(name)).sort();
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

function isMissing(error: unknown): boolean {
  return isCode(error, "ENOENT") || isCode(error, "ENOTDIR");
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
