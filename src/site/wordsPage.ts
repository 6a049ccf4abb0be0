/**
 * A report's Chinese passages word by word, as a page beside the report's own, which they would make many times as large. Nothing in it is
 * folded: without a script a folded passage would stay so when a link names it. Pure.
 */
import { DICTIONARY_CREDIT } from "../ask/passageWords.ts";
import type { WordPiece } from "../ask/passageWords.ts";
import { reportFileName } from "../ask/reportAddress.ts";
import type { Report } from "../report.ts";
import { escapeHtml } from "./html.ts";
import { frame } from "./pageFrame.ts";
import { WORDS_PAGE } from "./pageWords.ts";
import { anchorsOf } from "./passageMarkup.ts";
import type { PassagePieces } from "./passageMarkup.ts";
import { languageOf } from "./reportLanguage.ts";

const OWN = ` lang="${WORDS_PAGE.lang}" dir="ltr"`;

/** The page of a report's words; undefined where the report has none. */
export function renderWordsPage(
  report: Report,
  pieces: PassagePieces,
  isIndexed: boolean,
): string | undefined {
  const anchors = anchorsOf(report.passages);
  const file = reportFileName(report.id);
  const passages = report.passages.flatMap(({ block, sentences }, i) => {
    const words = pieces[i] ?? [];
    if (words.length === 0) return [];
    const anchor = anchors[i] ?? "";
    const place = escapeHtml(WORDS_PAGE.place(block + 1, ...sentences));
    const link = `<p class="byline"${OWN}><a href="${file}#${anchor}">${place}</a></p>`;
    return `<div class="w">\n${link}\n<p class="r" id="${anchor}">${lineOf(words)}</p>\n${sensesOf(words)}</div>`;
  });
  if (passages.length === 0) return undefined;
  const language = languageOf(report);
  // What is cut into words is Chinese, whatever the report around it is.
  const chinese = language.lang.startsWith("zh") ? language.lang : "zh";
  const title = escapeHtml(report.title);
  return frame({
    ...language,
    title: `${WORDS_PAGE.name}: ${report.title}`,
    body: `<a class="skip" href="#text"${OWN}>${WORDS_PAGE.skip}</a>
<nav class="back" aria-label="${WORDS_PAGE.source}"><a href="${file}">${title}</a></nav>
<main id="text">
<header><h1${OWN}>${WORDS_PAGE.name}</h1>
<p class="subtitle">${title}</p>
<p class="byline"${OWN}>${WORDS_PAGE.note} ${DICTIONARY_CREDIT}.</p></header>
<div lang="${chinese}" dir="ltr">
${passages.join("\n")}
</div>
</main>
`,
    isIndexed,
    hasScript: false,
  });
}

/** Words with their pinyin above; none is broken by the end of a line, so that it is said where else one may end. */
function lineOf(pieces: readonly WordPiece[]): string {
  const shown = pieces.map(({ text, pinyin }, i) => {
    const words = escapeHtml(text);
    if (pinyin === undefined) return words;
    const gap = pieces[i - 1]?.pinyin === undefined ? "" : "<wbr>";
    return `${gap}<ruby>${words}<rt>${escapeHtml(pinyin)}</rt></ruby>`;
  });
  return shown.join("");
}

/** Each word's senses once, and no words that have none, such as names. */
function sensesOf(words: readonly WordPiece[]): string {
  const entries = words.flatMap(({ text, senses }) =>
    senses.length === 0
      ? []
      : `<dt>${escapeHtml(text)}</dt><dd lang="${WORDS_PAGE.lang}">${escapeHtml(senses.join(" / "))}</dd>\n`,
  );
  return entries.length === 0 ? "" : `<dl>\n${[...new Set(entries)].join("")}</dl>\n`;
}
