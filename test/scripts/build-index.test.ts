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
      "notes.pdf": "%PDF",
    });
    const index = path.join(await temporaryFolder(), "index");
    expect(await runScript("index", ["--reports", reports, "--index", index], { env })).toEqual({
      code: 0,
      signal: null,
      stdout: "",
      stderr: "The index is ready: 1 report, 2 passages, 2 sentences.\n",
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
    [["--clean", "package.json"], 1, "The report package.json is neither a .txt nor a .md file"],
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
