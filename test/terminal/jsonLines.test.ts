import { describe, expect, it } from "vitest";
import type { TimedAnswer } from "../../src/ask/ask.ts";
import { mapNames } from "../../src/names.ts";
import { FEATURES } from "../../src/search/decision/features.ts";
import { readQuestionLine, toJsonLine } from "../../src/terminal/jsonLines.ts";

const EFFECTS = mapNames(FEATURES, () => 0.5);

const JUDGEMENT = { effects: EFFECTS, bias: -1, probability: 0.75, threshold: 0.5 };

const ANSWER: TimedAnswer = {
  state: "found",
  confidence: 0.75,
  language: "zh-Hant",
  excerpts: [
    {
      report: "a",
      title: "題目",
      section: ["甲"],
      paragraph: 3,
      sentences: [1, 1],
      start: 10,
      end: 19,
      passage: "abcd2345",
      text: "改造41個，好。",
      highlight: [0, 5],
      score: 0.87654,
      contributions: { interaction: 0.5, dense: 0.25, words: 0.125, glosses: 0, pinyin: 0 },
      rank: -0.5,
      reading: { score: 1.5, span: [2, 5] },
      alsoAt: [],
    },
  ],
  headings: ["甲"],
  reasons: { features: EFFECTS, answers: JUDGEMENT, relates: JUDGEMENT },
  ms: { encode: 1.23456, search: 2, read: 30.00049, total: 34 },
};

const PLAIN = {
  id: 7,
  question: "幾個？",
  state: "found",
  language: "zh-Hant",
  excerpts: [
    {
      passage: "abcd2345",
      report: "a",
      title: "題目",
      section: ["甲"],
      paragraph: 3,
      sentences: [1, 1],
      text: "改造41個，好。",
      start: 10,
      end: 19,
      highlight: [0, 5],
      score: 0.8765,
    },
  ],
  headings: ["甲"],
  ms: { encode: 1.235, search: 2, read: 30, total: 34 },
};

describe("toJsonLine", () => {
  const named = { id: 7, question: "幾個？" };

  it("gives an answer, its excerpts and its times", () => {
    expect(JSON.parse(toJsonLine(named, ANSWER, false))).toEqual(PLAIN);
  });

  it("says behind which question it was understood, where it was", () => {
    const { after }: { after?: unknown } = JSON.parse(
      toJsonLine(named, { ...ANSWER, after: "甲鎮呢？" }, false),
    ) as object;
    expect(after).toBe("甲鎮呢？");
  });

  it("adds what the answer comes from where it is to be explained, and what was read", () => {
    const windows = [{ report: "a", paragraphs: [3, 4], score: 1.5, words: "41個" }] as const;
    const explained = { ...ANSWER, read: { windows, whyUnread: undefined } };
    const [excerpt] = ANSWER.excerpts;
    expect(JSON.parse(toJsonLine(named, explained, true))).toEqual({
      ...PLAIN,
      excerpts: PLAIN.excerpts.map((it) => ({
        ...it,
        contributions: excerpt?.contributions,
        rank: -0.5,
        reading: { score: 1.5, span: [2, 5] },
      })),
      explanation: { confidence: 0.75, ...ANSWER.reasons, windows },
    });
  });

  it("says why nothing was read, and of an excerpt that was not read that it was not", () => {
    const whyUnread = "READ_WINDOWS is 0.";
    const excerpts = ANSWER.excerpts.map((it) => ({ ...it, reading: undefined }));
    const line = toJsonLine(named, { ...ANSWER, excerpts, read: { windows: [], whyUnread } }, true);
    expect(JSON.parse(line)).toMatchObject({
      excerpts: [{ reading: null }],
      explanation: { windows: [], whyUnread },
    });
  });
});

describe("readQuestionLine", () => {
  it("reads an object with an id", () => {
    expect(readQuestionLine('{"id":"a1","question":"几个？","more":1}', 7)).toEqual({
      id: "a1",
      question: "几个？",
    });
  });

  it("takes plain text as it is, and the line's number as its id", () => {
    expect(readQuestionLine("  how many? ", 7)).toEqual({ id: 7, question: "how many?" });
  });

  it("takes the line's number where an object has no id", () => {
    expect(readQuestionLine('{"question":"几个？"}', 7).id).toBe(7);
  });

  it("keeps an id of 0", () => {
    expect(readQuestionLine('{"question":"几个？","after":"公園？"}', 7).after).toBe("公園？");
    expect(readQuestionLine('{"id":0,"question":"几个？"}', 7).id).toBe(0);
  });

  it("reads over a byte order mark at the start", () => {
    expect(readQuestionLine('\uFEFF{"id":"a","question":"几个？"}', 1).id).toBe("a");
  });

  it.each(['{"id":1}', '{"question":5}', "{几个？", '{"id":1,"question":"x"'])(
    "refuses %s",
    (line) => {
      expect(() => readQuestionLine(line, 7)).toThrow("This is no JSON object with a question");
    },
  );
});
