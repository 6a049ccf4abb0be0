/** The files of a generation, each compared with what the manifest says of it. */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { sha256, sha256OfFile, uint32 } from "../../bytes.ts";
import { UserError } from "../../errors.ts";
import type { Manifest } from "../manifest.ts";

/** A generation's folder, and what its files must be. */
export interface Place {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A file of JSON. @throws {UserError} that names it if it is missing or damaged; so do the others here. */
export async function readJson(place: Place, name: string): Promise<unknown> {
  return JSON.parse((await readChecked(place, name)).toString("utf8"));
}

/** A file of 32-bit numbers. */
export async function readNumbers(place: Place, name: string): Promise<Uint32Array> {
  return uint32(await readChecked(place, name));
}

/** All of a file. */
export async function readChecked({ folder, manifest }: Place, name: string): Promise<Buffer> {
  const file = path.join(folder, name);
  const data = await orRefuse(file, readFile(file));
  assertIntact(file, manifest.files[name], { bytes: data.length, hash: sha256(data) });
  return data;
}

/** Compares a file with the manifest without holding it in memory; its path. */
export async function checkFile({ folder, manifest }: Place, name: string): Promise<string> {
  const file = path.join(folder, name);
  const { size } = await orRefuse(file, stat(file));
  const hash = await orRefuse(file, sha256OfFile(file));
  assertIntact(file, manifest.files[name], { bytes: size, hash });
  return file;
}

async function orRefuse<Result>(file: string, reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (cause) {
    throw new UserError(
      `The index file ${file} cannot be read: build the index anew with npm run index.`,
      { cause },
    );
  }
}

type FileProof = Manifest["files"][string];

function assertIntact(file: string, expected: FileProof | undefined, found: FileProof): void {
  if (found.bytes !== expected?.bytes || found.hash !== expected.hash) throw damaged(file);
}

/** What is said of an index file that is there and is not what was written. */
export function damaged(file: string): UserError {
  return new UserError(
    `The index file ${file} is damaged: build the index anew with npm run index.`,
  );
}
