/** A site's files into a folder: all of them or none, and nothing of anybody else's is touched. */
import path from "node:path";
import { mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import * as v from "valibot";
import { sha256 } from "../bytes.ts";
import { UserError, isCode } from "../errors.ts";
import { flushFolder, replaceFile, writeFlushed } from "../files.ts";

/** Lists the site's files in its folder, by which they are known again: whatever it does not list is somebody else's. */
const INVENTORY_FILE = ".verbatim-site.json";

/** In the site's folder, where its files are written first; what a crash has left there is not the site's. */
const BUILDING = ".verbatim-site-new";

const FileName = v.pipe(v.string(), v.regex(/^[a-z0-9_-]+(?:\.words)?\.html$/u));

/** The SHA-256 of each file of the site, by its name: of one that is being replaced, both. */
const Inventory = v.object({ files: v.record(FileName, v.array(v.string())) });

type Inventory = v.InferOutput<typeof Inventory>["files"];

/** The texts of a site's files, by their names. */
export type SiteFiles = ReadonlyMap<string, string>;

/**
 * Writes a site: its files are written and flushed beside the old ones, and then put in their places by rename, so that each is the
 * old one or the new one. Pages of reports that are gone are removed.
 *
 * @throws {UserError} if the folder cannot be written, or if a file of somebody else's would be lost; then nothing has changed.
 */
export async function writeSite(folder: string, files: SiteFiles): Promise<void> {
  const before = await openFolder(folder);
  await assertOurs(folder, before, files);
  const building = path.join(folder, BUILDING);
  try {
    await rm(building, { recursive: true, force: true });
    await mkdir(building);
    for (const [name, text] of files) await writeFlushed(path.join(building, name), text);
    await putInPlace(folder, building, before, files);
  } catch (cause) {
    throw cannotWrite(folder, cause);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Makes the folder if it is not there, and reads what of a site is in it. */
async function openFolder(folder: string): Promise<Inventory> {
  let names: readonly string[];
  try {
    await mkdir(folder, { recursive: true });
    names = await readdir(folder);
  } catch (cause) {
    if (isCode(cause, "EEXIST") || isCode(cause, "ENOTDIR")) {
      throw new UserError(`${folder} is a file: name a folder for the site.`, { cause });
    }
    throw cannotWrite(folder, cause);
  }
  if (names.every((it) => it === BUILDING)) return {};
  const inventory = await readInventory(folder);
  if (inventory !== undefined) return inventory;
  throw new UserError(
    `The folder ${folder} is not empty, and what is in it is no site of Verbatim's: name a new or an empty folder.`,
  );
}

/** undefined where there is none that can be read. */
async function readInventory(folder: string): Promise<Inventory | undefined> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(path.join(folder, INVENTORY_FILE), "utf8"));
  } catch {
    return undefined; // Without it nothing in the folder is known to be ours.
  }
  const parsed = v.safeParse(Inventory, data);
  return parsed.success ? parsed.output.files : undefined;
}

/** @throws {UserError} that names a file which would be lost and is not as a site was written. */
async function assertOurs(folder: string, before: Inventory, files: SiteFiles): Promise<void> {
  for (const name of new Set([...Object.keys(before), ...files.keys()])) {
    const file = path.join(folder, name);
    const hash = await hashOf(file);
    if (hash === undefined || before[name]?.includes(hash)) continue;
    throw new UserError(
      `${file} is not as Verbatim wrote it: move it elsewhere, and write the site again.`,
    );
  }
}

/** undefined where there is no such file; no hash of a file's where it is something else. */
async function hashOf(file: string): Promise<string | undefined> {
  try {
    return sha256(await readFile(file));
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    if (isCode(error, "EISDIR")) return "";
    throw cannotWrite(path.dirname(file), error);
  }
}

/** The inventory knows the old and the new files while both may be there, so that after a crash they can be replaced. The list of reports comes last. */
async function putInPlace(
  folder: string,
  building: string,
  before: Inventory,
  files: SiteFiles,
): Promise<void> {
  const after = Object.fromEntries(Array.from(files, ([name, text]) => [name, [sha256(text)]]));
  const both = { ...before };
  for (const [name, hashes] of Object.entries(after)) {
    both[name] = [...new Set([...(before[name] ?? []), ...hashes])];
  }
  const writeInventory = (inventory: Inventory): Promise<void> =>
    replaceFile(
      path.join(folder, INVENTORY_FILE),
      toText(inventory),
      path.join(building, INVENTORY_FILE),
    );
  await writeInventory(both);
  for (const name of files.keys()) {
    await rename(path.join(building, name), path.join(folder, name));
  }
  for (const name of Object.keys(before)) {
    if (!files.has(name)) await rm(path.join(folder, name), { force: true });
  }
  await flushFolder(folder);
  await writeInventory(after);
}

function toText(files: Inventory): string {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ files: sorted }, null, 2)}\n`;
}

function cannotWrite(folder: string, cause: unknown): UserError {
  return new UserError(
    `The folder ${folder} cannot be written: check its rights and the room on its disk.`,
    { cause },
  );
}
