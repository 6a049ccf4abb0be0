/** What packages carry and a running bot never reads. */
import path from "node:path";
import { lstat, readdir, rm } from "node:fs/promises";
import { isCode } from "../../src/errors.ts";

/** A platform, as Node names it. */
interface Platform {
  readonly platform: string;
  readonly arch: string;
}

/** A folder in node_modules, and the one thing in it that stays; undefined where nothing does. */
interface Weight {
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
    const files = await filesIn(whole);
    const stays = path.join(whole, keep ?? "");
    const kept = files.filter(
      (it) => keep !== undefined && (it === stays || it.startsWith(stays + path.sep)),
    );
    if (keep !== undefined && files.length > 0 && kept.length === 0) {
      throw new Error(`${whole} has no ${keep}`);
    }
    bytes += await remove(files.filter((it) => !kept.includes(it)));
    if (keep === undefined) await rm(whole, { recursive: true, force: true });
  }
  const files = await filesIn(modules);
  return bytes + (await remove(files.filter((file) => ENDINGS.some((it) => file.endsWith(it)))));
}

/** Removes files; their bytes. */
async function remove(files: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const file of files) {
    bytes += (await lstat(file)).size;
    await rm(file);
  }
  return bytes;
}

/** The files in a folder and in those within it; none where there is no such folder. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((it) => it.isFile()).map((it) => path.join(it.parentPath, it.name));
  } catch (error) {
    if (isCode(error, "ENOENT")) return [];
    throw error;
  }
}
