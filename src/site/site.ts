/** Reports as a site: a page for each, one of its words beside it where it is Chinese, and one that lists them. Pure. */
import { reportFileName, wordsFileName } from "../ask/reportAddress.ts";
import type { Report } from "../report.ts";
import { renderIndex } from "./indexPage.ts";
import type { PassagePieces } from "./passageMarkup.ts";
import { renderReport } from "./reportPage.ts";
import type { Publication } from "./reportPage.ts";
import { renderWordsPage } from "./wordsPage.ts";
import type { SiteFiles } from "./writeSite.ts";

/**
 * The files of a site: the same for the same reports, to the byte. The list of reports comes last.
 *
 * @param pieces Of each report, in their order.
 */
export function siteOf(
  reports: readonly Report[],
  publication: Publication,
  pieces: readonly PassagePieces[],
): SiteFiles {
  const files = new Map<string, string>();
  reports.forEach((report, i) => {
    const words = renderWordsPage(report, pieces[i] ?? [], publication.isIndexed);
    // Before the page that links to it.
    if (words !== undefined) files.set(wordsFileName(report.id), words);
    files.set(reportFileName(report.id), renderReport(report, publication, pieces[i]));
  });
  return files.set("index.html", renderIndex(reports, publication.isIndexed));
}
