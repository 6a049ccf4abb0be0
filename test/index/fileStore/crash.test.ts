import path from "node:path";
import { appendFile, cp, readFile, readdir } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { openCurrent } from "../../../src/index/fileStore/current.ts";
import { currentSources } from "../../../src/ingest/sources.ts";
import type { Sources } from "../../../src/index/manifest.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import { SMALL_MODEL, folderWith, temporaryFolder } from "../../support/folders.ts";
import { isLong } from "../../support/long.ts";
import { runScript } from "../../support/process.ts";
import type { Ended } from "../../support/process.ts";
import { buildSmallIndex, copyOfSmallIndex } from "../../support/small.ts";

const CRASH = pathToFileURL("test/support/crashAt.js").href;
const AT_ONCE = 2;

async function build(
  reports: string,
  index: string,
  env: Record<string, string> = {},
): Promise<Ended> {
  return runScript("index", ["--reports", reports, "--index", index], {
    env: { MODEL_DIR: SMALL_MODEL, ...env },
    imports: [CRASH],
  });
}

async function sourcesOf(reports: string): Promise<Sources> {
  return currentSources(SMALL_MODEL, (await readReportFiles(reports)).files);
}

async function isReady(index: string, sources: Sources): Promise<boolean> {
  const opened = await openCurrent(index, sources);
  if (opened.kind === "ready") opened.generation.close();
  return opened.kind === "ready";
}

async function halfBuilt(index: string): Promise<string[]> {
  return (await readdir(index)).filter((name) => name.startsWith("building"));
}

/**
 * Which changes a process is killed at: all of them and one beyond; or the first, the last of each kind, those around the one
 * that puts the new index in use, and one beyond the last.
 */
function crashPoints(changes: readonly string[], firstNew: number): number[] {
  const beyond = changes.length + 1;
  if (isLong) return Array.from({ length: beyond }, (_, i) => i + 1);
  const lastOfKinds = Array.from(new Set(changes), (kind) => changes.lastIndexOf(kind) + 1);
  return [...new Set([1, ...lastOfKinds, firstNew - 1, firstNew, beyond])];
}

it(
  "a crash at any change to a file leaves the old index in use, or the new one, and never half of one",
  { timeout: 300_000 },
  async () => {
    const reports = await folderWith({ "a.txt": "甲鎮新建公園三個。\n" });
    const before = path.join(await temporaryFolder(), "index");
    const { sources: old } = await copyOfSmallIndex(reports, before);
    await appendFile(path.join(reports, "a.txt"), "乙鎮改造小區41個。\n");
    const changed = await sourcesOf(reports);
    const inUse = async (index: string): Promise<string> =>
      (await isReady(index, changed)) ? "new" : (await isReady(index, old)) ? "old" : "none";

    // What each crash would leave behind, from one building that is watched.
    const watched = path.join(await temporaryFolder(), "index");
    await cp(before, watched, { recursive: true });
    const watch = await temporaryFolder();
    const watching = await build(reports, watched, { WATCH: watch, COPIED: watched });
    expect(watching.code).toBe(0);
    const changes = (await readFile(path.join(watch, "changes"), "utf8")).trimEnd().split("\n");
    expect([...new Set(changes)].sort()).toEqual(["mkdir", "rename", "rm", "sync", "writeFile"]);
    const left = changes.map((_, i) => path.join(watch, String(i + 1)));
    const used: string[] = [];
    for (const index of left) used.push(await inUse(index));
    const firstNew = used.indexOf("new") + 1;
    expect(firstNew).toBeGreaterThan(1);
    // First the old one, from some change on the new one, and nothing else.
    expect(used).toEqual(used.map((_, i) => (i + 1 < firstNew ? "old" : "new")));

    // Processes that are killed.
    const seen = new Set<string>();
    const killed: string[] = [];
    const queue = crashPoints(changes, firstNew);
    const work = async (): Promise<void> => {
      for (let crashAt = queue.shift(); crashAt !== undefined; crashAt = queue.shift()) {
        const index = path.join(await temporaryFolder(), "index");
        await cp(before, index, { recursive: true });
        const { signal } = await build(reports, index, { CRASH_AT: String(crashAt) });
        const kept = await inUse(index);
        expect(kept).toBe(used[crashAt - 1] ?? "new");
        seen.add(`${signal ?? "finished"}: ${kept}`);
        if ((await halfBuilt(index)).length > 0) killed.push(index);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // The crashes reached from the first change to beyond the last.
    expect([...seen].sort()).toEqual(["SIGKILL: new", "SIGKILL: old", "finished: new"]);

    // What a crash left behind does not stop the next build, and is gone after it.
    const [firstKilled = ""] = killed;
    expect((await build(reports, firstKilled)).code).toBe(0);
    const halves: string[] = [];
    for (const index of [...left, ...killed.slice(1)]) {
      if ((await halfBuilt(index)).length > 0) halves.push(index);
    }
    const sampled = halves.filter((_, i) => i % 8 === 0 || i === halves.length - 1);
    expect(sampled.length).toBeGreaterThan(2);
    for (const index of sampled) await buildSmallIndex(reports, index);
    for (const index of [firstKilled, ...sampled]) {
      expect(await isReady(index, changed)).toBe(true);
      expect(await halfBuilt(index)).toEqual([]);
    }
  },
);
