import path from "node:path";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { folderWith, temporaryFolder } from "../support/folders.ts";
import { runScript } from "../support/process.ts";

const REPORTS = {
  "a.txt": "甲鎮新建公園三個。乙鎮改造小區。\n",
  "Annual Report.md": "# Annual Report\n\nThe town mended its roads in spring.\n",
};

describe("site", () => {
  it("writes a page for each report and one that lists them, the same again", async () => {
    const reports = await folderWith(REPORTS);
    const out = path.join(await temporaryFolder(), "public");
    const ended = await runScript("site", ["--out", out, "--reports", reports]);
    expect(ended).toMatchObject({ code: 0, signal: null, stdout: "" });
    expect(ended.stderr).toBe(`${out} holds the pages of 2 reports: index.html lists them.\n`);
    const names = (await readdir(out)).sort();
    expect(names).toEqual([
      ".verbatim-site.json",
      "a.html",
      "a.words.html",
      expect.stringMatching(/^annual-report_[0-9a-f]{16}\.html$/u),
      "index.html",
    ]);
    const list = await readFile(path.join(out, "index.html"), "utf8");
    for (const name of [names[1], names[3]]) expect(list).toContain(`href="${name ?? ""}"`);
    expect(list).not.toContain(".words.html");
    const other = path.join(await temporaryFolder(), "public");
    await runScript("site", ["--out", other, "--reports", reports]);
    for (const name of names) {
      expect(await readFile(path.join(other, name))).toEqual(await readFile(path.join(out, name)));
    }
  });

  it("cites by the address of the site, and lets search engines in, where the settings say so", async () => {
    const reports = await folderWith({ "a.txt": REPORTS["a.txt"] });
    const out = path.join(await temporaryFolder(), "public");
    const env = { SITE_URL: "https://reports.example/city", SITE_INDEX: "true" };
    await runScript("site", ["--out", out, "--reports", reports], { env });
    const page = await readFile(path.join(out, "a.html"), "utf8");
    expect(page).toContain("a. https://reports.example/city/a.html</bdi>");
    expect(page).not.toContain("noindex");
  });

  it("names a report that cannot be used, writes the rest and ends with 1", async () => {
    const reports = await folderWith({ "a.txt": REPORTS["a.txt"], "b.txt": "\u0000" });
    const out = path.join(await temporaryFolder(), "public");
    const { code, stderr } = await runScript("site", ["--out", out, "--reports", reports]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The file .*b\.txt holds .*\n.* holds the page of 1 report: .*\n$/u);
  });

  it.each([
    ["no folder", [], 2, /required option '--out <DIR>' not specified/u],
    ["a file", ["--out", "package.json"], 1, /^package\.json is a file: name a folder .*\.\n$/u],
    ["a folder of others", ["--out", "src"], 1, /^The folder src is not empty, .*\.\n$/u],
  ])("says in one sentence what is wrong with %s", async (_, words, code, sentence) => {
    const ended = await runScript("site", words);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(sentence);
  });

  it("says in one sentence what is wrong with SITE_URL, before anything is written", async () => {
    const out = path.join(await temporaryFolder(), "public");
    const ended = await runScript("site", ["--out", out], {
      env: { SITE_URL: "http://a.example" },
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^Settings that cannot be used: SITE_URL must be the https:\/\//u);
    await expect(readdir(out)).rejects.toThrow(/ENOENT/u);
  });

  it("keeps what somebody else has written into the site", async () => {
    const reports = await folderWith(REPORTS);
    const out = path.join(await temporaryFolder(), "public");
    await runScript("site", ["--out", out, "--reports", reports]);
    await writeFile(path.join(out, "a.html"), "mine");
    const { code, stderr } = await runScript("site", ["--out", out, "--reports", reports]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${path.join(out, "a.html")} is not as Verbatim wrote it: move it elsewhere, and write the site again.\n`,
    });
  });
});
