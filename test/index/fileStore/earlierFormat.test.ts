/** An index that commit 1e661cd wrote opens and answers as it did then. */
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { prepareAsk } from "../../../src/ask/ask.ts";
import { fileStore } from "../../../src/index/fileStore/fileStore.ts";
import { buildGeneration } from "../../../src/ingest/ingest.ts";
import { currentSources } from "../../../src/ingest/sources.ts";
import { parseReport } from "../../../src/parse/parseReport.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import { toJsonLine } from "../../../src/terminal/jsonLines.ts";
import { SMALL_MODEL, temporaryFolder } from "../../support/folders.ts";
import { smallEncoder } from "../../support/small.ts";

const FIXTURE = path.resolve("test/fixtures/index-1e661cd");
const QUESTION = "改造小區幾個";

async function copyOfEarlier() {
  const indexDir = path.join(await temporaryFolder(), "index");
  await cp(path.join(FIXTURE, "index"), indexDir, { recursive: true });
  const files = await readReportFiles(path.join(FIXTURE, "reports"));
  const sources = await currentSources(SMALL_MODEL, files);
  const store = fileStore(indexDir);
  const opened = await store.openCurrent(sources);
  if (opened.kind !== "ready") throw new Error(`it is ${JSON.stringify(opened)}`);
  return { store, files, sources, index: opened.generation };
}

it("answers as it did", async () => {
  const { index } = await copyOfEarlier();
  const ask = await prepareAsk(index, await smallEncoder());
  const answer = await ask(QUESTION, { maxExcerpts: 5 });
  index.close();
  const said: unknown = JSON.parse(
    toJsonLine({ id: null, question: QUESTION }, { ...answer }, true),
  );
  const then: unknown = JSON.parse(await readFile(path.join(FIXTURE, "answer.json"), "utf8"));
  const ms = expect.anything() as unknown;
  expect({ ...Object(said), ms }).toEqual({ ...Object(then), ms });
});

it("is followed by one of today, and gone back to", async () => {
  const { store, files, sources, index } = await copyOfEarlier();
  const reports = files.map(parseReport);
  await buildGeneration({ reports, sources }, store, await smallEncoder());
  const next = await store.openNext(index);
  expect(next?.manifest.formatVersion).toBe(5);
  await store.rollBack();
  const before = next && (await store.openNext(next));
  expect(before?.manifest).toEqual(index.manifest);
  for (const it of [index, next, before]) it?.close();
});
