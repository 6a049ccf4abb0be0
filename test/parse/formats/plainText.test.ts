import { describe, expect, it } from "vitest";
import { readPlainText } from "../../../src/parse/formats/plainText.ts";
import { outlineOf } from "../../../src/parse/outline.ts";

/** One line a block: its kind, the level of a heading, and its words. */
function outline(text: string): string[] {
  const { blocks, sections } = outlineOf(readPlainText(text));
  return blocks.map(({ kind, span, section }) => {
    const level = kind === "heading" ? String(sections[section ?? -1]?.level) : "";
    return `${kind}${level} ${text.slice(span.start, span.end)}`;
  });
}

function paths(text: string): string[] {
  return outlineOf(readPlainText(text)).sections.map(({ path }) => path.join(" > "));
}

describe("front matter", () => {
  it("is a short first line, a dash line below it and a byline", () => {
    expect(outline("標題 在此\n——副標題\n本報記者張三\n正文在此。")).toEqual([
      "title 標題 在此",
      "subtitle 副標題",
      "byline 本報記者張三",
      "paragraph 正文在此。",
    ]);
  });

  it.each([
    "本報記者聶資濱",
    "（本报记者 张三 通讯员 李四）",
    "記者 張三",
    "通訊員：李四",
    "文／王五",
    "作者：趙六",
    "By Ann Lee",
  ])("knows the byline %s at the end and near the start", (line) => {
    expect(outline(`標題\n正文。\n正文。\n${line}`).at(-1)).toBe(`byline ${line}`);
    expect(outline(`標題\n${line}\n正文。`)[1]).toBe(`byline ${line}`);
  });

  it.each(["記者從市委獲悉，工作已完成。", "記者觀察到的變化", "By the way, it works."])(
    "takes no sentence or heading for a byline: %s",
    (line) => {
      expect(outline(`標題\n正文。\n${line}\n正文。`)[2]).not.toContain("byline");
    },
  );

  it("is missing in a text of plain paragraphs", () => {
    expect(outline("第一段在此。\n\n  第二段在此！  \n第三段")).toEqual([
      "paragraph 第一段在此。",
      "paragraph 第二段在此！",
      "paragraph 第三段",
    ]);
    expect(outline("只有一行")).toEqual(["paragraph 只有一行"]);
    expect(outline(" \n\n")).toEqual([]);
  });

  it("has no title that is too long, goes on or is numbered", () => {
    expect(outline(`${"長".repeat(61)}\n正文。`)[0]).toMatch(/^paragraph/u);
    expect(outline("各位代表：\n正文。")[0]).toBe("paragraph 各位代表：");
    expect(outline("一、總則\n正文。")[0]).toBe("heading1 一、總則");
  });
});

describe("headings", () => {
  it("are short lines without a final mark, with something below", () => {
    const text = `標題\n第一節題目\n正文。\n“急難愁盼”問題\n正文。\n${"長".repeat(51)}\n正文。\n末行`;
    expect(outline(text).map((it) => it.slice(0, 12))).toEqual([
      "title 標題",
      "heading1 第一節",
      "paragraph 正文",
      "heading2 “急難",
      "paragraph 正文",
      "paragraph 長長",
      "paragraph 正文",
      "paragraph 末行",
    ]);
  });

  it("of dashes stand one level below the plain ones, and are items if they are sentences", () => {
    const text = "標題\n大題目\n——小題目\n正文。\n——完成了一件事。又一件。\n另一大題目\n正文。";
    expect(outline(text)).toEqual([
      "title 標題",
      "heading1 大題目",
      "heading2 小題目",
      "paragraph 正文。",
      "item 完成了一件事。又一件。",
      "heading1 另一大題目",
      "paragraph 正文。",
    ]);
    expect(paths(text)).toEqual(["大題目", "大題目 > 小題目", "另一大題目"]);
    expect(outlineOf(readPlainText(text)).blocks.map(({ section }) => section)).toEqual([
      undefined,
      0,
      1,
      1,
      1,
      2,
      2,
    ]);
  });

  it("of dashes are the highest where there are no others", () => {
    expect(outline("標題\n正文。\n——小題目\n正文。")[2]).toBe("heading1 小題目");
  });

  it("keep their numbers and nest by them", () => {
    const text =
      "標題\n第一章 總則\n一、原則\n（一）細則\n1. 要點\n正文。\n二、其他\n正文2.\n第二章 附則\n正文。";
    expect(paths(text)).toEqual([
      "第一章 總則",
      "第一章 總則 > 一、原則",
      "第一章 總則 > 一、原則 > （一）細則",
      "第一章 總則 > 一、原則 > （一）細則 > 1. 要點",
      "第一章 總則 > 二、其他",
      "第二章 附則",
    ]);
  });

  it("are not numbers that begin a line", () => {
    expect(outline("標題\n正文。\n3.5萬個問題得到解決\n正文。")[2]).toBe(
      "heading1 3.5萬個問題得到解決",
    );
    expect(outline("標題\n正文。\n一、這是一句話。\n正文。")[2]).toBe("paragraph 一、這是一句話。");
  });

  it("are not lines that go on, rows or bullets", () => {
    expect(outline("標題\n措施如下：\n- 甲\n• 乙\n丙\t丁\n正文。")).toEqual([
      "title 標題",
      "paragraph 措施如下：",
      "item 甲",
      "item 乙",
      "paragraph 丙\t丁",
      "paragraph 正文。",
    ]);
  });

  it("are not three or more lines in a row without text below", () => {
    expect(outline("靜夜思\n床前明月光\n疑是地上霜\n舉頭望明月\n低頭思故鄉")).toEqual([
      "title 靜夜思",
      "paragraph 床前明月光",
      "paragraph 疑是地上霜",
      "paragraph 舉頭望明月",
      "paragraph 低頭思故鄉",
    ]);
    expect(outline("標題\n正文。\n——甲\n——乙\n——丙\n正文。").slice(2, 5)).toEqual([
      "item 甲",
      "item 乙",
      "item 丙",
    ]);
  });

  it("are two in a row, and one set apart below a poem", () => {
    expect(outline("標題\n大題目\n又一題目\n正文。").slice(1, 3)).toEqual([
      "heading1 大題目",
      "heading1 又一題目",
    ]);
    const text = "標題\n正文。\n\n春眠不覺曉\n處處聞啼鳥\n夜來風雨聲\n\n評語\n好詩。";
    expect(outline(text).slice(2)).toEqual([
      "paragraph 春眠不覺曉",
      "paragraph 處處聞啼鳥",
      "paragraph 夜來風雨聲",
      "heading1 評語",
      "paragraph 好詩。",
    ]);
  });
});

describe("hard-wrapped files", () => {
  const wide = "黨史學習教育開展以來市委認真學習貫徹重要論述按照決策部署";

  it("have paragraphs between blank lines", () => {
    const text = `標題\n\n${wide}\n${wide}\n${wide}。\n\n${wide}\n${wide}\n完。\n\n`;
    expect(outline(text)).toEqual([
      "title 標題",
      `paragraph ${wide}\n${wide}\n${wide}。`,
      `paragraph ${wide}\n${wide}\n完。`,
    ]);
  });

  it("are not files whose lines end sentences or are short", () => {
    expect(outline(`${wide}。\n${wide}。\n${wide}。`)).toHaveLength(3);
    expect(outline("短行甲\n短行乙\n短行丙\n短行丁")).toHaveLength(4);
  });
});
