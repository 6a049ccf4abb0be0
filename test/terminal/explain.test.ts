import { describe, expect, it } from "vitest";
import type { Answer, ScoredExcerpt } from "../../src/ask/answer.ts";
import { mapNames } from "../../src/names.ts";
import { FEATURES } from "../../src/search/decision/features.ts";
import { renderExplanation } from "../../src/terminal/explain.ts";

function excerpt(passage: string, reading?: ScoredExcerpt["reading"]): ScoredExcerpt {
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
    score: 0.825,
    contributions: { interaction: 0.5, dense: 0.2, words: 0.125, glosses: 0, pinyin: 0 },
    rank: -1.5,
    reading,
    alsoAt: [],
  };
}

/** Every feature's value, and what it adds. */
const features = mapNames(FEATURES, () => 0.5);
const effects = mapNames(FEATURES, () => -12.25);

const answer: Answer = {
  state: "maybe",
  confidence: 0.875,
  language: "zh-Hant",
  excerpts: Array.from({ length: 7 }, (_, i) => excerpt(`passage${i}`)),
  headings: [],
  reasons: {
    features,
    answers: { effects: features, bias: -4.5, probability: 0.875, threshold: 0.9 },
    relates: {
      effects,
      bias: 1.25,
      probability: 0.75,
      threshold: 0.0625,
    },
  },
};

const window = { report: "a", paragraphs: [3, 3], score: 2.25, words: "改造41個" } as const;

describe("renderExplanation", () => {
  it("says as what the question was read, where that is not as it was asked", () => {
    const read = { as: "生产总值\u0007多少", windows: [], whyUnread: undefined };
    const text = renderExplanation({ ...answer, read });
    expect(text).toContain("searched and read as: 生产总值\uFFFD多少");
  });

  it("shows both thresholds, every feature, what was read, and what each score adds", () => {
    const text = renderExplanation({
      ...answer,
      excerpts: [excerpt("abcd2345", { score: 1.75, span: [0, 2] }), excerpt("efgh6723")],
      read: {
        windows: [window, { ...window, paragraphs: [13, 15], score: -10.5, words: "" }],
        whyUnread: undefined,
      },
    });
    expect(text).toBe(
      [
        "language zh-Hant · confidence 0.875, found from 0.900 · relates 0.750, offered from 0.063",
        "",
        "vectors: HNSW graph",
        "",
        "feature      value  answers  relates",
        ...FEATURES.map((name) => `${name.padEnd(11)}  0.500    0.500  -12.250`),
        "(always)             -4.500    1.250",
        "",
        "read                score  words",
        "paragraph 3         2.250  改造41個",
        "paragraphs 13–15  -10.500  —",
        "",
        "passage     rank  reading  score  interaction  dense  words  glosses  pinyin",
        "abcd2345  -1.500    1.750  0.825        0.500  0.200  0.125    0.000   0.000",
        "efgh6723  -1.500        —  0.825        0.500  0.200  0.125    0.000   0.000",
        "",
      ].join("\n"),
    );
  });

  it("takes the first five passages apart", () => {
    const rows = renderExplanation(answer).match(/^passage\d/gmu) ?? [];
    expect(rows).toEqual(["passage0", "passage1", "passage2", "passage3", "passage4"]);
  });

  it("says why all vectors were looked at", () => {
    expect(renderExplanation(answer, "there is no graph")).toContain(
      "\nvectors: exact search, since there is no graph\n",
    );
  });

  it.each([
    ["found", 1, "a sentence of the reports is quoted"],
    ["none", 0, "there is no passage"],
  ] as const)("says why a question without features is %s", (state, confidence, why) => {
    const text = renderExplanation({ ...answer, state, confidence, reasons: undefined });
    expect(text).toContain(`confidence ${confidence.toFixed(3)}, since ${why}\n`);
    expect(text).not.toContain("feature");
  });

  it.each([
    ["READ_WINDOWS is 0: nothing.", "\nread: nothing. READ_WINDOWS is 0: nothing.\n"],
    [undefined, "\nread: nothing\n"],
  ])("says that nothing was read, and why where that is known", (whyUnread, line) => {
    expect(renderExplanation({ ...answer, read: { windows: [], whyUnread } })).toContain(line);
  });

  it("names the report of each window where there are several", () => {
    const windows = [window, { ...window, report: "b", paragraphs: [1, 2] as const }];
    const text = renderExplanation({ ...answer, read: { windows, whyUnread: undefined } });
    expect(text).toMatch(/^a, paragraph 3 .*\nb, paragraphs 1–2 /mu);
  });

  it("cuts what the reader points at to 40 characters, in one line that nothing can turn around", () => {
    const words = `改\n\u202E造\u001B[2J${"𠀀".repeat(50)}`;
    const read = { windows: [{ ...window, words }], whyUnread: undefined };
    expect(renderExplanation({ ...answer, read })).toContain(
      `  改 \uFFFD造\uFFFD[2J${"𠀀".repeat(32)}…\n`,
    );
  });
});
