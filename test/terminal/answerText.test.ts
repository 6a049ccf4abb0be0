import { describe, expect, it } from "vitest";
import type { Answer, ScoredExcerpt } from "../../src/ask/answer.ts";
import { renderCard } from "../../src/terminal/answerText.ts";

const excerpt: ScoredExcerpt = {
  report: "a",
  title: "題目",
  section: ["第一節", "甲"],
  paragraph: 13,
  sentences: [2, 2],
  start: 100,
  end: 109,
  passage: "abcd2345",
  text: "改造41個，好。",
  highlight: [0, 5],
  score: 0.8765,
  contributions: { interaction: 0.5, dense: 0.2, words: 0.1, glosses: 0, pinyin: 0 },
  rank: 0,
  reading: undefined,
  alsoAt: [],
};

const answer: Answer = {
  state: "found",
  confidence: 0.9,
  language: "zh-Hant",
  excerpts: [excerpt],
  headings: ["甲"],
  reasons: undefined,
};

describe("renderCard", () => {
  it("shows state, words and place", () => {
    expect(renderCard(answer, false)).toBe(
      [
        "Found",
        "",
        "1. 改造41個，好。",
        "   題目 › 第一節 › 甲 · paragraph 13, sentence 2",
        "   passage abcd2345",
        "",
      ].join("\n"),
    );
  });

  it("marks the matching words in bold, on a terminal only", () => {
    expect(renderCard(answer, true)).toContain("1. \u001B[1m改造41個\u001B[22m，好。");
  });

  it("names the nearest headings where there is no answer, and says so first", () => {
    const lines = renderCard({ ...answer, state: "none" }, false).split("\n");
    expect(lines[0]).toBe("Not in this report. What comes nearest:");
    expect(lines.at(-2)).toBe("Nearest headings: 甲");
  });

  it("says that it is uncertain", () => {
    expect(renderCard({ ...answer, state: "maybe" }, false)).toMatch(/^Maybe: /);
  });

  it("says below the state how much of a long question counted", () => {
    expect(renderCard({ ...answer, comparedChars: 170 }, false)).toMatch(
      /^Found\n\nThe question is long: its meaning is taken from its first 170 characters\.\n\n1\. /u,
    );
  });

  it("says behind which question it was understood, and lets that move no cursor either", () => {
    expect(renderCard({ ...answer, after: "幾個\u001B[2J" }, false)).toMatch(
      /^Found\n\nafter: 幾個\uFFFD\[2J\n\n1\. /u,
    );
  });

  it("claims only the first passage as found", () => {
    const second = { ...excerpt, passage: "efgh6723", text: "其他。", highlight: [0, 3] as const };
    const lines = renderCard({ ...answer, excerpts: [excerpt, second] }, false).split("\n");
    const places = ["1. 改造41個，好。", "Near it:", "2. 其他。"].map((line) =>
      lines.indexOf(line),
    );
    expect(places).toEqual([2, 6, 8]);
  });

  it("shows several sentences and other places", () => {
    const card = renderCard(
      {
        ...answer,
        excerpts: [{ ...excerpt, sentences: [1, 2], alsoAt: [{ ...excerpt, paragraph: 20 }] }],
      },
      false,
    );
    expect(card).toContain("paragraph 13, sentences 1–2");
    expect(card).toContain("   also: 題目 › 第一節 › 甲 · paragraph 20, sentence 2");
  });

  it("names the first of many other places, and counts those left", () => {
    const linesOf = (count: number): string[] => {
      const alsoAt = Array.from({ length: count }, (_, i) => ({ ...excerpt, paragraph: 20 + i }));
      const card = renderCard({ ...answer, excerpts: [{ ...excerpt, alsoAt }] }, false);
      return card.split("\n").filter((line) => line.startsWith("   also:"));
    };
    expect(linesOf(6)).toHaveLength(6);
    expect(linesOf(3_000)).toHaveLength(6);
    expect(linesOf(3_000).at(-1)).toBe("   also: in 2995 other places");
  });

  it("shows page and date where the report has them, the number that is printed before the one that is counted", () => {
    const cardOf = (fields: Partial<ScoredExcerpt>): string =>
      renderCard({ ...answer, excerpts: [{ ...excerpt, ...fields }] }, false);
    expect(cardOf({ page: 12 })).toContain("甲 · p. 12 · paragraph 13, sentence 2");
    expect(cardOf({ page: 4, pageLabel: "iv" })).toContain(" · p. iv · ");
    expect(cardOf({ date: "2021年2月" })).toContain("   題目 (2021年2月) › 第一節");
  });

  it("shows the heads of a row's columns above it", () => {
    const row = { ...excerpt, text: "甲鎮\t3", columns: "地方\t公園", highlight: [0, 0] as const };
    expect(renderCard({ ...answer, excerpts: [row] }, false)).toContain(
      "1. 地方\t公園\n   甲鎮\t3\n   題目",
    );
  });

  it("lets no report move the cursor or turn the text around", () => {
    const card = renderCard(
      { ...answer, excerpts: [{ ...excerpt, text: "改\u001B[2J造\u202E4", highlight: [0, 1] }] },
      false,
    );
    expect(card).toContain("1. 改\uFFFD[2J造\uFFFD4");
  });
});
