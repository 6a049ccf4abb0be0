import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planChunks } from "../../src/ingest/chunks.ts";
import { readMarkdown } from "../../src/parse/formats/markdown.ts";
import { readReport } from "../../src/parse/parseReport.ts";
import type { Report } from "../../src/report.ts";
import { SEED } from "../support/seed.ts";

const line = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((level) => `${"#".repeat(level)} Heading`),
  fc.integer({ min: 1, max: 3 }).map((count) => "It rained all day. ".repeat(count)),
);

function reportOf(lines: readonly string[]): Report {
  return readReport("r", readMarkdown(`${lines.join("\n\n")}\n`));
}

/** The sentences below a heading, looked up one by one. */
function below({ sections, blocks, sentences }: Report, section: number): number[] {
  const level = sections[section]?.level ?? 0;
  const next = sections.findIndex((it, i) => i > section && it.level <= level);
  const end = next < 0 ? sections.length : next;
  return sentences.flatMap(({ block }, i) => {
    const own = blocks[block]?.section ?? -1;
    return own >= section && own < end ? [i] : [];
  });
}

function rangesOf({ ranges }: { readonly ranges: Uint32Array }): number[][] {
  return Array.from({ length: ranges.length / 2 }, (_, i) => [...ranges.slice(2 * i, 2 * i + 2)]);
}

describe("planChunks", () => {
  it("has a heading stand for all below it, through all reports", () => {
    fc.assert(
      fc.property(fc.array(fc.array(line), { maxLength: 3 }), (texts) => {
        const reports = texts.map(reportOf);
        let first = 0;
        const expected = reports.flatMap((report) => {
          const from = first;
          first += report.sentences.length;
          return report.sections.flatMap((_, section) => {
            const own = below(report, section);
            const last = own.at(-1);
            return last === undefined ? [] : [[from + (own[0] ?? 0), from + last + 1]];
          });
        });
        const plan = planChunks(reports);
        expect(rangesOf(plan).slice(0, plan.headings.length)).toEqual(expected);
      }),
      { seed: SEED },
    );
  });

  it("has a paragraph of more than one sentence stand for them, and each sentence for itself", () => {
    const plan = planChunks([reportOf(["One. Two.", "Three."])]);
    expect(rangesOf(plan)).toEqual([
      [0, 2],
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect([...plan.paragraphOf]).toEqual([0, 0, 3]);
    expect(plan.sentences).toEqual(["One.", "Two.", "Three."]);
  });
});
