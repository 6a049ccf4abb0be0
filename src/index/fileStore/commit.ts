/** From a folder that is being written to a generation in use; and what writers left behind who are gone. */
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { sha256 } from "../../bytes.ts";
import { isCode } from "../../errors.ts";
import { flushFolder, replaceFile } from "../../files.ts";
import { CURRENT_FILE, generationNames, nextName, readPointer } from "./pointer.ts";
import type { Pointer } from "./pointer.ts";

/** A generation, or the file that will name it, while it is being written; with the writer's machine and process id. */
const BUILDING_NAME = /^building-([0-9a-f]{8})-(\d+)(?:-current)?$/;

/** Containers have process ids of their own: two writers of one folder may both be process 1. */
const MACHINE = sha256(hostname()).slice(0, 8);

/** What another machine's writer left behind is removed after this time: whether it lives cannot be seen. */
const ABANDONED_MS = 86_400_000;

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
 */
export async function commitGeneration(
  indexDir: string,
  building: string,
  manifestHash: string,
): Promise<void> {
  await flushFolder(building);
  const before = await readPointer(indexDir).catch(() => undefined);
  const name = await renameToNext(indexDir, building);
  await flushFolder(indexDir);
  await writePointer(indexDir, { name, manifestHash, isChosen: false });
  const older = (await generationNames(indexDir)).filter((it) => it < name);
  for (const old of older.filter((it) => it !== before?.name)) {
    await remove(path.join(indexDir, old));
  }
}

/** Removes what was written of a generation that will not be finished. */
export async function abandonGeneration(building: string): Promise<void> {
  await remove(building);
}

/** Puts a generation in use, in one step. */
export async function writePointer(
  indexDir: string,
  { name, manifestHash, isChosen }: Pointer,
): Promise<void> {
  const line = `${name} ${manifestHash}${isChosen ? " chosen" : ""}\n`;
  const beside = `${buildingFolder(indexDir)}-current`;
  await replaceFile(path.join(indexDir, CURRENT_FILE), line, beside);
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
  const name = await nextName(indexDir);
  try {
    await rename(building, path.join(indexDir, name));
    return name;
  } catch (error) {
    const isTaken = isCode(error, "ENOTEMPTY") || isCode(error, "EEXIST");
    if (!isTaken) throw error;
    return renameToNext(indexDir, building);
  }
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
