/** What building an index costs: of a text, of the same with one paragraph changed, and the memory of a long text's. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ingest } from "../../../src/ingest/ingest.ts";
import type { Config } from "../../../src/config.ts";
import { runMeasured } from "../../../test/support/measuredProcess.ts";
import { seededRandom } from "../../../test/support/seed.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";

/** A text of so many UTF-16 code units has some 2,700 sentences. */
const REPORT_CHARS = 274_000;

/** That of which the index's memory is measured, its vectors made up. */
const LONG_CHARS = 5_000_000;

/** Most seconds until one changed paragraph is in use, and most memory of the long text's index, in MB. */
const MOST_SECONDS = 5;
const MOST_MB = 900;

/** Measures the building of a text, or of one that is made up. */
export async function measureBuilding(
  config: Pick<Config, "modelDir">,
  file: string | true,
): Promise<Measurement[]> {
  const text = file === true ? madeUpText(REPORT_CHARS) : await readFile(file, "utf8");
  return inTemporaryFolder(async (folder) => [
    ...(await measureReport(config, folder, text)),
    await measureMemory(path.join(folder, "long")),
  ]);
}

async function measureReport(
  { modelDir }: Pick<Config, "modelDir">,
  folder: string,
  text: string,
): Promise<Measurement[]> {
  const reportsDir = path.join(folder, "reports");
  await mkdir(reportsDir);
  const report = path.join(reportsDir, "report.txt");
  const config = { modelDir, reportsDir, indexDir: path.join(folder, "index") };
  await writeFile(report, text);
  const before = process.cpuUsage();
  // One worker, a thread of this process, so that its time is seen; more of them take no less.
  const { manifest } = await ingest({ config, encoderOptions: { workers: 1 } });
  const { user, system } = process.cpuUsage(before);
  const thousands = manifest.counts.sentences / 1_000;
  await writeFile(report, text.replace("\n", " One word more.\n"));
  const started = performance.now();
  await ingest({ config });
  const seconds = (performance.now() - started) / 1_000;
  return [
    measured("CPU seconds a 1,000 sentences", (user + system) / 1e6 / thousands, "s"),
    measured("one changed paragraph, until it is in use", seconds, "s", { atMost: MOST_SECONDS }),
  ];
}

async function measureMemory(folder: string): Promise<Measurement> {
  await mkdir(folder);
  const file = path.join(folder, "long.txt");
  await writeFile(file, madeUpText(LONG_CHARS));
  const script = new URL("./longIndexProcess.js", import.meta.url);
  const { peakMb } = await runMeasured(script, [file, path.join(folder, "index")]);
  return measured("memory while an index of 5 MB of text is built and opened", peakMb, "MB", {
    atMost: MOST_MB,
  });
}

const SYLLABLES = "ba con der el fi gra ho in jor ka lu men no per qui ras sto ti un ver".split(
  " ",
);

/** Paragraphs of one to eight sentences of eight to twenty-five words, of which some are frequent; the same each time. */
function madeUpText(chars: number): string {
  const random = seededRandom(7);
  const below = (limit: number): number => Math.floor(limit * random());
  const words = Array.from({ length: 5_000 }, () =>
    Array.from({ length: 1 + below(3) }, () => SYLLABLES[below(SYLLABLES.length)] ?? "").join(""),
  );
  const word = (): string => words[Math.floor(words.length * random() ** 3)] ?? "";
  const sentence = (): string => {
    const said = Array.from({ length: 8 + below(18) }, word).join(" ");
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  };
  let text = "";
  while (text.length < chars) {
    text += `${Array.from({ length: 1 + below(8) }, sentence).join(" ")}\n`;
  }
  return text;
}
