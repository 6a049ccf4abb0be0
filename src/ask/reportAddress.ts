/** Where the page of a report stands, and each passage in it: the same for a site that is written and for a card that links to it. */
import { sha256 } from "../bytes.ts";

/** Ids that are file names on every system as they are. */
const PLAIN_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;
const MAX_PLAIN_CHARS = 64;

/** Names that the site itself uses, and that Windows keeps for devices. */
const RESERVED = /^(?:index|con|prn|aux|nul|(?:com|lpt)\d)$/u;

/** Letters of an id that its file's name still shows. */
const MAX_SHOWN_CHARS = 40;
const HASH_DIGITS = 16;

/**
 * The name of a report's page in the folder of the site: lower-case ASCII letters, digits, `-` and `_`, at most 69 characters. No two
 * ids share one, also where a file system knows no capitals: only names that are not the id itself hold a `_`, and end with its hash.
 */
export function reportFileName(reportId: string): string {
  const isPlain = PLAIN_ID.test(reportId) && reportId.length <= MAX_PLAIN_CHARS;
  if (isPlain && !RESERVED.test(reportId)) return `${reportId}.html`;
  const shown = reportId
    .toLowerCase()
    .match(/[a-z0-9]+/gu)
    ?.join("-")
    .slice(0, MAX_SHOWN_CHARS);
  return `${shown ?? "report"}_${sha256(reportId).slice(0, HASH_DIGITS)}.html`;
}

/** The name of the page that has a report word by word: its report's page's, and one that no report's page has, which holds no other dot. */
export function wordsFileName(reportId: string): string {
  return reportFileName(reportId).replace(/html$/u, "words.html");
}

/** The id of a passage's element in its report's page. */
export function anchorOf(passageId: string): string {
  return `p-${passageId}`;
}

/**
 * The address of a report's page, at one of its passages where that is given.
 *
 * @param siteUrl Where the site stands, with a slash at its end.
 */
export function reportAddress(siteUrl: string, reportId: string, passageId?: string): string {
  const page = `${siteUrl}${reportFileName(reportId)}`;
  return passageId === undefined ? page : `${page}#${anchorOf(passageId)}`;
}
