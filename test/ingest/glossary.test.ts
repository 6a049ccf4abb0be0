import { describe, expect, it } from "vitest";
import { buildGlossary } from "../../src/ingest/glossary.ts";
import { parseReports } from "../../src/parse/apart/parseFiles.ts";
import { readReportFiles } from "../../src/parse/reportFiles.ts";
import type { Report } from "../../src/report.ts";
import { readDictionary } from "../../src/terms/dictionary.ts";
import { folderWith } from "../support/folders.ts";
import { smallIndex } from "../support/small.ts";

const REPORTS = {
  "a.txt": "Report\n\nThe word 黨史 is Chinese.\n\n143個無物業小區納入統一管理。",
  "b.txt": "事業報告書\n\n会議は東京で行われた。",
  "c.txt": "百年奮斗\n\n凝聚力量，堅持以人民為中心。",
};

async function parse(files: Readonly<Record<string, string>>): Promise<readonly Report[]> {
  const folder = await readReportFiles(await folderWith({ ...files }));
  return (await parseReports(folder.files)).reports;
}

describe("the glossary", () => {
  it("has the words of Chinese passages alone, each reading with its senses once", async () => {
    const reports = await parse(REPORTS);
    const { words, ends, entries } = await buildGlossary(reports, await readDictionary());
    const texts = reports.flatMap(({ text, passages }) =>
      passages.map(({ span }) => text.slice(span.start, span.end)),
    );
    const cut = texts.map((text, i) => {
      const range = words.subarray(3 * (ends[i - 1] ?? 0), 3 * (ends[i] ?? 0));
      return Array.from({ length: range.length / 3 }, (_, k) =>
        text.slice(range[3 * k], range[3 * k + 1]),
      ).join("|");
    });
    expect(texts.map((text, i) => [text, cut[i]])).toEqual([
      ["Report", ""],
      ["The word 黨史 is Chinese.", ""],
      ["143個無物業小區納入統一管理。", "個|無|物業|小區|納入|統一|管理"],
      ["事業報告書", ""],
      ["会議は東京で行われた。", ""],
      ["百年奮斗", "百年|奮斗"],
      ["凝聚力量，堅持以人民為中心。", "凝聚|力量|堅持|以|人民|為|中心"],
    ]);
    const keys = entries.map((it) => JSON.stringify(it));
    expect(new Set(keys).size).toBe(keys.length);
    expect(Math.max(...words.filter((_, i) => i % 3 === 2))).toBe(entries.length - 1);
  });

  it("is in the index, by passage", async () => {
    const { generation: index } = await smallIndex(REPORTS);
    const all = await index.readWords(index.passages);
    const texts = await index.readTexts(index.passages);
    const found = all.map((words, i) =>
      words.map(({ start, end, pinyin }) => `${texts[i]?.slice(start, end) ?? ""} ${pinyin}`),
    );
    expect(found.filter((words) => words.length > 0)).toEqual([
      ["個 gè", "無 wú", "物業 wùyè", "小區 xiǎoqū", "納入 nàrù", "統一 tǒngyī", "管理 guǎnlǐ"],
      ["百年 bǎinián", "奮斗 fèndòu"],
      [
        "凝聚 níngjù",
        "力量 lìliang",
        "堅持 jiānchí",
        "以 yǐ",
        "人民 rénmín",
        "為 wéi",
        "中心 zhōngxīn",
      ],
    ]);
    expect(all.flat().find(({ pinyin }) => pinyin === "wùyè")?.senses[0]).toBe("property");
  });
});
