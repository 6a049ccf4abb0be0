import { describe, expect, it } from "vitest";
import type { BlockKind } from "../../src/report.ts";
import { readPassages } from "../../src/parse/passages.ts";

function passages(text: string, kind: BlockKind = "paragraph"): string[] {
  const block = { kind, span: { start: 0, end: text.length }, section: undefined };
  return readPassages("id", text, [block]).passages.map(({ span }) =>
    text.slice(span.start, span.end),
  );
}

describe("readPassages", () => {
  it.each([
    ["a quotation and its speaker", "“甲。”|他說。"],
    ["each sentence otherwise", "甲。||乙。||丙！"],
    ["only the sentence right behind it", "“甲。”|他說。||丙。"],
    ["the last of two quotations", "“甲。”||“乙。”|他說。"],
    ["a quotation at the end and the sentence before", "甲。||他這樣說。|“乙。”"],
    ["a quotation between two speakers goes to the later", "他說。||“甲。”|她說。"],
    ["quotations on both sides of their speaker", "“甲。”|他說。|“乙。”"],
    ["corner brackets", "「甲。」|他說。"],
    ["not a sentence that only begins with a quote", "“甲”和乙。||丙。"],
    ["not a sentence with two quotes", "“甲”和“乙。”||丙。"],
    ["quotations alone", "“甲。”||“乙。”"],
  ])("cites together: %s", (_, marked) => {
    const expected = marked.split("||").map((passage) => passage.replaceAll("|", ""));
    expect(passages(marked.replaceAll("|", ""))).toEqual(expected);
  });

  it.each(["title", "subtitle", "heading", "item", "code", "byline"] as const)(
    "cites a whole block of kind %s",
    (kind) => {
      expect(passages("甲。乙。", kind)).toEqual(["甲。乙。"]);
    },
  );

  it("counts sentences from 1 within their block", () => {
    const text = "甲。“乙。”他說。\n丙。";
    const paragraph = { kind: "paragraph", section: undefined } as const;
    const blocks = [
      { ...paragraph, span: { start: 0, end: 9 } },
      { ...paragraph, span: { start: 10, end: 12 } },
    ];
    const { passages: found, sentences } = readPassages("id", text, blocks);
    expect(found.map((it) => [it.block, it.sentences])).toEqual([
      [0, [1, 1]],
      [0, [2, 3]],
      [1, [1, 1]],
    ]);
    expect(sentences.map(({ passage }) => passage)).toEqual([0, 1, 1, 2]);
  });

  it("names a passage by its report and its words alone", () => {
    const idOf = (report: string, text: string, at: number): string | undefined => {
      const block = {
        kind: "item",
        span: { start: at, end: text.length },
        section: undefined,
      } as const;
      return readPassages(report, text, [block]).passages[0]?.id;
    };
    const id = idOf("a", "甲。", 0);
    // The first 40 bits of SHA-256 of "a\n甲。" in RFC 4648's base 32.
    expect(id).toBe("vm7pbqv6");
    expect(idOf("a", "別的。甲。", 3)).toBe(id);
    expect(idOf("b", "甲。", 0)).not.toBe(id);
    expect(idOf("a", "甲！", 0)).not.toBe(id);
  });

  it("gives the same words in two places two names, the first of which they have alone, too", () => {
    const block = { kind: "paragraph", section: undefined } as const;
    const blocks = [0, 3].map((start) => ({ ...block, span: { start, end: start + 2 } }));
    const ids = readPassages("a", "甲。\n甲。", blocks).passages.map(({ id }) => id);
    expect(ids[0]).toBe("vm7pbqv6");
    expect(new Set(ids).size).toBe(2);
  });
});
