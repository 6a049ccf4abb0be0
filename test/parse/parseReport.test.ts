import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report, Span } from "../../src/report.ts";
import { cleanText } from "../../src/parse/clean/clean.ts";
import { readMarkdown } from "../../src/parse/formats/markdown.ts";
import { readPlainText } from "../../src/parse/formats/plainText.ts";
import { readReport } from "../../src/parse/parseReport.ts";
import { SEED } from "../support/seed.ts";

function words({ text }: Report, { start, end }: Span): string {
  return text.slice(start, end);
}

function spansOf({ blocks, sections, sentences, passages }: Report): Span[] {
  const spans = [...blocks, ...sentences, ...passages].map(({ span }) => span);
  return [...spans, ...sections.map(({ heading }) => heading)];
}

const line = fc
  .array(
    fc.constantFrom(
      ...Array.from("黨史學習教育，。。！？；：“”（）「」 ——…·3a.,\t|"),
      "一、",
      "# ",
      "- ",
      "——",
      "```",
      "本報記者",
      "Go on. ",
      "𠀀",
    ),
    { maxLength: 20, size: "max" },
  )
  .map((pieces) => pieces.join(""));
const document = fc.array(line, { maxLength: 15, size: "max" }).map((lines) => lines.join("\n"));
const reader = fc.constantFrom(readPlainText, readMarkdown);

function anyReport(check: (report: Report) => void): void {
  const property = fc.property(document, reader, (raw, read) => {
    check(readReport("id", read(cleanText(raw).text)));
  });
  fc.assert(property, { seed: SEED, numRuns: 300 });
}

describe("any report", () => {
  it("has spans that are slices, without white space around", () => {
    anyReport((report) => {
      for (const span of spansOf(report)) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThan(span.start);
        expect(span.end).toBeLessThanOrEqual(report.text.length);
        expect(words(report, span)).toBe(words(report, span).trim());
      }
    });
  });

  it("has blocks in order that do not overlap", () => {
    anyReport(({ blocks }) => {
      blocks.slice(1).forEach(({ span }, i) => {
        expect(span.start).toBeGreaterThanOrEqual(blocks[i]?.span.end ?? Infinity);
      });
    });
  });

  it("has sentences that tile their blocks", () => {
    anyReport((report) => {
      report.blocks.forEach(({ span }, block) => {
        const inside = report.sentences.filter((it) => it.block === block);
        const said = inside.map((it) => words(report, it.span)).join("");
        expect(said.replace(/\s/gu, "")).toBe(words(report, span).replace(/\s/gu, ""));
      });
    });
  });

  it("has passages that cover all sentences, each from its first to its last", () => {
    anyReport((report) => {
      report.passages.forEach(({ span, block, sentences: [from, to] }, passage) => {
        const inside = report.sentences.filter((it) => it.passage === passage);
        const ofBlock = report.sentences.filter((it) => it.block === block);
        expect(inside).toEqual(ofBlock.slice(from - 1, to));
        expect(span).toEqual({ start: inside[0]?.span.start, end: inside.at(-1)?.span.end });
      });
    });
  });

  it("has sections whose paths end with their heading, and blocks that point to the last one above", () => {
    anyReport((report) => {
      for (const { heading, level, path } of report.sections) {
        expect(path.at(-1)).toBe(words(report, heading));
        expect(path.length).toBeLessThanOrEqual(level);
      }
      for (const { section, span } of report.blocks) {
        const above = report.sections.filter(({ heading }) => heading.start <= span.start);
        expect(section).toBe(above.length === 0 ? undefined : above.length - 1);
      }
    });
  });
});

describe("readReport", () => {
  it("takes the id for the title where there is none", () => {
    expect(readReport("a-2021", readPlainText("正文。")).title).toBe("a-2021");
    expect(readReport("a", readMarkdown("# 題 目\n\n正文。")).title).toBe("題 目");
  });

  it("finds nothing in a blank text", () => {
    const { blocks, passages } = readReport("a", readPlainText(" \n\n"));
    expect([blocks, passages]).toEqual([[], []]);
  });
});
