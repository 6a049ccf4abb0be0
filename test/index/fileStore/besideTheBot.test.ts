/** An index folder that others write in while a process answers from it. */
import path from "node:path";
import { mkdir, readdir, readlink, rm, stat, truncate, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { describe, expect, it, onTestFinished } from "vitest";
import { sha256 } from "../../../src/bytes.ts";
import { openCurrent, openNext } from "../../../src/index/fileStore/current.ts";
import { FILE, GRAPH_FILE, KEPT_FILE } from "../../../src/index/fileStore/generationFiles.ts";
import { openGeneration } from "../../../src/index/fileStore/openGeneration.ts";
import type { Generation } from "../../../src/index/generation.ts";
import { folderWith, temporaryFolder } from "../../support/folders.ts";
import { hasHnsw } from "../../support/hnsw.ts";
import { buildSmallIndex, copyOfSmallIndex } from "../../support/small.ts";
import type { BuiltIndex } from "../../support/small.ts";

const OLD = { "a.txt": "題目一則\n\n甲鎮新建公園三個。\n" };
const NEW = { "a.txt": "題目一則\n\n甲鎮新建公園三個。乙鎮改造小區41個。\n" };

/** A copy of an index that others may change, opened. */
async function opened(): Promise<BuiltIndex & { readonly held: Generation }> {
  const built = await copyOfSmallIndex(
    await folderWith(OLD),
    path.join(await temporaryFolder(), "index"),
  );
  const current = await openCurrent(built.indexDir, built.sources);
  if (current.kind !== "ready") throw new Error("the index is not ready");
  onTestFinished(() => {
    current.generation.close();
  });
  return { ...built, held: current.generation };
}

/** The files below a folder that this process holds open. */
async function openBelow(folder: string): Promise<string[]> {
  const descriptors = await readdir("/proc/self/fd");
  const files = await Promise.all(
    descriptors.map((it) => readlink(`/proc/self/fd/${it}`).catch(() => "")),
  );
  return files.filter((it) => it.startsWith(folder));
}

describe("a process that follows an index", () => {
  it("takes one that was built in a folder that was deleted, though it has the same number", async () => {
    const { indexDir, held } = await opened();
    await rm(indexDir, { recursive: true });
    expect(await openNext(indexDir, held)).toBeUndefined();
    await buildSmallIndex(await folderWith(NEW), indexDir);
    const next = await openNext(indexDir, held);
    expect(next?.passages).toHaveLength(3);
    if (next === undefined) throw new Error("the new index is not seen");
    expect(await openNext(indexDir, next)).toBeUndefined();
    next.close();
  });

  it
    .runIf(process.platform === "linux")
    .each([...Object.values(FILE), ...(hasHnsw ? [GRAPH_FILE] : [])])(
    "holds no file open of a new one whose %s is damaged",
    async (name) => {
      const { indexDir, held } = await opened();
      await buildSmallIndex(await folderWith(NEW), indexDir);
      const folder = path.join(indexDir, "g000002");
      const file = path.join(folder, name);
      await truncate(file, (await stat(file)).size - 1);
      await expect(openNext(indexDir, held)).rejects.toThrow(`${name} is damaged`);
      expect(await openBelow(folder)).toEqual([]);
    },
  );

  it.runIf(process.platform === "linux")("holds no file open of one that is closed", async () => {
    const { indexDir, manifest } = await opened();
    const folder = path.join(indexDir, "g000001");
    const other = await openGeneration({ folder, manifest, manifestHash: "" });
    const before = (await openBelow(indexDir)).length;
    other.close();
    expect((await openBelow(indexDir)).length).toBe(before / 2);
  });
});

describe("a builder", () => {
  const machine = sha256(hostname()).slice(0, 8);

  it("leaves the folder and the file of another one that lives, and removes those of one that is gone", async () => {
    const { indexDir } = await opened();
    // The process that runs the tests' processes lives as long as they do.
    const living = `building-${machine}-${process.ppid}`;
    for (const pid of [process.ppid, 999_999_999]) {
      await mkdir(path.join(indexDir, `building-${machine}-${pid}`));
      await writeFile(path.join(indexDir, `building-${machine}-${pid}-current`), "");
    }
    await buildSmallIndex(await folderWith(NEW), indexDir);
    const left = (await readdir(indexDir)).filter((it) => it.startsWith("building"));
    expect(left.sort()).toEqual([living, `${living}-current`]);
  });

  it.runIf(process.platform === "linux")(
    "holds no file open, whether or not it could take what was encoded before",
    async () => {
      const { indexDir } = await opened();
      const before = (await openBelow(indexDir)).sort();
      await truncate(path.join(indexDir, "g000001", KEPT_FILE.records), 4);
      await buildSmallIndex(await folderWith(NEW), indexDir);
      expect((await openBelow(indexDir)).sort()).toEqual(before);
    },
  );
});
