import { appendFile, cp, readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { openCurrent } from "../../src/index/current.ts";
import { currentSources } from "../../src/index/manifest.ts";
import type { Sources } from "../../src/index/manifest.ts";
import { readReportFiles } from "../../src/index/reportFiles.ts";
import { folderWith, SMALL_MODEL, temporaryFolder } from "../support/folders.ts";
import { runScript } from "../support/process.ts";
import type { Ended } from "../support/process.ts";

const CRASH = pathToFileURL("test/support/crashAt.js").href;

/** More than the changes to files that a build makes: the last crash does not happen. */
const LAST_CHANGE = 60;
const AT_ONCE = 3;

async function build(reports: string, index: string, crashAt = 0): Promise<Ended> {
  return runScript("index", ["--reports", reports, "--index", index], {
    env: { MODEL_DIR: SMALL_MODEL, CRASH_AT: String(crashAt) },
    imports: [CRASH],
  });
}

async function sourcesOf(reports: string): Promise<Sources> {
  return currentSources(SMALL_MODEL, await readReportFiles(reports));
}

async function isReady(index: string, sources: Sources): Promise<boolean> {
  const opened = await openCurrent(index, sources);
  if (opened.kind === "ready") opened.generation.close();
  return opened.kind === "ready";
}

it(
  "a crash at any change to a file leaves the old index in use, or the new one, and never half of one",
  { timeout: 300_000 },
  async () => {
    const reports = await folderWith({ "a.txt": "甲鎮新建公園三個。\n" });
    const built = path.join(await temporaryFolder(), "index");
    expect((await build(reports, built)).code).toBe(0);
    const old = await sourcesOf(reports);
    await appendFile(path.join(reports, "a.txt"), "乙鎮改造小區41個。\n");
    const changed = await sourcesOf(reports);
    const seen = new Set<string>();
    const left: string[] = [];
    const queue = Array.from({ length: LAST_CHANGE }, (_, i) => i + 1);
    const work = async (): Promise<void> => {
      for (let crashAt = queue.shift(); crashAt !== undefined; crashAt = queue.shift()) {
        const index = path.join(await temporaryFolder(), "index");
        await cp(built, index, { recursive: true });
        const { signal } = await build(reports, index, crashAt);
        const used = (await isReady(index, changed))
          ? "new"
          : (await isReady(index, old))
            ? "old"
            : "none";
        seen.add(`${signal ?? "finished"}: ${used}`);
        if ((await readdir(index)).some((name) => name.startsWith("building"))) left.push(index);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // The crashes reached from the first change to beyond the last.
    expect([...seen].sort()).toEqual(["SIGKILL: new", "SIGKILL: old", "finished: new"]);
    // What a crash left behind does not stop the next build, and is gone after it.
    const sampled = left.filter((_, i) => i % 8 === 0 || i === left.length - 1);
    expect(sampled.length).toBeGreaterThan(2);
    for (const index of sampled) {
      expect((await build(reports, index)).code).toBe(0);
      expect(await isReady(index, changed)).toBe(true);
      expect((await readdir(index)).filter((name) => name.startsWith("building"))).toEqual([]);
    }
  },
);
