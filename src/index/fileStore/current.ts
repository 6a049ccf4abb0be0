/** Opens the generation in use, follows to the next one, goes back to the one before. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { sha256 } from "../../bytes.ts";
import { UserError } from "../../errors.ts";
import type { Generation } from "../generation.ts";
import { AnyManifest, describeChange, Manifest, whyUnreadable } from "../manifest.ts";
import type { Sources } from "../manifest.ts";
import type { OpenedIndex } from "../store.ts";
import { writePointer } from "./commit.ts";
import { damaged } from "./checkedFiles.ts";
import { MANIFEST_FILE } from "./generationFiles.ts";
import { openGeneration } from "./openGeneration.ts";
import type { GenerationPlace } from "./openGeneration.ts";
import { generationNames, readPointer } from "./pointer.ts";
import type { Pointer } from "./pointer.ts";

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
  const made = read.manifest.sources;
  const why = describeChange(
    made,
    pointer.isChosen ? { ...sources, reports: made.reports } : sources,
  );
  if (why !== undefined) return { kind: "stale", why };
  return { kind: "ready", generation: await openGeneration(read) };
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
  if (pointer === undefined || isSame(pointer, held)) return undefined;
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
  return openGeneration(read);
}

/** A folder that was deleted and filled anew counts from 1 again. */
function isSame(pointer: Pointer, { name, manifestHash }: Generation): boolean {
  return pointer.name === name && pointer.manifestHash === manifestHash;
}

/**
 * Puts the generation before the one in use in use, until the next one is built.
 *
 * @returns Its manifest.
 * @throws {UserError} if there is none, or if it cannot be used.
 */
export async function rollBack(indexDir: string): Promise<Manifest> {
  const current = await readPointer(indexDir);
  const names = current === undefined ? [] : await generationNames(indexDir);
  const name = names.filter((it) => current !== undefined && it < current.name).at(-1);
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
  (await openGeneration(read)).close();
  await writePointer(indexDir, { name, manifestHash: sha256(text), isChosen: true });
  return read.manifest;
}

type ReadGeneration =
  ({ readonly kind: "read" } & GenerationPlace) | { readonly kind: "stale"; readonly why: string };

/** The manifest of a generation, if it is of this program's format. @throws {UserError} if it is missing or damaged. */
export async function readGeneration(
  indexDir: string,
  { name, manifestHash }: Pick<Pointer, "name" | "manifestHash">,
): Promise<ReadGeneration> {
  const folder = path.join(indexDir, name);
  const file = path.join(folder, MANIFEST_FILE);
  const text = await readText(file);
  if (sha256(text) !== manifestHash) throw damaged(file);
  const why = whyUnreadable(v.parse(AnyManifest, JSON.parse(text)));
  if (why !== undefined) return { kind: "stale", why };
  return { kind: "read", folder, manifest: v.parse(Manifest, JSON.parse(text)), manifestHash };
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
