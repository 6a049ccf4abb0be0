/** Which generation is in use: the file `current` in the index folder names it and the hash of its manifest. */
import path from "node:path";
import { mkdir, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import * as v from "valibot";
import { UserError, isCode } from "../../errors.ts";
import { sha256 } from "../../bytes.ts";
import { flushFolder, replaceFile } from "../../files.ts";
import { MANIFEST_FILE, openGeneration } from "../generation.ts";
import type { Generation } from "../generation.ts";
import { AnyManifest, INDEX_SETTINGS, Manifest, describeChange } from "../manifest.ts";
import type { Sources } from "../manifest.ts";

const CURRENT_FILE = "current";

/** `g000001`, `g000002` …; the newest has the highest number. */
const GENERATION_NAME = /^g(\d{6})$/;

/** A generation, or the file that will name it, while it is being written; with the writer's machine and process id. */
const BUILDING_NAME = /^building-([0-9a-f]{8})-(\d+)(?:-current)?$/;

/** Containers have process ids of their own: two writers of one folder may both be process 1. */
const MACHINE = sha256(hostname()).slice(0, 8);

/** What another machine's writer left behind is removed after this time: whether it lives cannot be seen. */
const ABANDONED_MS = 86_400_000;

/** `chosen` says that somebody went back to this generation: it is kept though the reports have changed since. */
const Pointer = v.pipe(
  v.string(),
  v.regex(/^g\d{6} [0-9a-f]{64}(?: chosen)?\n$/),
  v.transform((text) => {
    const [name = "", manifestHash = "", chosen] = text.trimEnd().split(" ");
    return { name, manifestHash, isChosen: chosen !== undefined };
  }),
);

type Pointer = v.InferOutput<typeof Pointer>;

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
  const read = await readGeneration(indexDir, pointer);
  if (read.kind === "stale") return read;
  const { folder, manifest } = read;
  const made = manifest.sources;
  const why = describeChange(
    made,
    pointer.isChosen ? { ...sources, reports: made.reports } : sources,
  );
  if (why !== undefined) return { kind: "stale", why };
  return { kind: "ready", generation: await openGeneration(folder, manifest) };
}

/**
 * Opens the generation in use if it is another one than `held`; undefined if it is the same.
 *
 * @throws {UserError} that names the file which is missing or damaged, or says why this program cannot use it.
 */
export async function openNext(
  indexDir: string,
  held: Generation,
): Promise<Generation | undefined> {
  const pointer = await readPointer(indexDir);
  if (pointer === undefined || pointer.name === path.basename(held.folder)) return undefined;
  const read = await readGeneration(indexDir, pointer);
  // Which reports it is made from is for whoever built it to say; the model in memory is ours.
  const why =
    read.kind === "stale"
      ? read.why
      : describeChange(read.manifest.sources, {
          ...held.manifest.sources,
          reports: read.manifest.sources.reports,
        });
  if (read.kind === "stale" || why !== undefined) {
    throw new UserError(
      `The new index in ${indexDir} cannot be used by this process (${why ?? ""}): restart it.`,
    );
  }
  return openGeneration(read.folder, read.manifest);
}

/**
 * Puts the generation before the one in use in use, until the next one is built.
 *
 * @returns Its manifest.
 * @throws {UserError} if there is none, or if it cannot be used.
 */
export async function rollBack(indexDir: string): Promise<Manifest> {
  const pointer = await readPointer(indexDir);
  const names = pointer === undefined ? [] : await generationNames(indexDir);
  const name = names.filter((it) => pointer !== undefined && it < pointer.name).at(-1);
  if (name === undefined) {
    throw new UserError(
      `There is no index before the one in use in ${indexDir}: build one with npm run index.`,
    );
  }
  const folder = path.join(indexDir, name);
  const text = await readText(path.join(folder, MANIFEST_FILE));
  const read = await readGeneration(indexDir, { name, manifestHash: sha256(text) });
  if (read.kind === "stale") {
    throw new UserError(`The index ${folder} cannot be used: ${read.why}.`);
  }
  // A generation that cannot be opened is not put in use.
  (await openGeneration(folder, read.manifest)).close();
  await replaceFile(
    path.join(indexDir, CURRENT_FILE),
    `${name} ${sha256(text)} chosen\n`,
    `${buildingFolder(indexDir)}-current`,
  );
  return read.manifest;
}

type ReadGeneration =
  | { readonly kind: "read"; readonly folder: string; readonly manifest: Manifest }
  | { readonly kind: "stale"; readonly why: string };

/** The manifest of a generation, if it is of this program's format. */
async function readGeneration(
  indexDir: string,
  { name, manifestHash }: Pick<Pointer, "name" | "manifestHash">,
): Promise<ReadGeneration> {
  const folder = path.join(indexDir, name);
  const file = path.join(folder, MANIFEST_FILE);
  const text = await readText(file);
  if (sha256(text) !== manifestHash) throw damaged(file);
  const { formatVersion } = v.parse(AnyManifest, JSON.parse(text));
  if (formatVersion !== INDEX_SETTINGS.formatVersion) {
    const why = `its format is ${formatVersion}, this program's is ${INDEX_SETTINGS.formatVersion}`;
    return { kind: "stale", why };
  }
  return { kind: "read", folder, manifest: v.parse(Manifest, JSON.parse(text)) };
}

async function readPointer(indexDir: string): Promise<Pointer | undefined> {
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

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError(
      `The index file ${file} cannot be read: build the index anew with npm run index.`,
      { cause },
    );
  }
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
    if (await isAbandoned(indexDir, name)) await remove(path.join(indexDir, name));
  }
  const folder = buildingFolder(indexDir);
  await remove(folder);
  await mkdir(folder);
  return folder;
}

/**
 * Puts a finished generation in use, in one step, and removes all but this one and the one that was in use: to that one can go back.
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
  const before = await readPointer(indexDir).catch(() => undefined);
  const name = await renameToNext(indexDir, building);
  await flushFolder(indexDir);
  await replaceFile(
    path.join(indexDir, CURRENT_FILE),
    `${name} ${manifestHash}\n`,
    `${building}-current`,
  );
  const older = (await generationNames(indexDir)).filter((it) => it < name);
  for (const old of older.filter((it) => it !== before?.name)) {
    await remove(path.join(indexDir, old));
  }
  return path.join(indexDir, name);
}

/** Removes what was written of a generation that will not be finished. */
export async function abandonGeneration(building: string): Promise<void> {
  await remove(building);
}

function buildingFolder(indexDir: string): string {
  return path.join(indexDir, `building-${MACHINE}-${process.pid}`);
}

/** Whether a name is that of something half written, whose writer is gone. */
async function isAbandoned(indexDir: string, name: string): Promise<boolean> {
  const [, machine, pid] = BUILDING_NAME.exec(name) ?? [];
  if (machine === undefined) return false;
  if (machine === MACHINE) return !isAlive(Number(pid));
  const found = await stat(path.join(indexDir, name)).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS;
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
