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
      "paragraph 引文。",
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
