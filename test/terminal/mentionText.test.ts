import { describe, expect, it } from "vitest";
import type { Mention } from "../../src/ask/mentions.ts";
import { renderCount, renderMention } from "../../src/terminal/mentionText.ts";

const MENTION: Mention = {
  report: "a",
  title: "題目\u202e",
  section: ["甲"],
  page: 4,
  paragraph: 3,
  sentences: [2, 2],
  start: 10,
  end: 16,
  passage: "abcd2345",
  text: "小區和小區\u001b[31m。",
  columns: "名\t數",
  highlight: [0, 2],
  highlights: [
    [0, 2],
    [3, 5],
  ],
  alsoAt: [],
};

describe("a mention on the terminal", () => {
  it("has its words in bold, the heads of its columns above and its place below", () => {
    expect(renderMention(MENTION, true)).toBe(
      "\u001b[2m名\t數\u001b[22m\n" +
        "\u001b[1m小區\u001b[22m和\u001b[1m小區\u001b[22m\u{FFFD}[31m。\n" +
        "\u001b[2m   題目\u{FFFD} › 甲 · p. 4 · paragraph 3, sentence 2\u001b[22m",
    );
  });

  it("is plain text without colours", () => {
    expect(renderMention({ ...MENTION, highlights: [] }, false)).toBe(
      "名\t數\n小區和小區\u{FFFD}[31m。\n   題目\u{FFFD} › 甲 · p. 4 · paragraph 3, sentence 2",
    );
  });
});

describe("the number of mentions", () => {
  it.each([
    [0, "No sentence holds \u{FFFD}x. What it means can be asked: verbatim ask"],
    [1, "1 sentence holds \u{FFFD}x"],
    [37, "37 sentences hold \u{FFFD}x"],
    [10_000, "10,000 sentences hold \u{FFFD}x"],
  ])("of %i", (total, expected) => {
    expect(renderCount("\u001bx", total, false)).toBe(expected);
  });
});
