import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Span } from "../../src/report.ts";
import { cleanText } from "../../src/parse/clean/clean.ts";
import { decodeText } from "../../src/parse/decode.ts";
import { readPlainText } from "../../src/parse/formats/plainText.ts";
import { readReport } from "../../src/parse/parseReport.ts";

const FILE = "reports/dingzhou-2021-review.txt";
const clean = cleanText(decodeText(readFileSync(FILE), FILE));
const report = readReport("dingzhou-2021-review", readPlainText(clean.text));

interface Question {
  readonly id: string;
  readonly answerable: boolean;
  readonly gold: readonly string[];
  readonly spans: readonly string[];
  readonly paragraphs: readonly number[];
}

function readQuestion(json: string): Question {
  const row: unknown = JSON.parse(json);
  if (typeof row !== "object" || row === null) throw new TypeError(`No question: ${json}`);
  const fields = new Map<string, unknown>(Object.entries(row));
  const field = (name: string): unknown => fields.get(name);
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  return {
    id: String(field("id")),
    answerable: field("answerable") === true,
    gold: list(field("gold")).map((it) => normal(String(it))),
    spans: list(field("gold_spans")).map((it) => normal(String(it))),
    paragraphs: list(field("gold_paragraphs")).map(Number),
  };
}

function normal(text: string): string {
  return text.normalize("NFKC").replace(/\s/gu, "");
}

function words({ start, end }: Span): string {
  return report.text.slice(start, end);
}

function isRight(passage: string, { gold, spans }: Question): boolean {
  const text = normal(passage);
  return gold.some(
    (it) => text.includes(it) || (it.includes(text) && spans.some((span) => text.includes(span))),
  );
}

const questions = readFileSync("test/quality/report-dev.jsonl", "utf8")
  .trimEnd()
  .split("\n")
  .map(readQuestion)
  .filter(({ answerable }) => answerable);

describe("the Dingzhou report", () => {
  it("is cleaned of each kind of damage", () => {
    expect(clean.rules.map(({ name, count }) => [name, count])).toEqual([
      ["line endings", 0],
      ["invisible characters", 0],
      ["pinyin notes", 165],
      ["doubled marks", 221],
      ["half-width marks", 173],
    ]);
    expect(cleanText(clean.text).text).toBe(clean.text);
  });

  it("keeps its one true parenthesis, and no half-width mark", () => {
    expect(clean.text.match(/[(),;:!?]/gu)).toEqual(["(", ")"]);
    expect(clean.text).toContain("改造提升42所學校(園)，6所新改擴建學校投用");
    expect(clean.text).toContain("重復信訪事項化解率100%；解決了");
    expect(clean.text).toContain("不當個事，走！”\n");
  });

  it("keeps every digit", () => {
    const raw = readFileSync(FILE, "utf8");
    expect(clean.text.replace(/[^0-9.%+]/gu, "")).toBe(raw.replace(/[^0-9.%+]/gu, ""));
  });

  it("has a block for each line, a title, a subtitle and a byline", () => {
    expect(report.blocks).toHaveLength(48);
    expect(report.title).toBe("砥礪初心使命 凝聚奮進力量");
    const named = report.blocks.flatMap(({ kind, span }, i) =>
      ["title", "subtitle", "byline"].includes(kind) ? [`${i + 1} ${kind} ${words(span)}`] : [],
    );
    expect(named).toEqual([
      "1 title 砥礪初心使命 凝聚奮進力量",
      "2 subtitle 回眸2021·我市扎實開展黨史學習教育綜述",
      "48 byline 本報記者聶資濱",
    ]);
  });

  it("has three sections, six sub-headings and four list items", () => {
    expect(report.sections.map(({ level, heading }) => `${level} ${words(heading)}`)).toEqual([
      "1 開展“我為群眾辦實事”實踐活動解決群眾“急難愁盼”問題",
      "1 用好紅色資源賡續紅色血脈從百年黨史中汲取奮進力量",
      "2 用好紅色資源，實現學黨史、悟思想、辦實事、開新局",
      "2 強化宣講活動，推動黨史學習教育深入基層、深入群眾、深入人心",
      "2 講好紅色故事，在全市廣大黨員干部中引發強烈共鳴",
      "1 打造基層治理“紅色引擎”筑牢基層組織戰斗堡壘",
      "2 種好“責任田”，牽住“牛鼻子”，建強基層干部隊伍",
      "2 激情實干擔當，奮楫時代征程，我市圓滿完成換屆",
      "2 加強黨員教育培訓，在深思細悟中提高認識，以理論上的清醒促進政治上的堅定",
    ]);
    const items = report.blocks.flatMap(({ kind }, i) => (kind === "item" ? [i + 1] : []));
    expect(items).toEqual([19, 20, 21, 22]);
  });

  it("has 65 sentences in 56 passages with ids of their own, title and headings among them", () => {
    expect([report.sentences.length, report.passages.length]).toEqual([65, 56]);
    expect(new Set(report.passages.map(({ id }) => id)).size).toBe(56);
  });

  it("cites a quotation with its speaker", () => {
    const speech = report.passages.find(({ span }) => words(span).startsWith("“注重用黨的"));
    expect(speech && words(speech.span)).toMatch(/品格。”2021年2月20日，.*鮮明指出。$/u);
    expect(speech?.sentences).toEqual([1, 2]);
  });

  it("has the 60 answerable questions to be held against", () => {
    expect(questions).toHaveLength(60);
  });

  it.each(questions)("answers $id with a passage at its place", (question) => {
    for (const gold of question.gold) expect(normal(report.text)).toContain(gold);
    const right = report.passages.filter(({ span }) => isRight(words(span), question));
    expect(right).not.toEqual([]);
    const places = right.map(({ block }) => block + 1);
    expect(question.paragraphs).toEqual(expect.arrayContaining(places));
  });
});
