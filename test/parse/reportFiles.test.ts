import path from "node:path";
import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { readReportFiles, tellNotRead } from "../../src/parse/reportFiles.ts";
import { folderWith, temporaryFolder } from "../support/folders.ts";

describe("a folder of reports", () => {
  it("is read in the order of the names, without hidden files", async () => {
    const folder = await folderWith({ "b.txt": "乙。", "a.md": "甲。", ".c.txt": "丙。" });
    const { files, refused, others } = await readReportFiles(folder);
    expect(files.map(({ id, format }) => [id, format])).toEqual([
      ["a", "markdown"],
      ["b", "text"],
    ]);
    expect([refused, others]).toEqual([[], []]);
  });

  it("names files of other kinds, folders that look like reports, and nothing else", async () => {
    const folder = await folderWith({ "a.txt": "甲。", "b.odt": "x", "images/c.txt": "丙。" });
    await mkdir(path.join(folder, "d.txt"));
    const read = await readReportFiles(folder);
    expect(read.files.map(({ id }) => id)).toEqual(["a"]);
    expect(read.others).toEqual(["b.odt"]);
    const [folderSentence, othersSentence, ...more] = tellNotRead(read, read.refused);
    expect(folderSentence).toBe(
      `The report ${path.join(folder, "d.txt")} is no file but a folder, a pipe or a device.`,
    );
    expect(othersSentence).toMatch(/^Not read, since only \.txt.* are: b\.odt\.$/u);
    expect(more).toEqual([]);
  });

  it("reads the first of two reports of one name", async () => {
    const folder = await folderWith({ "a.md": "甲。", "a.txt": "乙。", "b.txt": "丙。" });
    const { files, refused } = await readReportFiles(folder);
    expect(files.map((file) => path.basename(file.path))).toEqual(["a.md", "b.txt"]);
    expect(refused.map(({ file }) => path.basename(file))).toEqual(["a.txt"]);
    expect(refused[0]?.why).toContain("have the same name: rename one of them; only the first");
  });

  it("follows no link out of it, but one within it", async () => {
    const folder = await folderWith({ "a.txt": "甲。" });
    const outside = await folderWith({ "secret.txt": "密。" });
    await symlink(path.join(outside, "secret.txt"), path.join(folder, "b.txt"));
    await symlink("a.txt", path.join(folder, "c.txt"));
    await symlink("nowhere.txt", path.join(folder, "d.txt"));
    const { files, refused } = await readReportFiles(folder);
    expect(files.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(refused.map(({ why }) => why)).toEqual([
      expect.stringContaining("b.txt is a link to a file outside its folder: copy the file there"),
      expect.stringContaining("d.txt cannot be read: check that it is there"),
    ]);
  });

  it("waits for no pipe", async () => {
    const folder = await folderWith({ "a.txt": "甲。" });
    await promisify(execFile)("mkfifo", [path.join(folder, "b.txt")]);
    const { files, refused } = await readReportFiles(folder);
    expect(files.map(({ id }) => id)).toEqual(["a"]);
    expect(refused[0]?.why).toContain("b.txt is no file but a folder, a pipe or a device.");
  });

  it("says why its only report cannot be read", async () => {
    const folder = await temporaryFolder();
    await expect(readReportFiles(folder)).rejects.toThrow("holds no report: put a file there");
    await writeFile(path.join(folder, "b.odt"), "x");
    await expect(readReportFiles(folder)).rejects.toThrow("holds no report: put a file there");
    await mkdir(path.join(folder, "d.txt"));
    await expect(readReportFiles(folder)).rejects.toThrow("d.txt is no file but a folder");
  });
});
