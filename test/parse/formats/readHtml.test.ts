import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { readHtml } from "../../../src/parse/formats/html/readHtml.ts";

function read(html: string | Uint8Array) {
  const bytes = typeof html === "string" ? new TextEncoder().encode(html) : html;
  return readHtml({ bytes, path: "page.html" });
}

function parts(html: string): string[] {
  const { text, parts: all } = read(html);
  return all.map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`);
}

const PROSE =
  "The library opens at nine in the morning, and it closes at six in the evening on all days of the week.";

describe("readHtml", () => {
  it("reads the article out of what stands around it, and tells what it left out", () => {
    const html = `<title>Opening hours | Town</title><nav><a href=/>Home</a></nav><header>Town news</header>
      <main><h1>Opening hours</h1><p>${PROSE}</p><aside>Read also</aside></main>
      <div class="cookie-notice">We use cookies.</div><footer>Imprint</footer><script>var a = "no";</script>`;
    expect(parts(html)).toEqual(["title Opening hours", `paragraph ${PROSE}`]);
    expect(read(html).leftOut?.map(({ text, why }) => `${why}: ${text}`)).toEqual([
      "navigation: Home",
      "header: Town news",
      "aside: Read also",
      "cookie notice: We use cookies.",
      "footer: Imprint",
    ]);
  });

  it("finds the article among nameless elements by its prose", () => {
    const links = `<div><a href=/a>One story</a> <a href=/b>Another story</a></div>`;
    const html = `<div>${links}<div><div><p>${PROSE}<p>${PROSE}</div></div>${links}</div>`;
    expect(parts(html)).toEqual([`paragraph ${PROSE}`, `paragraph ${PROSE}`]);
  });

  it("leaves out what nobody sees", () => {
    const html = `<p>${PROSE}</p><p hidden>one<p style="display: none">two<p style="color:#fff">three
      <p style="background:navy;color:white">Seen.</p>`;
    expect(parts(html)).toEqual([`paragraph ${PROSE}`, "paragraph Seen."]);
    expect(read(html).leftOut?.map(({ why }) => why)).toEqual(["hidden", "hidden", "hidden"]);
  });

  it("reads lists with their numbers, definitions, quotations, captions, notes and code", () => {
    const html = `<p>${PROSE}</p><ol start=3><li>Three<ul><li>Within</ul><li><p>Four</p></ol>
      <dl><dt>Term<dd>Meaning</dl><blockquote><p>Said.</p></blockquote>
      <figure><figcaption>A view</figcaption></figure><pre>a\n  b</pre>
      <section role="doc-endnotes"><p>A note. <a href="#r1">↩</a></p></section>`;
    expect(parts(html)).toEqual([
      `paragraph ${PROSE}`,
      "item 3. Three",
      "item Within",
      "item 4. Four",
      "item Term\nMeaning",
      "quotation Said.",
      "caption A view",
      "code a\n  b",
      "note A note.",
    ]);
  });

  it("reads tables of data as rows below the heads of their columns, other tables as they stand", () => {
    const html = `<p>${PROSE}</p><table><tr><th>Year<th>Sum<tr><td rowspan=2>1999<td>3<tr><td>4</table>
      <table><tr><td><p>${PROSE}</table>`;
    const { text, parts: all } = read(html);
    const rows = all.filter(({ kind }) => kind === "row");
    expect(rows.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      "Year\tSum",
      "1999\t3",
      "1999\t4",
    ]);
    expect(rows.map((row) => (row.kind === "heading" ? undefined : row.columns))).toEqual([
      undefined,
      rows[0]?.span,
      rows[0]?.span,
    ]);
    expect(parts(html).at(-1)).toBe(`paragraph ${PROSE}`);
  });

  it("shows white space, breaks, readings and entities as a browser does", () => {
    const html = `<p>${PROSE}</p><p>一行\n  二行 &amp;<br>三行</p><p><ruby>東京<rt>とうきょう</rt></ruby>駅</p>`;
    expect(parts(html).slice(1)).toEqual([
      "paragraph 一行二行 &",
      "paragraph 三行",
      "paragraph 東京駅",
    ]);
  });

  it("takes author, date and an https address from the page's own words", () => {
    const html = `<meta property="article:published_time" content="2024-05-01T10:00:00Z">
      <link rel=canonical href="https://example.org/a"><p>${PROSE}</p><p class="byline">By Ann Lee</p>`;
    expect(read(html).front).toEqual({
      author: "Ann Lee",
      date: "2024-05-01",
      url: "https://example.org/a",
    });
  });

  it("takes the site's name off a title that no heading says", () => {
    expect(read(`<title>Floods in the north - The Gazette</title><p>${PROSE}`).title).toBe(
      "Floods in the north",
    );
  });

  it.each([
    ["gb2312", [0xd6, 0xd0, 0xce, 0xc4], "中文"],
    ["shift_jis", [0x93, 0xfa, 0x96, 0x7b], "日本"],
    ["windows-1251", [0xcc, 0xe8, 0xf0], "Мир"],
  ])("reads %s where the page declares it", (charset, word, said) => {
    const head = new TextEncoder().encode(`<meta charset="${charset}"><p>`);
    expect(read(new Uint8Array([...head, ...word])).text).toBe(said);
  });

  it("refuses a hundred thousand tags within one another in one sentence", () => {
    expect(() => read("<div>".repeat(100_000))).toThrow(UserError);
    expect(() => read("<div>".repeat(100_000))).toThrow(/page\.html.*save it as plain text\.$/u);
  });
});
