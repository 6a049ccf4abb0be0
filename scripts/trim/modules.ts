/** What packages carry and a running bot never reads. */
import path from "node:path";
import { lstat, readdir, rm } from "node:fs/promises";
import { isCode } from "../../src/errors.ts";

/** A platform, as Node names it. */
export interface Platform {
  readonly platform: string;
  readonly arch: string;
}

/** A folder in node_modules, and the one thing in it that stays; undefined where nothing does. */
export interface Weight {
  readonly folder: string;
  readonly keep?: string;
}

/** Names that end so are removed everywhere: source maps, and TypeScript's declarations. */
const ENDINGS = [".map", ".d.ts", ".d.mts", ".d.cts"];

/** The folders whose contents never run on a platform. */
export function weightsOf({ platform, arch }: Platform): Weight[] {
  return [
    // The runtime for six platforms, of which this is one.
    { folder: "onnxruntime-node/bin/napi-v3", keep: `${platform}/${arch}` },
    // Bundles for browsers, and WebAssembly; on Node the library's main file is src/transformers.js.
    { folder: "@xenova/transformers/dist" },
    { folder: "@xenova/transformers/types" },
    // An optional peer of valibot, for types alone; it has built dist before.
    { folder: "typescript" },
    // Declarations alone.
    { folder: "@types" },
    // SQLite itself in C, for who compiles it, and its binaries for other platforms: musl's too, since the runtime above has none.
    { folder: "@photostructure/sqlite/src" },
    {
      folder: "@photostructure/sqlite/prebuilds",
      keep: `${platform}-${arch}/@photostructure+sqlite.glibc.node`,
    },
    // What the compiler left beside the one file that is loaded, and its input.
    { folder: "hnswlib-node/build", keep: "Release/addon.node" },
    { folder: "hnswlib-node/src" },
    // A page to try it on, and its tests.
    { folder: "tinyld/playground" },
    { folder: "tinyld/tests-integration" },
  ];
}

/**
 * Removes from the folder of packages what never runs; a package that is not there is passed over.
 *
 * @returns How many bytes the removed files had.
 * @throws {Error} if a folder does not have what is to stay: the package is not the one that this was written for.
 */
export async function trimModules(modules: string, platform: Platform): Promise<number> {
  let bytes = 0;
  for (const { folder, keep } of weightsOf(platform)) {
    const whole = path.join(modules, folder);
    if (!(await exists(whole))) continue;
    bytes += keep === undefined ? await remove(whole) : await removeAllBut(whole, keep);
  }
  return bytes + (await removeEndings(modules));
}

async function removeAllBut(folder: string, keep: string): Promise<number> {
  if (!(await exists(path.join(folder, keep)))) throw new Error(`${folder} has no ${keep}`);
  const [first = "", ...rest] = keep.split("/");
  let bytes = 0;
  for (const name of await readdir(folder)) {
    if (name !== first) bytes += await remove(path.join(folder, name));
  }
  if (rest.length === 0) return bytes;
  return bytes + (await removeAllBut(path.join(folder, first), rest.join("/")));
}

async function removeEndings(modules: string): Promise<number> {
  let bytes = 0;
  for (const file of await filesIn(modules)) {
    if (ENDINGS.some((it) => file.endsWith(it))) bytes += await remove(file);
  }
  return bytes;
}

/** Removes a file, or a folder with all in it; its bytes. */
async function remove(target: string): Promise<number> {
  const sizes = await Promise.all(
    (await filesIn(target)).map(async (it) => (await lstat(it)).size),
  );
  await rm(target, { recursive: true });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The files in a folder and in those within it; what is no folder, itself alone. */
async function filesIn(target: string): Promise<string[]> {
  if (!(await lstat(target)).isDirectory()) return [target];
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  return entries.filter((it) => it.isFile()).map((it) => path.join(it.parentPath, it.name));
}

async function exists(target: string): Promise<boolean> {
  try {
    await lstat(target);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}
