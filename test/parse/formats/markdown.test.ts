import { describe, expect, it } from "vitest";
import { readMarkdown } from "../../../src/parse/formats/markdown.ts";
import { outlineOf } from "../../../src/parse/outline.ts";

function outline(text: string): string[] {
  const { blocks, sections } = outlineOf(readMarkdown(text));
  return blocks.map(({ kind, span, section }) => {
    const level = kind === "heading" ? String(sections[section ?? -1]?.level) : "";
    return `${kind}${level} ${text.slice(span.start, span.end)}`;
  });
}

describe("readMarkdown", () => {
  it("reads title, subtitle, byline, headings by level, lists and code", () => {
    const text = [
      "# 標題",
      "——副標題",
      "",
      "本報記者張三",
      "",
      "## 大題目 ##",
      "第一段，\n第二行。",
      "",
      "- 甲項\n- 乙項\n  1. 小項",
      "",
      "#### 小題目",
      "> 引文。",
      "",
      "——完成一件事。",
      "",
      "```js\nconst a = 1;\n\nconst b = 2;\n```",
      "",
      "另一題目\n---",
      "    indented code",
      "",
      "<!-- 註 -->",
      "",
      "[a]: https://example.com",
    ].join("\n");
    expect(outline(text)).toEqual([
      "title 標題",
      "subtitle 副標題",
      "byline 本報記者張三",
      "heading1 大題目",
      "paragraph 第一段，\n第二行。",
      "item 甲項",
      "item 乙項",
      "item 小項",
      "heading2 小題目",
      "quotation 引文。",
      "item 完成一件事。",
      "code const a = 1;\n\nconst b = 2;",
      "heading1 另一題目",
      "code indented code",
    ]);
    expect(outlineOf(readMarkdown(text)).sections.map(({ path }) => path)).toEqual([
      ["大題目"],
      ["大題目", "小題目"],
      ["另一題目"],
    ]);
  });

  it("reads front matter, and leaves out what it says of no reader's interest", () => {
    const yaml =
      '---\ntitle: "標題"\nauthor:\n  - 林若嵐\n  - name: 張三\ndate: 2024-03-18\nurl: https://a.example/b\ntags: [甲]\n---\n\n# 標題\n\n正文。';
    const toml = "+++\ntitle = '標題'\nauthor = \"林若嵐\"\ndate = 2024-03-18\n+++\n\n正文。";
    expect(outline(yaml)).toEqual([
      "title 標題",
      "byline 林若嵐",
      "byline 張三",
      "byline 2024-03-18",
      "paragraph 正文。",
    ]);
    const { front, leftOut } = readMarkdown(yaml);
    expect(front).toEqual({
      author: "林若嵐, 張三",
      date: "2024-03-18",
      url: "https://a.example/b",
    });
    expect(leftOut).toEqual([{ text: "tags", why: "front matter" }]);
    expect(outline(toml)).toEqual([
      "title 標題",
      "byline 林若嵐",
      "byline 2024-03-18",
      "paragraph 正文。",
    ]);
    expect(outline("---\ntitle: [甲\n---\n\n正文。")).toEqual(["paragraph 正文。"]);
  });

  it("reads rows of tables with their heads, task lists and footnotes", () => {
    const text =
      "| 區 | 量 |\n| --- | --- |\n| 東 | 12 |\n| 西 | |\n\n- [x] 做完。\n\n甲。[^1] 乙。\n\n[^1]: 註文。";
    expect(outline(text)).toEqual([
      "row 東 | 12",
      "row 西",
      "item 做完。",
      "paragraph 甲。[^1] 乙。",
      "note 註文。",
    ]);
    const columns = readMarkdown(text).parts.flatMap((it) => ("columns" in it ? [it.columns] : []));
    expect(columns.map((it) => text.slice(it?.start, it?.end))).toEqual(["區 | 量", "區 | 量"]);
  });

  it("takes no images, links alone and tags for words", () => {
    const text =
      '[首頁](a) · [上頁](b)\n\n![圖](a.jpg)\n正文。\n\n<div><img alt="甲"></div>\n\n<p>段落。</p>\n\n相關：<https://a.example> 、[乙](c)\n\n- [丙](d)\n\n## [題目](e)\n\n見[附件](f)，共三頁。';
    expect(outline(text)).toEqual([
      "paragraph 正文。",
      "paragraph 段落。",
      "heading1 [題目](e)",
      "paragraph 見[附件](f)，共三頁。",
    ]);
  });

  it.each([
    ">".repeat(10_000),
    "> ".repeat(10_000),
    "- ".repeat(10_000),
    "]".repeat(10_000),
    "*a_".repeat(10_000),
  ])("refuses what its library does not bear", (text) => {
    expect(() => readMarkdown(`甲。\n\n${text}`, "a.md")).toThrow(/a\.md nests/u);
  });

  it.each(["> 甲。\n\n", "- 甲。\n\n乙。\n\n", "> 甲。\n\n- 乙。\n\n"])(
    "refuses what its library takes quadratic time for: %j repeated",
    (text) => {
      expect(() => readMarkdown(text.repeat(10_000), "a.md")).toThrow(
        "The report a.md has more lists and quotations than Markdown's reader bears: split it into several, or save it as .txt.",
      );
    },
  );

  it("bears a list of any length, with blank lines and paragraphs within", () => {
    expect(outline("- 甲。\n\n  乙。\n\n".repeat(5_100))).toHaveLength(10_200);
  });

  it("bears many marks in a long list and a long table", () => {
    const rows = Array.from({ length: 1_300 }, (_, i) => `| *甲${i}* | **乙** |`).join("\n");
    const items = Array.from({ length: 1_700 }, (_, i) => `- [甲${i}](b) **乙**`).join("\n");
    expect(outline(`| a | b |\n|---|---|\n${rows}\n\n${items}`)).toHaveLength(3_000);
  });

  it("reads 10,000 aliases of front matter without following them", () => {
    const lines = Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    expect(outline(`---\na0: &a0 [甲]\n${lines.join("\n")}\n---\n\n正文。`)).toEqual([
      "paragraph 正文。",
    ]);
  });

  it("has no title if the text does not begin with a level-1 heading", () => {
    expect(outline("正文。\n\n# 題目\n\n正文。")).toEqual([
      "paragraph 正文。",
      "heading1 題目",
      "paragraph 正文。",
    ]);
    expect(outline("## 題目\n\n正文。")[0]).toBe("heading1 題目");
  });

  it("reads an unclosed fence and leaves out what is empty", () => {
    expect(outline("```\ncode\n")).toEqual(["code code"]);
    expect(outline("#\n\n```\n```\n\n-\n")).toEqual([]);
  });
});
