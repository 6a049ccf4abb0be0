/** Asks while one index after the other is put in use. */
import path from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { readConfig } from "../../src/config.ts";
import { openProgram } from "../../src/main.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import type { Collection } from "../../src/collections/collection.ts";
import { inTemporaryFolder } from "./temporaryFolder.ts";

/** Questions that are asked at the same time. */
const AT_ONCE = 4;

/**
 * Asks questions while indexes are built and put in use beside them, each of a report whose every sentence says which it is.
 *
 * @param modelDir A model that is fast: what it finds does not matter.
 */
export function askWhileSwitching(
  modelDir: string,
  { questions, switches }: { readonly questions: number; readonly switches: number },
) {
  return inTemporaryFolder(async (folder) => {
    const reportsDir = path.join(folder, "reports");
    await mkdir(reportsDir);
    const config = readConfig({
      MODEL_DIR: modelDir,
      REPORTS_DIR: reportsDir,
      INDEX_DIR: path.join(folder, "index"),
    });
    await writeReport(reportsDir, 0);
    const collection = await openProgram({ config });
    let done = 0;
    const asking = ask(collection, () => done / switches, questions);
    for (let version = 1; version <= switches; version++) {
      await writeReport(reportsDir, version);
      await ingest({ config });
      await collection.refresh();
      done = version;
    }
    const versions = await asking;
    await collection.close();
    const answered = versions.filter((it) => it !== undefined);
    return {
      asked: versions.length,
      switches,
      failed: versions.length - answered.length,
      /** Answers with words of more than one index. */
      mixed: answered.filter((it) => it.size !== 1).length,
      /** Indexes that answers came from. */
      seen: new Set(answered.flatMap((it) => [...it])).size,
    };
  });
}

async function writeReport(folder: string, version: number): Promise<void> {
  const sentences = Array.from(
    { length: 20 },
    (_, i) => `第${version}版的第${i}個小區改造了，惠及居民。`,
  );
  await writeFile(path.join(folder, "report.txt"), `題目一則\n\n${sentences.join("")}`);
}

/** The versions that each answer's excerpts name, undefined for one that failed; evenly spread over all of the switching. */
async function ask(
  collection: Collection,
  progress: () => number,
  questions: number,
): Promise<(ReadonlySet<string> | undefined)[]> {
  const versions: (ReadonlySet<string> | undefined)[] = [];
  let asked = 0;
  const askOn = async (): Promise<void> => {
    while (asked < questions) {
      if (asked > questions * (progress() + 0.05)) {
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      versions.push(await versionsIn(collection, `第${++asked % 20}個小區`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askOn));
  return versions;
}

async function versionsIn(
  collection: Collection,
  question: string,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const { excerpts } = await collection.ask(question, { maxExcerpts: 5 });
    const named = excerpts.map(({ text }) => /第(\d+)版/u.exec(text)?.[1]);
    return new Set(named.filter((it) => it !== undefined));
  } catch {
    return undefined;
  }
}
