import { describe, expect, it } from "vitest";
import type { Answer, ScoredExcerpt } from "../../src/ask/answer.ts";
import { renderExplanation } from "../../src/terminal/explain.ts";

function excerpt(passage: string, score: number): ScoredExcerpt {
  return {
    report: "a",
    title: "題目",
    section: [],
    paragraph: 2,
    sentences: [1, 1],
    start: 0,
    end: 3,
    passage,
    text: "甲乙。",
    highlight: [0, 3],
    score,
    contributions: { interaction: 0.5, dense: 0.2, words: 0.125, glosses: 0, pinyin: 0 },
    alsoAt: [],
  };
}

const features = {
  interaction: 3,
  strength: 0.5,
  dense: 0.25,
  unmatched: 0,
  lexical: 0.125,
  margin: 1,
  lead: 2,
  length: 2.5,
};

const answer: Answer = {
  state: "found",
  confidence: 0.875,
  language: "zh-Hant",
  excerpts: Array.from({ length: 7 }, (_, i) => excerpt(`passage${i}`, 0.825)),
  headings: [],
  intent: { intent: "other", probability: 0.9 },
  reasons: {
    features,
    effects: { ...features, unmatched: -0.75 },
    bias: -4.5,
    thresholds: { found: 0.75, maybe: 0.0625 },
  },
};

describe("renderExplanation", () => {
  it("shows what the question was taken for, every feature, and what each score adds", () => {
    const text = renderExplanation({ ...answer, excerpts: [excerpt("abcd2345", 0.885)] });
    expect(text).toBe(
      [
        "language zh-Hant · taken for other (0.900) · confidence 0.875: found from 0.750, maybe from 0.063",
        "",
        "vectors: HNSW graph",
        "",
        "feature      value    adds",
        "interaction  3.000   3.000",
        "strength     0.500   0.500",
        "dense        0.250   0.250",
        "unmatched    0.000  -0.750",
        "lexical      0.125   0.125",
        "margin       1.000   1.000",
        "lead         2.000   2.000",
        "length       2.500   2.500",
        "(always)            -4.500",
        "",
        "passage   score  interaction  dense  words  glosses  pinyin  quotation",
        "abcd2345  0.885        0.500  0.200  0.125    0.000   0.000      0.060",
        "",
      ].join("\n"),
    );
  });

  it("takes the first five passages apart", () => {
    const rows = renderExplanation(answer).match(/^passage\d.*$/gmu) ?? [];
    expect(rows.map((row) => row.slice(0, 8))).toEqual([
      "passage0",
      "passage1",
      "passage2",
      "passage3",
      "passage4",
    ]);
  });

  it("says why all vectors were looked at", () => {
    expect(renderExplanation(answer, "there is no graph")).toContain(
      "\nvectors: exact search, since there is no graph\n",
    );
  });

  it("has no features to show for a question about the document itself", () => {
    const text = renderExplanation({
      ...answer,
      intent: { intent: "title", probability: 0.8 },
      reasons: undefined,
    });
    expect(text).toContain("taken for title (0.800) · confidence 0.875\n");
    expect(text).not.toContain("feature");
  });
});
