/** npm run index: builds the index anew, or shows what cleaning makes of the reports. */
import { Command } from "commander";
import { UsageError } from "../src/errors.ts";
import { fileStore } from "../src/index/fileStore/fileStore.ts";
import type { Manifest } from "../src/index/manifest.ts";
import { ingest } from "../src/ingest/ingest.ts";
import { parseFile } from "../src/parse/apart/parseFiles.ts";
import { isCleaned } from "../src/parse/parseReport.ts";
import { summarise } from "../src/parse/summary.ts";
import { readReportFile, readReportFiles } from "../src/parse/reportFiles.ts";
import { renderCleaning } from "../src/terminal/explain.ts";
import { renderOutline } from "../src/terminal/outlineText.ts";
import { withProgress } from "../src/terminal/progress.ts";
import { cleanText } from "../src/parse/clean/clean.ts";
import { decodeText } from "../src/parse/decode.ts";
import { EXIT_FAULT, readSettings } from "./command.ts";
import type { FolderOptions } from "./command.ts";

interface IndexOptions extends FolderOptions {
  readonly explain?: true;
  readonly clean?: string;
  readonly outline?: string;
  readonly json?: true;
  readonly rollback?: true;
}

export const command = new Command("index")
  .description("Cleans the reports and builds the index that questions are answered from.")
  .option("--explain", "first print what each cleaning rule did, with ten examples")
  .option("--clean <FILE>", "print the clean text of one report, and nothing else")
  .option("--outline <FILE>", "print what is understood of one report, and nothing else")
  .option("--json", "with --outline: print it as one JSON object")
  .option("--rollback", "go back to the index before this one, until the next is built")
  .option("--reports <DIR>", "the folder of the reports (REPORTS_DIR)")
  .option("--index <DIR>", "the folder of the index (INDEX_DIR)")
  .allowExcessArguments(false)
  .addHelpText(
    "after",
    `
Examples:
  verbatim index
  verbatim index --explain --reports my-reports
  verbatim index --outline reports/minutes.docx
  verbatim index --rollback`,
  )
  .action(async (options: IndexOptions) => {
    if (options.clean !== undefined) {
      if (options.explain) {
        throw new UsageError("--clean prints the text and nothing else: leave --explain out.");
      }
      const { bytes, path, format } = await readReportFile(options.clean);
      if (!isCleaned(format)) {
        throw new UsageError(`${path} is no plain text, which alone is cleaned: see --outline.`);
      }
      process.stdout.write(cleanText(decodeText(bytes, path)).text);
      return;
    }
    if (options.outline !== undefined) {
      const outline = summarise(await parseFile(await readReportFile(options.outline)));
      process.stdout.write(options.json ? `${JSON.stringify(outline)}\n` : renderOutline(outline));
      return;
    }
    const config = readSettings(options);
    if (options.rollback) {
      sayReady("back in use", await fileStore(config.indexDir).rollBack());
      return;
    }
    if (options.explain) await explain(config.reportsDir);
    const { manifest, refused, notRead } = await withProgress(
      { stream: process.stderr, label: "Building the index" },
      (onProgress) => ingest({ config, onProgress }),
    );
    for (const sentence of notRead) console.error(sentence);
    sayReady("ready", manifest);
    // The rest is in use; whoever runs this by itself is told that something is missing.
    if (refused.length > 0) process.exitCode = EXIT_FAULT;
  });

async function explain(reportsDir: string): Promise<void> {
  const { files } = await readReportFiles(reportsDir);
  for (const { bytes, path } of files.filter(({ format }) => isCleaned(format))) {
    console.log(renderCleaning(path, cleanText(decodeText(bytes, path))));
  }
}

function sayReady(state: string, { counts }: Manifest): void {
  console.error(
    `The index is ${state}: ${counted(counts.reports, "report")}, ${counted(counts.passages, "passage")}, ${counted(counts.sentences, "sentence")}.`,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
