/** npm run bench -- --site: how large the reports' pages are, what they wait for, and whether their addresses stay. */
import { parseReports } from "../../../src/parse/apart/parseFiles.ts";
import { parseReport } from "../../../src/parse/parseReport.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import type { Report } from "../../../src/report.ts";
import type { PassagePieces } from "../../../src/site/passageMarkup.ts";
import { renderReport } from "../../../src/site/reportPage.ts";
import { renderWordsPage } from "../../../src/site/wordsPage.ts";
import { readPieces } from "../../reportPieces.ts";
import { measured } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";

const KILOBYTE = 1_000;

/** The page of the given report and one of so many sentences may be so large, in kilobytes. */
const MOST_KB = { given: 120, long: 1_200 } as const;
const LONG_SENTENCES = 2_700;

/** What a browser would have to fetch before, or beside, the page itself. */
const REQUESTS = / src="|<link rel="(?!icon")|@import|url\(/gu;

/** Measures the pages of the first report in a folder, and of one that says the same again and again. */
export async function measureSite(reportsDir: string): Promise<Measurement[]> {
  const { files } = await readReportFiles(reportsDir);
  const [given] = (await parseReports(files)).reports;
  if (given === undefined) throw new Error(`${reportsDir} holds no report`);
  const times = Math.ceil(LONG_SENTENCES / given.sentences.length);
  const numbered = (i: number): string => given.text.replaceAll("。", `${i}。`);
  const long = await reportOf(Array.from({ length: times }, (_, i) => numbered(i)).join("\n"));
  const [givenPieces = [], longPieces = []] = await readPieces([given, long]);
  const started = performance.now();
  const page = pageOf(long, longPieces);
  const ms = performance.now() - started;
  const sizeOf = (html: string): number => Buffer.byteLength(html) / KILOBYTE;
  const sentences = `page of ${long.sentences.length} sentences`;
  const words = (report: Report, pieces: PassagePieces): number =>
    sizeOf(renderWordsPage(report, pieces, false) ?? "");
  return [
    measured("page of the given report", sizeOf(pageOf(given, givenPieces)), "kB", {
      atMost: MOST_KB.given,
    }),
    measured(sentences, sizeOf(page), "kB", { atMost: MOST_KB.long }),
    measured(`${sentences}, made in`, ms, "ms"),
    measured("page of the given report's words", words(given, givenPieces), "kB"),
    measured(`${sentences}, of its words`, words(long, longPieces), "kB"),
    measured("what a page waits for", page.match(REQUESTS)?.length ?? 0, "", { atMost: 0 }),
    measured("ids that stay when a paragraph is inserted", await idsKept(given), "", {
      atLeast: 1,
    }),
  ];
}

/** The least share of a report's ids that its page still has, wherever a paragraph is inserted. */
async function idsKept(given: Report): Promise<number> {
  const lines = given.text.split("\n");
  const before = idsIn(pageOf(await reportOf(lines.join("\n"))));
  const shares: number[] = [];
  for (let i = 0; i <= lines.length; i++) {
    const inserted = lines.toSpliced(i, 0, "這一段是後來加上的。它有兩句話。").join("\n");
    const after = new Set(idsIn(pageOf(await reportOf(inserted))));
    shares.push(before.filter((id) => after.has(id)).length / before.length);
  }
  return Math.min(...shares);
}

function idsIn(html: string): string[] {
  return Array.from(html.matchAll(/ id="(p-[^"]+)"/gu), ([, id = ""]) => id);
}

function pageOf(report: Report, pieces: PassagePieces = []): string {
  return renderReport(report, { siteUrl: undefined, isIndexed: false }, pieces);
}

async function reportOf(text: string): Promise<Report> {
  const bytes = new TextEncoder().encode(text);
  const file = { id: "report", path: "report.txt", format: "text", bytes, hash: "" } as const;
  return (await parseReport(file)).report;
}
