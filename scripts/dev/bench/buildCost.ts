/** What building an index costs: of a text, of the same with one paragraph changed, of a long PDF, and the memory of a long text's. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { MANIFEST_FILE } from "../../../src/index/fileStore/generationFiles.ts";
import { readPointer } from "../../../src/index/fileStore/pointer.ts";
import { linesAt, writePdf } from "../../../test/support/pdfWriter.ts";
import { runMeasured, startPackageScript } from "../../../test/support/measuredProcess.ts";
import type { Run } from "../../../test/support/measuredProcess.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { madeUpText } from "./madeUpText.ts";

/** A text of so many UTF-16 code units has some 2,700 sentences. */
const REPORT_CHARS = 274_000;

/** That of which the index's memory is measured, its vectors made up. */
const LONG_CHARS = 5_000_000;

const PDF_PAGES = 200;
const PAGE_LINES = 44;
const LINE_CHARS = 76;

/** What a row may cost at most: of the processor, beside another checkout; then seconds and MB. */
const MOST = {
  timesTheOther: 0.4,
  changedSeconds: 5,
  longMb: 900,
  pdfSeconds: 15,
  pdfMb: 600,
} as const;

/** What is built. */
interface Building {
  /** A text's file, or true for one that is made up. */
  readonly file: string | true;
  /** Another checkout that is built, to build the same. */
  readonly against?: string | undefined;
}

/** Measures the building of indexes, each in processes of its own. */
export async function measureBuilding({ file, against }: Building): Promise<Measurement[]> {
  const text = file === true ? madeUpText(REPORT_CHARS) : await readFile(file, "utf8");
  return inTemporaryFolder(async (folder) => [
    ...(await measureReport(folder, text, against)),
    ...(await measurePdf(folder)),
    await measureMemory(path.join(folder, "long")),
  ]);
}

async function measureReport(
  folder: string,
  text: string,
  against: string | undefined,
): Promise<Measurement[]> {
  const reportsDir = path.join(folder, "reports");
  await mkdir(reportsDir);
  const report = path.join(reportsDir, "report.txt");
  await writeFile(report, text);
  const indexDir = path.join(folder, "index");
  const run = await buildIndex({ reportsDir, indexDir });
  const thousands = (await countSentences(indexDir)) / 1_000;
  const others =
    against === undefined
      ? []
      : compare(run, await buildIndex({ reportsDir, indexDir: `${indexDir}-other` }, against));
  await writeFile(report, text.replace("\n", " One word more.\n"));
  const started = performance.now();
  await buildIndex({ reportsDir, indexDir });
  const seconds = (performance.now() - started) / 1_000;
  return [
    measured("index of a text, sentences", thousands * 1_000),
    measured("  CPU seconds a 1,000 of them", run.cpuMs / 1_000 / thousands, "s"),
    ...others,
    measured("one changed paragraph, from the command to its end", seconds, "s", {
      atMost: MOST.changedSeconds,
    }),
  ];
}

function compare(ours: Run, theirs: Run): Measurement[] {
  return [
    measured("  CPU seconds of all, the other checkout", theirs.cpuMs / 1_000, "s"),
    measured("  this / other", ours.cpuMs / theirs.cpuMs, "×", { atMost: MOST.timesTheOther }),
  ];
}

interface Folders {
  readonly reportsDir: string;
  readonly indexDir: string;
}

function buildIndex({ reportsDir, indexDir }: Folders, folder = "."): Promise<Run> {
  const env = { REPORTS_DIR: reportsDir, INDEX_DIR: indexDir };
  return startPackageScript("index", [], { env, folder }).ended;
}

const Counted = v.object({ counts: v.object({ sentences: v.number() }) });

async function countSentences(indexDir: string): Promise<number> {
  const generation = (await readPointer(indexDir))?.name ?? "";
  const manifest = await readFile(path.join(indexDir, generation, MANIFEST_FILE), "utf8");
  return v.parse(Counted, JSON.parse(manifest)).counts.sentences;
}

async function measurePdf(folder: string): Promise<Measurement[]> {
  const file = path.join(folder, "report.pdf");
  const words = madeUpText(PDF_PAGES * PAGE_LINES * LINE_CHARS).replaceAll("\n", " ");
  const lines = Array.from({ length: PDF_PAGES * PAGE_LINES }, (_, i) =>
    words.slice(i * LINE_CHARS, (i + 1) * LINE_CHARS),
  );
  const pages = Array.from({ length: PDF_PAGES }, (_, page) =>
    linesAt(lines.slice(page * PAGE_LINES, (page + 1) * PAGE_LINES), { x: 20, y: 570, size: 9 }),
  );
  await writeFile(file, writePdf(pages));
  const started = performance.now();
  const { peakMb } = await startPackageScript("index", ["--outline", file, "--json"]).ended;
  const seconds = (performance.now() - started) / 1_000;
  return [
    measured(`a PDF of ${PDF_PAGES} pages is read`, seconds, "s", { atMost: MOST.pdfSeconds }),
    measured("  memory of all processes", peakMb, "MB", { atMost: MOST.pdfMb }),
  ];
}

async function measureMemory(folder: string): Promise<Measurement> {
  await mkdir(folder);
  const file = path.join(folder, "long.txt");
  await writeFile(file, madeUpText(LONG_CHARS));
  const script = new URL("./longIndexProcess.js", import.meta.url);
  const { peakMb } = await runMeasured(script, [file, path.join(folder, "index")]);
  return measured("memory while an index of 5 MB of text is built and opened", peakMb, "MB", {
    atMost: MOST.longMb,
  });
}
