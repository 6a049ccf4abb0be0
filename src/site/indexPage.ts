/** The page that lists the reports. Pure. */
import { reportFileName } from "../ask/reportAddress.ts";
import type { Report } from "../report.ts";
import { escapeHtml, escapeLine } from "./html.ts";
import { frame } from "./pageFrame.ts";
import { wordsFor } from "./pageWords.ts";
import { languageOf } from "./reportLanguage.ts";

/** A list of the reports, each by its title, in the language of all of them or, where they have several, in English. */
export function renderIndex(reports: readonly Report[], isIndexed: boolean): string {
  const languages = reports.map(languageOf);
  const [first] = languages;
  const isOne = languages.every(({ lang }) => lang === first?.lang);
  const words = wordsFor(isOne ? (first?.lang ?? "") : "en");
  const entries = reports.map(({ id, title, front: { author, date } }, i) => {
    const { lang = "und", dir = "ltr" } = languages[i] ?? {};
    const facts = [author, date].flatMap((it) => (it === undefined ? [] : [escapeLine(it)]));
    const byline = facts.length === 0 ? "" : `\n<p class="byline">${facts.join(" · ")}</p>`;
    return `<li lang="${escapeLine(lang)}" dir="${dir}"><a href="${reportFileName(id)}">${escapeHtml(title)}</a>${byline}</li>`;
  });
  return frame({
    lang: words.lang,
    dir: "ltr",
    title: words.reports,
    body: `<main id="text">\n<header><h1>${words.reports}</h1></header>\n<ul class="list">\n${entries.join("\n")}\n</ul>\n</main>\n`,
    isIndexed,
    hasScript: false,
  });
}
