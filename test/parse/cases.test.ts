/** Files as people have them: what a careful reader sees in each, and that what answers stands in one passage. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseReport } from "../../src/parse/parseReport.ts";
import type { Parsed } from "../../src/parse/parseReport.ts";
import { readReportFiles } from "../../src/parse/reportFiles.ts";
import { summarise } from "../../src/parse/summary.ts";

const FOLDER = "test/fixtures/cases";

interface Expected {
  readonly question?: string;
  readonly first?: string;
  readonly not?: string;
  readonly maxChars?: number;
  readonly section?: string;
  readonly file?: string;
  readonly structure?: Readonly<Record<string, unknown>>;
}

function readExpected(kind: string): Expected[] {
  const lines = readFileSync(`${FOLDER}/${kind}/expected.jsonl`, "utf8").trimEnd().split("\n");
  return lines.map((line): Expected => JSON.parse(line) as Expected);
}

async function parseAll(kind: string): Promise<(Parsed & { readonly path: string })[]> {
  const { files } = await readReportFiles(`${FOLDER}/${kind}`);
  return Promise.all(
    files.map(async (file) => ({ ...(await parseReport(file)), path: file.path })),
  );
}

/** As the cases are compared. */
function bare(text: string): string {
  return text.normalize("NFKC").replace(/\p{White_Space}/gu, "");
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

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map((it) => bare(String(it))) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? bare(value) : "";
}

describe.each(readdirSync(FOLDER))("%s", (kind) => {
  const expected = readExpected(kind);

  it.each(expected.filter(({ structure }) => structure))("is understood: %j", async (line) => {
    const all = await parseAll(kind);
    const parsed = all.find(({ path }) => line.file === undefined || path.endsWith(line.file));
    if (!parsed) throw new Error(`${kind} has no ${String(line.file)}`);
    const { headings, ...summary } = summarise(parsed);
    const there = headings.map(({ text }) => bare(text));
    const { headings: wanted, notHeadings, title, sentences, author, date } = line.structure ?? {};
    if (wanted !== undefined) {
      const texts = textsOf(wanted);
      expect(there).toEqual(texts.length === 0 ? [] : expect.arrayContaining(texts));
    }
    for (const it of textsOf(notHeadings)) expect(there).not.toContain(it);
    if (title !== undefined) expect(bare(summary.title)).toBe(textOf(title));
    if (sentences !== undefined) expect(summary.sentences).toBe(sentences);
    if (author !== undefined) expect(bare(summary.author ?? "")).toContain(textOf(author));
    if (date !== undefined) expect(bare(summary.date ?? "")).toContain(textOf(date));
  });

  it.each(expected.filter((it) => it.question !== undefined && it.first !== undefined))(
    "has a passage that answers: %j",
    async ({ first = "", not, maxChars = Infinity, section = "" }) => {
      const passages = (await parseAll(kind)).flatMap(passagesOf);
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
