import { describe, expect, it } from "vitest";
import { citationText, cslJson } from "../../src/ask/citation.ts";
import type { Cited } from "../../src/ask/citation.ts";
import { anchorOf } from "../../src/ask/reportAddress.ts";
import { pageOf as pageAt } from "../../src/report.ts";
import type { Passage, Report } from "../../src/report.ts";
import { wordsFor } from "../../src/site/pageWords.ts";
import { eventually } from "../support/eventually.ts";
import { pageOf, reportOf, runPage } from "../support/sitePage.ts";

const URL = "https://reports.example/r.html";
const WORDS = wordsFor("zh-Hant");

const PLAIN = await reportOf(
  '# 鎮"的\\年報\n\n序言。\n\n## 道路\n\n甲鎮修路。“興建。”他說。\n\n### 橋 & 梁\n\n乙鎮建橋。\n\n|鎮|戶|\n|-|-|\n|甲|3|\n',
  "markdown",
);
const start = (words: string): number => PLAIN.text.indexOf(words);
const REPORT: Report = {
  ...PLAIN,
  front: { author: "張三", date: "2021年12月31日" },
  pages: [
    { start: 0, number: 1, label: "iv" },
    { start: start("甲鎮修路"), number: 2 },
    { start: start("建橋"), number: 3 },
    { start: start("|甲|"), number: 4 },
  ],
};

/** A passage as it is cited, made without the page. */
function citedOf({ id, block, span, sentences }: Passage): Cited {
  const { title, front, sections, blocks } = REPORT;
  const page = pageAt(REPORT, span.start);
  return {
    title,
    ...front,
    section: sections[blocks[block]?.section ?? -1]?.path ?? [],
    pageLabel: page?.label ?? String(page?.number ?? ""),
    at: { passage: id, paragraph: block + 1, sentences },
    address: `${URL}#${anchorOf(id)}`,
  };
}

const html = pageOf(REPORT);
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("the script of a page", () => {
  it("copies of each passage what cites it, as text and as CSL-JSON", async () => {
    const { document, copied } = runPage(html, URL);
    for (const passage of REPORT.passages) {
      const element = document.getElementById(anchorOf(passage.id))?.closest(".s");
      element?.querySelector(".k button")?.click();
      expect(copied.at(-1)).toBe(citationText(citedOf(passage), WORDS));
      expect(document.querySelector(".bar .cite")?.textContent).toBe(copied.at(-1));
      document.querySelector('.bar [data-copies="csl"]')?.click();
      expect(copied.at(-1)).toBe(cslJson(citedOf(passage), WORDS));
    }
    await settled();
    expect(document.querySelector(".bar output")?.textContent).toBe("已複製。");
  });

  it("copies a passage's address with its link, which leads there as well", async () => {
    const { window, document, copied } = runPage(html, URL);
    const [passage] = REPORT.passages;
    const link = document.querySelector(".k a");
    link?.click();
    expect(copied).toEqual([`${URL}#${anchorOf(passage?.id ?? "")}`]);
    await eventually(() => {
      expect(window.location.href).toBe(copied[0]);
    });
  });

  it("cites what the address names, at once", () => {
    const id = REPORT.passages.at(2)?.id ?? "";
    const { document, copied } = runPage(html, `${URL}#${anchorOf(id)}`);
    expect(document.querySelector(".bar")?.className).toBe("bar on");
    expect(document.querySelector(".bar .cite")?.textContent).toContain(id);
    document.querySelector('.bar [data-copies="link"]')?.click();
    expect(copied).toEqual([`${URL}#${anchorOf(id)}`]);
  });

  it.each(["", "#", "#p-aaaaaaaa", "#text", "#%E0%A4%A"])(
    "cites nothing where the address names no passage: %s",
    (hash) => {
      const { document } = runPage(html, URL + hash);
      expect(document.querySelector(".bar")?.className).toBe("bar");
    },
  );

  it("takes the mark away without leaving the place", () => {
    const id = REPORT.passages.at(2)?.id ?? "";
    const { window, document } = runPage(html, `${URL}#${anchorOf(id)}`);
    document.querySelector(".bar .clear")?.click();
    expect(window.location.href).toBe(URL);
    expect(document.querySelector(".bar")?.className).toBe("bar");
  });

  it("shows what it may not copy, to be copied by hand", async () => {
    const { window, document } = runPage(html, URL, false);
    document.querySelector(".k button")?.click();
    await settled();
    expect(document.querySelector(".bar output")?.textContent).toContain("瀏覽器不允許複製");
    const shown = document.querySelector(".bar .cite")?.textContent;
    expect(window.eval("String(getSelection())")).toBe(shown);
  });
});

describe("a page without its script", () => {
  it("leads to each passage, cites the report, and takes the mark away", () => {
    const { document } = runPage(html.replace(/<script>.*<\/script>/su, ""), URL);
    expect(document.querySelector(".k a")?.getAttribute("href")).toMatch(/^#p-/u);
    expect(document.querySelector(".bar .cite")?.textContent).toBe(
      '張三. 鎮"的\\年報. 2021年12月31日.',
    );
    expect(document.querySelector(".bar .clear")?.getAttribute("href")).toBe("#");
  });
});
