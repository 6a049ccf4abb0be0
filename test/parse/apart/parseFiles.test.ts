import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseFile, parseReports } from "../../../src/parse/apart/parseFiles.ts";
import { parseReport } from "../../../src/parse/parseReport.ts";
import { readReportFile, readReportFiles } from "../../../src/parse/reportFiles.ts";
import { folderWith } from "../../support/folders.ts";

const MARKDOWN = "# 題目\n\n## 甲\n\n甲鎮新建公園三個。\n\n- 乙鎮改造小區。\n";

async function filesOf(files: Record<string, string>) {
  return (await readReportFiles(await folderWith(files))).files;
}

describe("reports that are parsed in a process of their own", () => {
  it("are what they are here", async () => {
    const files = await filesOf({ "a.md": MARKDOWN, "b.txt": "題目\n\n丙縣修路。\n" });
    const { reports, refused } = await parseReports(files);
    expect(refused).toEqual([]);
    const here = await Promise.all(files.map(parseReport));
    expect(reports).toEqual(here.map(({ report }) => report));
  });

  it("fail alone, with one sentence", async () => {
    const files = await filesOf({ "a.md": "<!-- -->", "b.txt": "丙縣修路。", "c.md": MARKDOWN });
    const { reports, refused } = await parseReports(files);
    expect(reports.map(({ id }) => id)).toEqual(["b", "c"]);
    expect(refused.map(({ file }) => path.basename(file))).toEqual(["a.md"]);
    expect(refused[0]?.why).toMatch(/^The report .*a\.md holds no sentence: .*\.$/u);
  });

  it("are given up where they take too long or need too much memory, and the next is read", async () => {
    const large = MARKDOWN.repeat(40_000);
    const files = await filesOf({ "a.md": large, "b.md": MARKDOWN, "c.txt": "丙縣修路。" });
    const late = await parseReports(files, { timeoutMs: 1, heapMb: 512 });
    expect(late.refused[0]?.why).toMatch(/a\.md was not read within 0\.001 s: save it anew/u);
    expect(late.reports.map(({ id }) => id)).toEqual(["c"]);
    const full = await parseReports(files, { timeoutMs: 120_000, heapMb: 24 });
    expect(full.refused[0]?.why).toMatch(/a\.md needs more memory than is allowed/u);
    expect(full.reports.map(({ id }) => id)).toEqual(["b", "c"]);
  });

  it("say why none of them can be used", async () => {
    const [file] = await filesOf({ "a.md": "<!-- -->" });
    if (file === undefined) throw new Error("no file");
    await expect(parseReports([file])).rejects.toThrow("holds no sentence");
    await expect(parseFile(await readReportFile(file.path))).rejects.toThrow("holds no sentence");
  });
});
