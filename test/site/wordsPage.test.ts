import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DICTIONARY_CREDIT, piecesOf } from "../../src/ask/passageWords.ts";
import { wordsFileName } from "../../src/ask/reportAddress.ts";
import type { Report } from "../../src/report.ts";
import type { PassagePieces } from "../../src/site/passageMarkup.ts";
import { siteOf } from "../../src/site/site.ts";
import { renderWordsPage } from "../../src/site/wordsPage.ts";
import { sliceOf } from "../../src/text/spans.ts";
import { hostileText } from "../support/hostile.ts";
import { SEED } from "../support/seed.ts";
import { openPage, pageOf, piecesIn, reportIn, reportOf, runPage } from "../support/sitePage.ts";

const GIVEN = await reportIn("reports/dingzhou-2021-review.txt");
const GIVEN_PIECES = await piecesIn(GIVEN);
const MIXED = await reportOf("The town says what it did this year.\n\n小區有公園，小區在甲鎮。\n");
const MIXED_PIECES = await piecesIn(MIXED);

function wordsPageOf(report: Report, pieces: PassagePieces): string {
  return renderWordsPage(report, pieces, false) ?? "";
}

/** The text of an element without its pinyin. */
function plainText(html: string, id: string): string {
  const copy = openPage(html).getElementById(id)?.cloneNode(true);
  for (const it of copy?.querySelectorAll("rt") ?? []) it.remove();
  return copy?.textContent ?? "";
}

/** Of each link from the controls of passages to their words, what it names. */
function linksIn(html: string): string[] {
  return Array.from(openPage(html).querySelectorAll('.k a:not([href^="#"])'), (it) =>
    String(it.getAttribute("href")),
  );
}

describe("a report's words", () => {
  it("stand in a page beside its own, to which each passage with words links, and which links back", () => {
    const page = pageOf(MIXED, MIXED_PIECES);
    const words = openPage(wordsPageOf(MIXED, MIXED_PIECES));
    const [line] = Array.from(words.querySelectorAll(".r"));
    expect(linksIn(page)).toEqual([`r.words.html#${line?.id ?? ""}`]);
    expect(openPage(page).getElementById(line?.id ?? "")?.textContent).toContain("小區有公園");
    const back = Array.from(words.querySelectorAll('a[href^="r.html"]'), (it) => [
      it.getAttribute("href"),
      it.textContent,
    ]);
    expect(back).toEqual([
      ["r.html", MIXED.title],
      [`r.html#${line?.id ?? ""}`, "paragraph 2, sentence 1"],
    ]);
  });

  it("have each word's pinyin above it, and its senses below the passage, once", () => {
    const words = openPage(wordsPageOf(MIXED, MIXED_PIECES));
    const pairs = Array.from(words.querySelectorAll("ruby"), (it) => it.textContent);
    expect(pairs.slice(0, 3)).toEqual(["小區xiǎoqū", "有yǒu", "公園gōngyuán"]);
    expect(pairs.filter((it) => it.startsWith("小區"))).toHaveLength(2);
    const terms = Array.from(words.querySelectorAll("dt"), (it) => it.textContent);
    expect(terms.slice(0, 3)).toEqual(["小區", "有", "公園"]);
    expect(new Set(terms).size).toBe(terms.length);
    const senses = Array.from(words.querySelectorAll('dd[lang="en"]'), (it) => it.textContent);
    expect(senses).toHaveLength(terms.length);
    expect(senses[2]).toMatch(/^park/u);
  });

  it("are the words of every passage, in the report's own letters", () => {
    const html = wordsPageOf(GIVEN, GIVEN_PIECES);
    expect(openPage(html).querySelectorAll(".r")).toHaveLength(GIVEN.passages.length);
    const [first, , third] = GIVEN.passages;
    for (const it of [first, third]) {
      expect(it && plainText(html, `p-${it.id}`)).toBe(it && sliceOf(GIVEN.text, it.span));
    }
    const ids = new Set(Array.from(openPage(html).querySelectorAll(".r"), (it) => it.id));
    const linked = linksIn(pageOf(GIVEN, GIVEN_PIECES)).map((it) => it.split("#")[1]);
    expect(new Set(linked)).toEqual(ids);
  });

  it("may be parted by the end of a line, and not broken", () => {
    const html = wordsPageOf(MIXED, MIXED_PIECES);
    expect(html).toContain("</ruby><wbr><ruby>有<rt>");
    expect(html).toContain("</ruby>，<ruby>小區<rt>");
    expect(openPage(html).querySelector("style")?.textContent).toContain(
      "ruby{white-space:nowrap}",
    );
  });

  it("keep two passages of the same id apart, as the report's page does", async () => {
    const report = await reportOf("甲鎮修路。\n");
    const twice = { ...report, passages: [...report.passages, ...report.passages] };
    const [pieces = []] = await piecesIn(report);
    const words = openPage(wordsPageOf(twice, [pieces, pieces]));
    const [one, two] = Array.from(words.querySelectorAll(".r"), (it) => it.id);
    expect(two).toBe(`${one ?? ""}-2`);
    expect(linksIn(pageOf(twice, [pieces, pieces])).at(-1)).toBe(`r.words.html#${two ?? ""}`);
  });

  it("say what they are and whose, in the languages they are in", () => {
    const document = openPage(wordsPageOf(MIXED, MIXED_PIECES));
    const note = document.querySelector("header .byline");
    expect(note?.textContent).toBe(`Dictionary senses, not a translation. ${DICTIONARY_CREDIT}.`);
    expect(document.documentElement.getAttribute("lang")).toBe("en");
    expect(document.querySelector(".r")?.closest("[lang]")?.getAttribute("lang")).toBe("zh");
    const given = openPage(wordsPageOf(GIVEN, GIVEN_PIECES));
    expect(given.documentElement.getAttribute("lang")).toBe("zh-Hant");
    expect(given.querySelector("header .byline")?.getAttribute("lang")).toBe("en");
  });
});

describe("a page of words", () => {
  it("is there for reports with Chinese passages alone, under a name of its own", async () => {
    const english = await reportOf("The town mended its roads.\n", "text", "words");
    const reports = [MIXED, english];
    const publication = { siteUrl: undefined, isIndexed: false };
    const pieces = [MIXED_PIECES, await piecesIn(english)];
    const site = siteOf(reports, publication, pieces);
    expect([...site.keys()]).toEqual(["r.words.html", "r.html", "words.html", "index.html"]);
    expect(siteOf(structuredClone(reports), publication, pieces)).toEqual(site);
    expect(linksIn(site.get("words.html") ?? "")).toEqual([]);
    expect(wordsFileName("r.words")).not.toBe(wordsFileName("r"));
  });

  it("runs no script, asks for nothing, and is kept from search engines unless they may list it", () => {
    const html = wordsPageOf(MIXED, MIXED_PIECES);
    expect(html).not.toMatch(/<script|script-src| style="| on[a-z]+="|@import|url\(| src="/u);
    expect(html).toContain("default-src 'none'; style-src 'sha256-");
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(renderWordsPage(MIXED, MIXED_PIECES, true)).not.toContain("noindex");
  });

  it("is opened by its link where the script runs, which copies nothing then", () => {
    const { document, copied } = runPage(pageOf(MIXED, MIXED_PIECES), "https://a.example/r.html");
    document.querySelector('.k a:not([href^="#"])')?.click();
    expect(copied).toEqual([]);
    document.querySelector('.k a[href^="#"]')?.click();
    expect(copied).toHaveLength(1);
  });

  it("keeps its shape whatever the report and the dictionary say", () => {
    const tags =
      "HTML HEAD META TITLE LINK STYLE BODY A NAV MAIN HEADER H1 P DIV RUBY RT WBR DL DT DD".split(
        " ",
      );
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (text, pinyin, sense) => {
        const word = { start: 0, end: text.length, pinyin, senses: [sense, sense] };
        const pieces = MIXED.passages.map(() => [...piecesOf(text, [word]), { text, senses: [] }]);
        const document = openPage(wordsPageOf({ ...MIXED, title: text }, pieces));
        const found = Array.from(document.querySelectorAll("*"), (it) => it.tagName);
        expect(found.filter((it) => !tags.includes(it))).toEqual([]);
        expect(found.filter((it) => it === "RUBY")).toHaveLength(MIXED.passages.length);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
