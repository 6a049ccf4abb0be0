import { createHash } from "node:crypto";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anchorOf } from "../../src/ask/reportAddress.ts";
import { readReport } from "../../src/parse/parseReport.ts";
import type { Part } from "../../src/parse/outline.ts";
import { BLOCK_KINDS } from "../../src/report.ts";
import type { Report } from "../../src/report.ts";
import { renderReport } from "../../src/site/reportPage.ts";
import { sliceOf } from "../../src/text/spans.ts";
import { folderWith } from "../support/folders.ts";
import { hostileText } from "../support/hostile.ts";
import { writePdf } from "../support/pdfWriter.ts";
import { SEED } from "../support/seed.ts";
import { openPage, pageOf, piecesIn, reportIn, reportOf, wordsIn } from "../support/sitePage.ts";

const REPORT = await reportIn("reports/dingzhou-2021-review.txt");

/** The words of each element that has a passage's id. */
function wordsById(html: string): Map<string, string> {
  return new Map(
    Array.from(openPage(html).querySelectorAll('[id^="p-"]'), (it) => [it.id, wordsIn(it)]),
  );
}

/** A report of blocks that are said by hand. */
function reportOfParts(parts: readonly (readonly [Part["kind"], string])[]): Report {
  let text = "";
  const all = parts.map(([kind, words]): Part => {
    const start = text === "" ? 0 : text.length + 1;
    text += `${text === "" ? "" : "\n"}${words}`;
    const span = { start, end: start + words.length };
    return kind === "heading" ? { kind, span, rank: 1 } : { kind, span };
  });
  return readReport("r", { text, parts: all });
}

describe("a report's page", () => {
  it("has every passage as an element of its id, in the report's words", () => {
    const words = wordsById(pageOf(REPORT));
    expect(words.size).toBe(REPORT.passages.length);
    for (const { id, span } of REPORT.passages) {
      expect(words.get(anchorOf(id))).toBe(sliceOf(REPORT.text, span));
    }
  });

  it("has all of the text, in its order", () => {
    const main = openPage(pageOf(REPORT)).querySelector("main");
    const squeeze = (text: string): string => text.replace(/\s/gu, "");
    const all = REPORT.blocks.map(({ span }) => sliceOf(REPORT.text, span)).join("");
    expect(main && squeeze(wordsIn(main))).toBe(squeeze(all));
  });

  it("gives a quotation and its speaker one place, which its link names", async () => {
    const document = openPage(pageOf(await reportOf("甲。“乙好。”他說。\n丙。\n")));
    const links = Array.from(document.querySelectorAll(".k a"), (it) => [
      it.closest(".s")?.id === it.getAttribute("href")?.slice(1),
      it.textContent,
    ]);
    expect(links).toEqual([
      [true, "第1段第1句"],
      [true, "第1段第2至3句"],
      [true, "第2段第1句"],
    ]);
  });

  it("gives each passage a link and a button that a keyboard reaches", () => {
    const passages = Array.from(openPage(pageOf(REPORT)).querySelectorAll(".s"));
    expect(passages).toHaveLength(REPORT.passages.length);
    for (const it of passages) {
      expect(it.querySelector(".k a[href]")).not.toBeNull();
      expect(it.querySelector(".k button")?.textContent).toBe("引用");
    }
  });

  it("lists its headings, with links that mark nothing", () => {
    const document = openPage(pageOf(REPORT));
    const links = Array.from(document.querySelectorAll(".toc a"));
    expect(links.map((it) => it.textContent)).toEqual(
      REPORT.sections.map(({ heading }) => sliceOf(REPORT.text, heading)),
    );
    for (const it of links) {
      const section = document.getElementById(it.getAttribute("href")?.slice(1) ?? "");
      expect(section?.querySelector("h2, h3")?.textContent).toBe(it.textContent);
    }
  });

  it("has one title, headings without a step left out, and no contents where there are none", async () => {
    const levels = "# 題\n\n### 甲\n\n一。\n\n##### 乙\n\n二。\n\n## 丙\n\n三。\n";
    const tags = (html: string): string[] =>
      Array.from(openPage(html).querySelectorAll("h1, h2, h3, h4, h5, h6"), (it) => it.tagName);
    expect(tags(pageOf(await reportOf(levels, "markdown")))).toEqual(["H1", "H2", "H3", "H2"]);
    const bare = pageOf(await reportOf("一句話。\n又一句話。\n", "text", "untitled"));
    expect(tags(bare)).toEqual(["H1"]);
    expect(openPage(bare).querySelector("h1")?.textContent).toBe("untitled");
    expect(openPage(bare).querySelector(".toc")).toBeNull();
  });

  it("is the same to the byte when it is written again", () => {
    expect(pageOf(structuredClone(REPORT))).toBe(pageOf(REPORT));
  });

  it("is small: the given report within 120 kB, 2,700 sentences within 1.2 MB", async () => {
    const pieces = await piecesIn(REPORT);
    expect(Buffer.byteLength(pageOf(REPORT, pieces))).toBeLessThanOrEqual(120_000);
    const again = (i: number): string => REPORT.text.replaceAll("。", `${i}。`);
    const long = await reportOf(Array.from({ length: 42 }, (_, i) => again(i)).join("\n"));
    expect(long.sentences.length).toBeGreaterThanOrEqual(2_700);
    // As many of its passages as there are have words: of what is in them the page has nothing.
    const longPieces = long.passages.map((_, i) => pieces[i % pieces.length] ?? []);
    expect(Buffer.byteLength(pageOf(long, longPieces))).toBeLessThanOrEqual(1_200_000);
  });
});

describe("the ids of a page", () => {
  it("stay when a paragraph is inserted, as long as the words do", async () => {
    const sentence = fc
      .constantFrom("甲", "乙", "丙", "丁", "戊", "己")
      .map((it) => `${it}鎮修路。`);
    const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((it) => it.join(""));
    const paragraphs = fc.array(paragraph, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(paragraphs, paragraph, fc.nat(), async (before, inserted, place) => {
        const after = before.toSpliced(place % (before.length + 1), 0, inserted);
        const old = wordsById(pageOf(await reportOf(before.join("\n"))));
        const now = wordsById(pageOf(await reportOf(after.join("\n"))));
        for (const [id, words] of old) expect(now.get(id)).toBe(words);
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  it("are each an element's own in a report of 100,000 equal sentences", async () => {
    const html = pageOf(await reportOf("又是這一句。".repeat(100_000)));
    const ids = Array.from(html.matchAll(/ id="(p-[^"]*)"/gu), ([, id]) => id);
    expect(ids).toHaveLength(100_000);
    expect(new Set(ids).size).toBe(100_000);
  });

  it("are each an element's own where two passages share one", async () => {
    const report = await reportOf("甲。\n乙。\n");
    const passages = report.passages.map((it) => ({ ...it, id: "aaaaaaaa" }));
    expect([...wordsById(pageOf({ ...report, passages })).keys()]).toEqual([
      "p-aaaaaaaa",
      "p-aaaaaaaa-2",
    ]);
  });
});

describe("a page says what each block is", () => {
  const shapeOf = async (text: string, format: "text" | "markdown" = "markdown") => {
    const document = openPage(pageOf(await reportOf(`# 題\n\n${text}`, format)));
    for (const it of document.querySelectorAll(".k, header")) it.remove();
    return (document.querySelector("main")?.innerHTML ?? "")
      .replace(/ (?:id|data-n|data-path|class="s")(?:="[^"]*")?/gu, "")
      .replace(/\s*\n\s*/gu, "");
  };

  it.each([
    ["lists", "- 甲\n- 乙\n", /<ul><li><span>甲<\/span><\/li><li>.*乙.*<\/ul>/u],
    ["numbered items by their own numbers", "3. 甲\n4. 乙\n", /<span class="mk">3\.<\/span> .*甲/u],
    ["quotations", "> 甲。\n", /<blockquote><p><span>甲。<\/span><\/p><\/blockquote>/u],
    ["code", "```\n<b>甲</b>\n```\n", /<pre><code>.*&lt;b&gt;甲&lt;\/b&gt;.*<\/code><\/pre>/u],
    ["notes", "甲[^1]。\n\n[^1]: 乙。\n", /<p class="note">.*乙。/u],
    [
      "tables",
      "|鎮|戶|\n|-|-|\n|甲|3|\n|乙|4|\n",
      /<table><thead><tr><th scope="col">鎮<\/th><th scope="col">戶<\/th><\/tr><\/thead><tbody><tr><td>甲<\/td><td>3<\/td><\/tr><tr><td>乙<\/td><td>4<\/td><\/tr><\/tbody><\/table>/u,
    ],
  ])("%s", async (_, text, shape) => {
    expect(await shapeOf(`前言。\n\n${text}\n後記。\n`)).toMatch(shape);
  });

  it("a table's heads that are a row of the report, as heads with an id", async () => {
    const file = path.join(await folderWith({ "t.csv": "town,homes\na,3\nb,4\n" }), "t.csv");
    const document = openPage(pageOf(await reportIn(file)));
    const rows = Array.from(document.querySelectorAll("table tr"), (it) => [
      it.parentElement?.tagName,
      it.matches('[id^="p-"]'),
      Array.from(it.children).map((cell) => wordsIn(cell)),
    ]);
    expect(document.querySelectorAll("table")).toHaveLength(1);
    expect(rows).toEqual([
      ["THEAD", true, ["town", "homes"]],
      ["TBODY", true, ["a", "3"]],
      ["TBODY", true, ["b", "4"]],
    ]);
  });

  it("two tables apart, each below its own heads", () => {
    const report = reportOfParts([
      ["row", "鎮\t戶"],
      ["row", "甲\t3"],
      ["row", "村\t人"],
      ["row", "乙\t4"],
    ]);
    const heads = [0, 0, 2, 2].map((it) => report.blocks[it]?.span);
    const blocks = report.blocks.map((it, i) => (i % 2 === 0 ? it : { ...it, columns: heads[i] }));
    const tables = Array.from(
      openPage(pageOf({ ...report, blocks })).querySelectorAll("table"),
      (it) => Array.from(it.querySelectorAll("th, td"), wordsIn).join(" "),
    );
    expect(tables).toEqual(["鎮 戶 甲 3", "村 人 乙 4"]);
  });

  it("who wrote it and when, where only the file says so, and where it was published", async () => {
    const url = "https://paper.example/a?b=1&c=2";
    const front = { author: "張三", date: "2021-12-31", url };
    const report = await reportOf("甲鎮興建公園。\n");
    const byline = openPage(pageOf({ ...report, front })).querySelector("header .byline");
    expect(byline?.textContent).toBe("張三 · 2021-12-31 · 來源");
    expect(byline?.querySelector("a")?.getAttribute("href")).toBe(url);
  });

  it.each(["javascript:alert(1)", "http://paper.example/", "https://", "//paper.example"])(
    "and no link to %s",
    async (url) => {
      const report = await reportOf("甲。\n");
      const html = pageOf({ ...report, front: { url } });
      expect(openPage(html).querySelectorAll("header a")).toHaveLength(0);
    },
  );
});

describe("the pages of a PDF", () => {
  it("stand where they begin, also within a sentence, each with what is printed on it", async () => {
    const report = await reportOf("甲鎮修路，乙鎮建橋。\n丙鎮造林。\n");
    const pages = [
      { start: 0, number: 1, label: "iv" },
      { start: 5, number: 2 },
      { start: 11, number: 3 },
      { start: 11, number: 4, label: "<4>" },
    ];
    const document = openPage(pageOf({ ...report, pages }));
    const marks = Array.from(document.querySelectorAll('[role="doc-pagebreak"]'), (it) => [
      it.id,
      it.textContent,
      it.getAttribute("aria-label"),
    ]);
    expect(marks).toEqual([
      ["page-1", "iv", "第 iv 頁"],
      ["page-2", "2", "第 2 頁"],
      ["page-4", "<4>", "第 <4> 頁"],
    ]);
    const [first] = Array.from(document.querySelectorAll("span.s"));
    expect(first?.innerHTML).toMatch(/^甲鎮修路，<span class="pg"[^>]*>2<\/span>乙鎮建橋。/u);
  });

  it("are all there, once each, for a file of several", async () => {
    const line = (text: string): { text: string; x: number; y: number } => ({
      text,
      x: 40,
      y: 500,
    });
    const pdf = writePdf([
      [line("The town mended its roads in spring.")],
      [line("The town built a bridge in summer.")],
      [line("The town planted trees in autumn.")],
    ]);
    const report = await reportIn(path.join(await folderWith({ "a.pdf": pdf }), "a.pdf"));
    const document = openPage(pageOf(report));
    expect(Array.from(document.querySelectorAll(".pg"), (it) => it.textContent)).toEqual(
      report.pages.map(({ number }) => String(number)),
    );
    expect(report.pages).toHaveLength(3);
  });
});

describe("the language of a page", () => {
  const htmlOf = async (text: string) => {
    const document = openPage(pageOf(await reportOf(text)));
    const { documentElement } = document;
    const [lang, dir] = ["lang", "dir"].map((it) => documentElement.getAttribute(it));
    return { lang, dir, document };
  };

  it.each([
    ["zh-Hant", "ltr", "這個鎮今年新建了三座公園。"],
    ["zh-Hans", "ltr", "这个镇今年新建了三座公园。"],
    ["en", "ltr", "This year the town has built three parks for its people."],
    ["ar", "rtl", "بنت البلدة هذا العام ثلاث حدائق جديدة للسكان."],
    ["he", "rtl", "השנה העירייה בנתה שלושה גנים חדשים לתושבים."],
  ])("is the report's: %s, %s", async (lang, dir, text) => {
    expect(await htmlOf(text)).toMatchObject({ lang, dir });
  });

  it("is said of the page's own words where they are in another one", async () => {
    const { document } = await htmlOf("بنت البلدة هذا العام ثلاث حدائق جديدة للسكان.");
    for (const it of document.querySelectorAll(".k, .skip, .back a, .bar")) {
      expect([it.getAttribute("lang"), it.getAttribute("dir")]).toEqual(["en", "ltr"]);
    }
    const { document: chinese } = await htmlOf("這個鎮今年新建了三座公園。");
    expect(chinese.querySelectorAll("body [lang]")).toHaveLength(0);
  });
});

describe("a page is safe", () => {
  const html = pageOf(REPORT);
  const policy = openPage(html)
    .querySelector('meta[http-equiv="Content-Security-Policy"]')
    ?.getAttribute("content");
  const hashOf = (source = ""): string =>
    `'sha256-${createHash("sha256").update(source).digest("base64")}'`;

  it("forbids all but its own style and script, by their hashes", () => {
    const style = /<style>(.*)<\/style>/su.exec(html)?.[1];
    const script = /<script>(.*?)<\/script>/su.exec(html)?.[1];
    expect(policy).toBe(
      `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(html).not.toMatch(/ style="| on[a-z]+="/u);
  });

  it("asks for nothing else from anywhere", () => {
    const document = openPage(html);
    expect(document.querySelectorAll("[src], iframe, object, embed, form, base")).toHaveLength(0);
    const hrefs = Array.from(document.querySelectorAll("[href]"), (it) => it.getAttribute("href"));
    expect(hrefs.filter((it) => !it?.startsWith("#"))).toEqual(["data:,", "index.html"]);
    expect(html).not.toMatch(/@import|url\(/u);
  });

  it("is kept from search engines unless they may list it", () => {
    const robots = (isIndexed: boolean) =>
      openPage(renderReport(REPORT, { siteUrl: undefined, isIndexed })).querySelector(
        'meta[name="robots"][content="noindex"]',
      );
    expect(robots(false)).not.toBeNull();
    expect(robots(true)).toBeNull();
  });

  it("shows a report's tags, and its marks of direction keep to their sentence and stay out of the title", async () => {
    const bad = '題</script><script>alert(1)</script></style></title><img src=x onerror="a">\u202E';
    const report = await reportOf(`# ${bad}\n\n${bad}。又一句。\n`, "markdown");
    const document = openPage(pageOf({ ...report, front: { author: bad, date: bad } }));
    expect(document.querySelectorAll("script")).toHaveLength(2);
    expect(document.querySelectorAll("img")).toHaveLength(0);
    expect(document.title).not.toMatch(/\u202E/u);
    expect(document.title).toContain("</script><script>");
    expect(document.querySelector("style")?.textContent).toContain(".s{unicode-bidi:isolate");
  });

  it("keeps its shape whatever a report says in any of its blocks", () => {
    const parts = fc.array(fc.tuple(fc.constantFrom(...BLOCK_KINDS), hostileText), {
      maxLength: 9,
    });
    const tags =
      "HTML HEAD META TITLE LINK STYLE BODY A NAV DETAILS SUMMARY OL LI MAIN HEADER SECTION DIV H1 H2 P SPAN UL BLOCKQUOTE PRE CODE TABLE THEAD TBODY TR TH TD BUTTON ASIDE BDI OUTPUT SCRIPT";
    fc.assert(
      fc.property(parts, hostileText, (blocks, said) => {
        const report = reportOfParts([["paragraph", "前。"], ...blocks]);
        const front = { author: said, date: said, url: said };
        const html = pageOf({ ...report, title: said, front });
        const document = openPage(html);
        const found = Array.from(document.querySelectorAll("*"), (it) => it.tagName);
        expect(found.filter((it) => !tags.split(" ").includes(it))).toEqual([]);
        expect(found.filter((it) => it === "SCRIPT")).toHaveLength(2);
        expect(found.filter((it) => it === "STYLE")).toHaveLength(1);
        expect(new Set(wordsById(html).keys()).size).toBe(report.passages.length);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
