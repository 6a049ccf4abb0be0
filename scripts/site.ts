/** npm run site: writes the reports as pages that any static host can serve. */
import { Command } from "commander";
import { parseReports } from "../src/parse/apart/parseFiles.ts";
import { readReportFiles, tellNotRead } from "../src/parse/reportFiles.ts";
import { siteOf } from "../src/site/site.ts";
import { writeSite } from "../src/site/writeSite.ts";
import { EXIT_FAULT, readSettings } from "./command.ts";
import { readPieces } from "./reportPieces.ts";

interface SiteOptions {
  readonly out: string;
  readonly reports?: string;
}

export const command = new Command("site")
  .description(
    "Writes each report as a page, with an address for each sentence, into a folder that any static host can serve.",
  )
  .requiredOption("--out <DIR>", "the folder of the site: a new or an empty one, or a site's")
  .option("--reports <DIR>", "the folder of the reports (REPORTS_DIR)")
  .allowExcessArguments(false)
  .addHelpText(
    "after",
    `
Examples:
  verbatim site --out public
  SITE_URL=https://reports.example/ verbatim site --out public`,
  )
  .action(writeReports);

async function writeReports({ out, ...folders }: SiteOptions): Promise<void> {
  const { reportsDir, site } = readSettings(folders);
  const folder = await readReportFiles(reportsDir);
  const { reports, refused } = await parseReports(folder.files);
  const notRead = [...folder.refused, ...refused];
  await writeSite(out, siteOf(reports, site, await readPieces(reports)));
  for (const sentence of tellNotRead(folder, notRead)) console.error(sentence);
  const pages =
    reports.length === 1 ? "the page of 1 report" : `the pages of ${reports.length} reports`;
  console.error(`${out} holds ${pages}: index.html lists them.`);
  // The rest is written; whoever runs this by itself is told that something is missing.
  if (notRead.length > 0) process.exitCode = EXIT_FAULT;
}
