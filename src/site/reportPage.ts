/** A report as a page, top to bottom: what it is, its contents, its text, and the bar that cites what a link names. Pure. */
import { citationText, cslJson } from "../ask/citation.ts";
import type { Cited } from "../ask/citation.ts";
import { reportAddress } from "../ask/reportAddress.ts";
import type { Report } from "../report.ts";
import { blocksIn, frontLength, sectionAnchor, titleOf } from "./blockMarkup.ts";
import { escapeHtml, escapeJson, escapeLine } from "./html.ts";
import { frame } from "./pageFrame.ts";
import { CITATIONS_ID, slot } from "./pageScript.ts";
import { wordsFor } from "./pageWords.ts";
import type { PageWords } from "./pageWords.ts";
import { draftOf } from "./passageMarkup.ts";
import type { Draft, PassagePieces } from "./passageMarkup.ts";
import { languageOf } from "./reportLanguage.ts";

/** Where a site is to stand, and who may find it. */
export interface Publication {
  /** Its address, with a slash at its end; undefined where nobody has said. */
  readonly siteUrl: string | undefined;
  /** Whether search engines may list it. */
  readonly isIndexed: boolean;
}

/** A report's page, with links to its words where its passages are given in pieces. */
export function renderReport(
  report: Report,
  { siteUrl, isIndexed }: Publication,
  pieces: PassagePieces = [],
): string {
  const language = languageOf(report);
  const words = wordsFor(language.lang);
  const isOwn = words.lang.split("-")[0] === language.lang.split("-")[0];
  const ownLanguage = isOwn ? "" : ` lang="${words.lang}" dir="ltr"`;
  const draft = draftOf(report, words, ownLanguage, pieces);
  const front = frontLength(draft);
  const address = siteUrl === undefined ? undefined : reportAddress(siteUrl, report.id);
  const body = [
    `<a class="skip" href="#text"${ownLanguage}>${words.skip}</a>`,
    `<nav class="back" aria-label="${words.reports}"><a href="index.html"${ownLanguage}>${words.reports}</a></nav>`,
    contentsOf(draft),
    `<main id="text">\n${headerOf(draft, front)}\n${blocksIn(draft, front, report.blocks.length)}</main>`,
    barOf(draft, address),
  ];
  return frame({
    ...language,
    title: report.title,
    body: `${body.filter((it) => it !== "").join("\n")}\n`,
    isIndexed,
    hasScript: true,
  });
}

/** Title, subtitle, bylines; what only the file says of author and date stands below. */
function headerOf(draft: Draft, front: number): string {
  const { blocks, title, front: facts } = draft.report;
  const at = blocks.slice(0, front).findIndex(({ kind }) => kind === "title");
  const said =
    at < 0
      ? `<h1>${escapeHtml(title)}</h1>\n${blocksIn(draft, 0, front)}`
      : `${blocksIn(draft, 0, at)}${titleOf(draft, at)}\n${blocksIn(draft, at + 1, front)}`;
  const hasByline = blocks.some(({ kind }) => kind === "byline");
  const known = hasByline ? [] : [facts.author, facts.date].map((it) => it ?? "");
  const line = [...known.filter((it) => it !== "").map(escapeLine), ...sourceOf(draft)];
  const byline = line.length === 0 ? "" : `<p class="byline">${line.join(" · ")}</p>\n`;
  return `<header>\n${said}${byline}</header>`;
}

/** A link to where the report was published; https alone, whatever the file says. */
function sourceOf({ report: { front }, words, ownLanguage }: Draft): string[] {
  const url = front.url ?? "";
  if (!url.startsWith("https://") || !URL.canParse(url)) return [];
  return [`<a href="${escapeLine(url)}" rel="noreferrer"${ownLanguage}>${words.source}</a>`];
}

/** Longer contents are folded away at first. */
const MAX_OPEN_HEADINGS = 16;
const LOWEST_LEVEL = 4;

function contentsOf(draft: Draft): string {
  const { report, words, ownLanguage } = draft;
  const entries = report.blocks.flatMap(({ kind, span, section }, block) => {
    if (kind !== "heading") return [];
    const level = Math.min(report.sections[section ?? -1]?.path.length ?? 1, LOWEST_LEVEL);
    const text = escapeHtml(report.text.slice(span.start, span.end));
    return [`<li class="l${level}"><a href="#${sectionAnchor(draft, block)}">${text}</a></li>`];
  });
  if (entries.length === 0) return "";
  const open = entries.length <= MAX_OPEN_HEADINGS ? " open" : "";
  return `<nav class="toc" aria-labelledby="contents"><details${open}><summary><span id="contents"${ownLanguage}>${words.contents}</span></summary>\n<ol>\n${entries.join("\n")}\n</ol></details></nav>`;
}

/** What cites the passage that a link names. Without the script it cites the report; the passage's place stands beside it. */
function barOf({ report, words, ownLanguage }: Draft, address: string | undefined): string {
  const { title, front, pages } = report;
  const whole: Cited = { title, ...front, section: [], address };
  const forms = { above: formOf([], whole, words, pages.length > 0), below: {} };
  forms.below = formOf([slot("section")], whole, words, pages.length > 0);
  const button = (what: string, label: string): string =>
    `<button data-copies="${what}">${label}</button>`;
  return `<aside class="bar" aria-label="${words.citation}"${ownLanguage}>
<p class="cite" tabindex="0"><bdi>${escapeHtml(citationText(whole, words))}</bdi></p>
<div>${button("link", words.copyLink)}${button("text", words.copyCitation)}${button("csl", words.copyCsl)}<a class="clear" href="#">${words.clear}</a><output data-done="${words.copied}" data-failed="${words.notCopied}"></output></div>
</aside>
<script type="application/json" id="${CITATIONS_ID}">${escapeJson(forms)}</script>`;
}

/** How a passage is cited, with slots for what differs from one to the next. */
function formOf(
  section: readonly string[],
  whole: Cited,
  words: PageWords,
  hasPages: boolean,
): { readonly text: string; readonly csl: string } {
  const slots = { ...words, place: () => slot("place") };
  const cited: Cited = {
    ...whole,
    section,
    ...(hasPages && { pageLabel: slot("page") }),
    at: { passage: slot("passage"), paragraph: 0, sentences: [0, 0] },
    address: slot("address"),
  };
  return {
    text: citationText(cited, slots),
    csl: cslJson(cited, slots),
  };
}
