/** Reports as a site: a page for each, and one that lists them. Pure. */
import { reportFileName } from "../ask/reportAddress.ts";
import type { Report } from "../report.ts";
import { renderIndex } from "./indexPage.ts";
import { renderReport } from "./reportPage.ts";
import type { Publication } from "./reportPage.ts";
import type { SiteFiles } from "./writeSite.ts";

/** The files of a site: the same for the same reports, to the byte. The list of reports comes last. */
export function siteOf(reports: readonly Report[], publication: Publication): SiteFiles {
  return new Map([
    ...reports.map((it): [string, string] => [
      reportFileName(it.id),
      renderReport(it, publication),
    ]),
    ["index.html", renderIndex(reports, publication.isIndexed)],
  ]);
}
