/** Files as people have them: what a careful reader sees in each, and that what answers stands in one passage. */
import { describe, expect, it } from "vitest";
import { parseReport } from "../../src/parse/parseReport.ts";
import type { Parsed } from "../../src/parse/parseReport.ts";
import { readReportFiles } from "../../src/parse/reportFiles.ts";
import { summarise } from "../../src/parse/summary.ts";
import type { Summary } from "../../src/parse/summary.ts";
import { bare, readCases } from "../support/cases.ts";

async function parseAll(folder: string): Promise<(Parsed & { readonly path: string })[]> {
  const { files } = await readReportFiles(folder);
  return Promise.all(
    files.map(async (file) => ({ ...(await parseReport(file)), path: file.path })),
  );
}

function passagesOf({ report }: Parsed): { readonly text: string; readonly above: string }[] {
  return report.passages.map(({ span, block }) => {
    const section = report.sections[report.blocks[block]?.section ?? -1];
    return {
      text: report.text.slice(span.start, span.end),
      above: bare([report.title, ...(section?.path ?? [])].join(" ")),
    };
  });
}

/** What is understood of a file of a case; of the first unless it is named. */
async function summaryOf(folder: string, file = ""): Promise<Summary> {
  const parsed = (await parseAll(folder)).find(({ path }) => path.endsWith(file));
  if (!parsed) throw new Error(`${folder} has no ${file}`);
  return summarise(parsed);
}

describe.each(readCases())("$kind", ({ folder, expected }) => {
  it.each(expected.filter(({ structure }) => structure))("is understood: %j", async (line) => {
    const { headings, ...summary } = await summaryOf(folder, line.file);
    const there = headings.map(({ text }) => bare(text));
    const { headings: wanted, notHeadings, title, sentences } = line.structure ?? {};
    if (wanted !== undefined) {
      const texts = wanted.map(bare);
      expect(there).toEqual(texts.length === 0 ? [] : expect.arrayContaining(texts));
    }
    for (const it of notHeadings ?? []) expect(there).not.toContain(bare(it));
    if (title !== undefined) expect(bare(summary.title)).toBe(bare(title));
    if (sentences !== undefined) expect(summary.sentences).toBe(sentences);
    for (const key of ["author", "date"] as const) {
      expect(bare(summary[key] ?? "")).toContain(bare(line.structure?.[key] ?? ""));
    }
  });

  it.each(expected.filter((it) => it.question !== undefined && it.first !== undefined))(
    "has a passage that answers: %j",
    async ({ first = "", not, maxChars = Infinity, section = "" }) => {
      const passages = (await parseAll(folder)).flatMap(passagesOf);
      const right = passages.filter(({ text }) => bare(text).includes(bare(first)));
      expect(right).not.toEqual([]);
      const fit = right.filter(
        ({ text, above }) =>
          (not === undefined || !bare(text).includes(bare(not))) &&
          text.length <= maxChars &&
          above.includes(bare(section)),
      );
      expect(fit, JSON.stringify(right)).not.toEqual([]);
    },
  );
});
