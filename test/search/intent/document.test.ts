import { describe, expect, it } from "vitest";
import { documentIntent, documentSentences } from "../../../src/search/intent/intentAnswers.ts";
import { smallIndex } from "../../support/small.ts";

const REPORT = [
  "# 定州年報",
  "",
  "2021年，全市種樹。",
  "",
  "## 環境",
  "",
  "去年種樹三千棵。",
  "",
  "### 河道",
  "",
  "1998年治理河道。",
  "",
  "## 教育",
  "",
  "新建學校六所。",
  "",
  "本報記者張三",
].join("\n");

describe("documentIntent", () => {
  it.each([
    [{ intent: "title", probability: 0.9 }, "title"],
    [{ intent: "title", probability: 0.5 }, undefined],
    [{ intent: "chat", probability: 1 }, undefined],
    [{ intent: "said", probability: 1 }, undefined],
    [{ intent: "other", probability: 1 }, undefined],
  ] as const)("of %j is %s", (guess, kind) => {
    expect(documentIntent(guess)).toBe(kind);
  });
});

describe("documentSentences", () => {
  it.each([
    ["title", ["定州年報"]],
    ["author", ["本報記者張三"]],
    ["date", ["2021年，全市種樹。"]],
    ["sections", ["環境", "教育"]],
    ["about", ["定州年報", "環境", "教育"]],
    ["heading", ["環境", "河道", "教育"]],
  ] as const)("answer what %s asks for", async (kind, expected) => {
    const { generation } = await smallIndex({ "a.md": REPORT, "b.txt": "別的報告。\n" });
    const [report] = generation.reports;
    if (report === undefined) throw new Error("there is no report");
    const sentences = await documentSentences(generation, kind, report);
    const spans = sentences.flatMap((i) => generation.sentences[i]?.span ?? []);
    const texts = await generation.readTexts(spans.map((span) => ({ report, span })));
    expect(texts).toEqual(expected);
  });
});
