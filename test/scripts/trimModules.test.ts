/** The image's node_modules, without what never runs. */
import path from "node:path";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { trimModules, weightsOf } from "../../scripts/trim/modules.ts";
import { isCode } from "../../src/errors.ts";
import { folderWith } from "../support/folders.ts";

const LINUX = { platform: "linux", arch: "x64" };
const GLIBC = "@photostructure+sqlite.glibc.node";
const MUSL = "@photostructure+sqlite.musl.node";

const RUNS = [
  "@photostructure/sqlite/dist/index.mjs",
  `@photostructure/sqlite/prebuilds/linux-x64/${GLIBC}`,
  "@xenova/transformers/src/transformers.js",
  "hnswlib-node/build/Release/addon.node",
  "onnxruntime-node/bin/napi-v3/linux/x64/onnxruntime_binding.node",
  "pg/lib/index.js",
];

const NEVER_RUNS = [
  "@photostructure/sqlite/prebuilds/darwin-x64/x.node",
  `@photostructure/sqlite/prebuilds/linux-arm64/${GLIBC}`,
  `@photostructure/sqlite/prebuilds/linux-x64/${MUSL}`,
  "@photostructure/sqlite/src/upstream/sqlite3.c",
  "@types/pg/index.d.ts",
  "@xenova/transformers/dist/transformers.js",
  "hnswlib-node/build/Makefile",
  "hnswlib-node/build/Release/obj.target/addon.node",
  "onnxruntime-node/bin/napi-v3/linux/arm64/onnxruntime_binding.node",
  "onnxruntime-node/bin/napi-v3/win32/x64/onnxruntime_binding.node",
  "pg/lib/index.js.map",
  "pg/lib/index.d.ts",
  "typescript/lib/typescript.js",
];

function withBytes(files: readonly string[], bytes: number): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, "x".repeat(bytes)]));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((it) => it.isFile())
    .map((it) => path.relative(folder, path.join(it.parentPath, it.name)))
    .sort();
}

describe("trimModules", () => {
  it("leaves what runs on this platform, and counts the bytes of the rest", async () => {
    const folder = await folderWith({ ...withBytes(RUNS, 1), ...withBytes(NEVER_RUNS, 10) });
    expect(await trimModules(folder, LINUX)).toBe(10 * NEVER_RUNS.length);
    expect(await filesIn(folder)).toEqual(RUNS);
    expect(await trimModules(folder, LINUX)).toBe(0);
  });

  it("does not leave a package without the binary that it needs", async () => {
    const folder = await folderWith(
      withBytes(["onnxruntime-node/bin/napi-v3/darwin/x64/x.node"], 1),
    );
    await expect(trimModules(folder, LINUX)).rejects.toThrow("has no linux/x64");
    expect(await filesIn(folder)).toHaveLength(1);
  });
});

describe("the packages as they are installed", () => {
  it.each(weightsOf(LINUX))("have $folder", async ({ folder, keep }) => {
    const names = await namesIn(path.join("node_modules", folder));
    // hnswlib-node is optional.
    if (names === undefined && folder.startsWith("hnswlib-node/")) return;
    expect(names).not.toEqual([]);
    expect(names).toEqual(expect.arrayContaining(keep?.split("/").slice(0, 1) ?? []));
  });

  it("are loaded from files that stay", () => {
    const { dependencies } = v.parse(
      v.object({ dependencies: v.record(v.string(), v.string()) }),
      JSON.parse(readFileSync("package.json", "utf8")),
    );
    const removed = weightsOf(LINUX).map(({ folder }) => path.resolve("node_modules", folder));
    for (const name of Object.keys(dependencies)) {
      const main = fileURLToPath(import.meta.resolve(name));
      expect(removed.filter((it) => main.startsWith(`${it}${path.sep}`))).toEqual([]);
    }
  });
});

async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
