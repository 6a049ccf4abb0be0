/** Pages of a site as a browser reads them. */
import { JSDOM, VirtualConsole } from "jsdom";
import type { DomNode, DomWindow } from "jsdom";
import { parseFile } from "../../src/parse/apart/parseFiles.ts";
import type { Report } from "../../src/report.ts";
import { readReportFile } from "../../src/parse/reportFiles.ts";
import type { Format } from "../../src/parse/reportFiles.ts";
import { parseReport } from "../../src/parse/parseReport.ts";
import { readPieces } from "../../scripts/reportPieces.ts";
import type { PassagePieces } from "../../src/site/passageMarkup.ts";
import { renderReport } from "../../src/site/reportPage.ts";

/** A report of a text. */
export async function reportOf(text: string, format: Format = "text", id = "r"): Promise<Report> {
  const bytes = new TextEncoder().encode(text);
  return (await parseReport({ id, path: `${id}.x`, format, bytes, hash: "" })).report;
}

/** The report of a file. */
export async function reportIn(file: string): Promise<Report> {
  return (await parseFile(await readReportFile(file))).report;
}

/** A report's page as it is published nowhere. */
export function pageOf(report: Report, pieces: PassagePieces = []): string {
  return renderReport(report, { siteUrl: undefined, isIndexed: false }, pieces);
}

/** A report's passages word by word. */
export async function piecesIn(report: Report): Promise<PassagePieces> {
  const [pieces = []] = await readPieces([report]);
  return pieces;
}

/** A page, read; its script is not run. */
export function openPage(html: string): DomNode {
  return new JSDOM(html).window.document;
}

/** A page whose script runs, and what it has copied. */
export interface RunningPage {
  readonly window: DomWindow;
  readonly document: DomNode;
  readonly copied: readonly string[];
}

/**
 * Opens a page and runs its script.
 *
 * @param canCopy Whether the browser lets it copy.
 */
export function runPage(html: string, url: string, canCopy = true): RunningPage {
  const copied: string[] = [];
  const writeText = (text: string): Promise<void> => {
    if (!canCopy) return Promise.reject(new Error("not allowed"));
    copied.push(text);
    return Promise.resolve();
  };
  const faults: unknown[] = [];
  const virtualConsole = new VirtualConsole().on("jsdomError", (fault) => faults.push(fault));
  const { window } = new JSDOM(html, {
    url,
    runScripts: "dangerously",
    virtualConsole,
    beforeParse: (it) => {
      Object.defineProperty(it, "navigator", { value: { clipboard: { writeText } } });
      Object.defineProperty(it, "scrollTo", { value: () => undefined });
    },
  });
  if (faults[0] instanceof Error) throw faults[0];
  return { window, document: window.document, copied };
}

/** The words that a reader sees of an element, without its controls, marks of pages and the markers of lists. */
export function wordsIn(element: DomNode): string {
  const copy = element.cloneNode(true);
  for (const it of copy.querySelectorAll(".k, .pg, .mk")) it.remove();
  return copy.textContent;
}
