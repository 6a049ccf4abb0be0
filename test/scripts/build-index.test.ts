import path from "node:path";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { cleanText } from "../../src/parse/clean/clean.ts";
import { SMALL_MODEL, folderWith, temporaryFolder } from "../support/folders.ts";
import { runScript } from "../support/process.ts";

const REPORT = "reports/dingzhou-2021-review.txt";
const env = { MODEL_DIR: SMALL_MODEL };

describe("index", () => {
  it("builds the index and says what it holds", async () => {
    const reports = await folderWith({
      "a.txt": "甲鎮新建公園三個。乙鎮改造小區。\n",
      "notes.odt": "PK",
    });
    const index = path.join(await temporaryFolder(), "index");
    const ended = await runScript("index", ["--reports", reports, "--index", index], { env });
    expect(ended).toMatchObject({ code: 0, signal: null, stdout: "" });
    expect(ended.stderr).toMatch(
      /^Not read, since only .* are: notes\.odt\.\nThe index is ready: 1 report, 2 passages, 2 sentences\.\n$/u,
    );
  });

  it("names a report that cannot be used, indexes the rest and ends with 1", async () => {
    const reports = await folderWith({ "a.txt": "甲鎮新建公園三個。\n", "b.txt": "\u0000" });
    const index = path.join(await temporaryFolder(), "index");
    const { code, stderr } = await runScript("index", ["--reports", reports, "--index", index], {
      env,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The file .*b\.txt holds .*\.\nThe index is ready: 1 report, .*\n$/u);
  });

  it("prints what it understands of a report, and as data", async () => {
    const text = "# 題目\n\n本報記者張三\n\n## 甲\n\n甲鎮新建公園三個。乙鎮修路。\n";
    const file = path.join(await folderWith({ "a.md": text }), "a.md");
    const { stdout, stderr, code } = await runScript("index", ["--outline", file], { env });
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toBe(
      "title: 題目\nauthor: 張三\nheadings:\n  甲\nblocks: 1 title, 1 byline, 1 heading, 1 paragraph\nsentences: 2\n",
    );
    const json = await runScript("index", ["--outline", file, "--json"], { env });
    expect(JSON.parse(json.stdout)).toEqual({
      title: "題目",
      author: "張三",
      headings: [{ text: "甲", level: 1 }],
      blocks: { title: 1, byline: 1, heading: 1, paragraph: 1 },
      sentences: 2,
      leftOut: [],
    });
  });

  it("prints a clean text and nothing else", async () => {
    const { stdout, stderr, code } = await runScript("index", ["--clean", REPORT], { env });
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toBe(cleanText(await readFile(REPORT, "utf8")).text);
    expect(stdout).toContain("改造提升42所學校(園)，6所新改擴建學校投用，建成4個緊密型醫聯體。\n");
  });

  it("explains each rule with its count and at most ten examples", async () => {
    const index = path.join(await temporaryFolder(), "index");
    const { stdout, code } = await runScript("index", ["--explain", "--index", index], {
      env,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("pinyin notes: 165\n");
    expect(stdout).toContain("doubled marks: 221\n");
    expect(stdout).toContain("4:42  的寶貴歷史經(jīng)驗,。  →  的寶貴歷史經驗,。\n");
    expect(stdout.split("pinyin notes")[1]?.split("\n\n")[0]?.match(/→/g)).toHaveLength(10);
  });

  it.each([
    [["--clean", "/nowhere.txt"], 1, "The report /nowhere.txt cannot be read"],
    [
      ["--clean", "package.json"],
      1,
      "The report package.json is of a kind that is not read: save it as one of",
    ],
    [["--clean", REPORT, "--explain"], 2, "leave --explain out"],
    [["--clean"], 2, "argument missing"],
    [["now"], 2, "too many arguments"],
  ])("refuses %j with one sentence", async (words, code, sentence) => {
    const ended = await runScript("index", words, { env });
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(ended.stdout).toBe("");
  });
});
