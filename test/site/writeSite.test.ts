import { chmod, mkdir, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeSite } from "../../src/site/writeSite.ts";
import type { SiteFiles } from "../../src/site/writeSite.ts";
import { folderWith, temporaryFolder } from "../support/folders.ts";

const site = (files: Record<string, string>): SiteFiles => new Map(Object.entries(files));
const OLD = site({ "a.words.html": "w1", "a.html": "a1", "b.html": "b1", "index.html": "i1" });
const NEW = site({ "b.html": "b2", "c.html": "c2", "index.html": "i2" });
const INVENTORY = ".verbatim-site.json";
const Inventory = v.object({ files: v.record(v.string(), v.array(v.string())) });

/** All files of a folder, by name. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((it) => readFile(path.join(folder, it), "utf8")));
  return Object.fromEntries(names.map((name, i) => [name, texts[i] ?? ""]));
}

async function sitePages(folder: string): Promise<Record<string, string>> {
  const files = await filesIn(folder);
  return Object.fromEntries(Object.entries(files).filter(([name]) => name !== INVENTORY));
}

async function writtenSite(): Promise<string> {
  const folder = path.join(await temporaryFolder(), "new", "site");
  await writeSite(folder, OLD);
  return folder;
}

describe("writeSite", () => {
  it("makes the folder, and nothing but the site in it", async () => {
    expect(await sitePages(await writtenSite())).toEqual(Object.fromEntries(OLD));
  });

  it("leaves the same bytes when it is written again", async () => {
    const folder = await writtenSite();
    const before = await filesIn(folder);
    await writeSite(folder, OLD);
    expect(await filesIn(folder)).toEqual(before);
  });

  it("replaces its pages, and removes those of reports that are gone", async () => {
    const folder = await writtenSite();
    await writeSite(folder, NEW);
    expect(await sitePages(folder)).toEqual(Object.fromEntries(NEW));
  });

  it("leaves what others put beside its pages", async () => {
    const folder = await writtenSite();
    await writeFile(path.join(folder, "CNAME"), "reports.example");
    await mkdir(path.join(folder, ".git"));
    await writeSite(folder, NEW);
    expect(await readFile(path.join(folder, "CNAME"), "utf8")).toBe("reports.example");
    expect((await stat(path.join(folder, ".git"))).isDirectory()).toBe(true);
  });

  it.each([
    ["that it would replace", "b.html"],
    ["of a report that is gone", "a.html"],
    ["of a name that it would take for the first time", "c.html"],
  ])("loses no page that somebody wrote: one %s", async (_, name) => {
    const folder = await writtenSite();
    await writeFile(path.join(folder, name), "somebody's");
    const before = await filesIn(folder);
    await expect(writeSite(folder, NEW)).rejects.toThrow(
      new RegExp(`${name} is not as Verbatim wrote it: move it elsewhere`, "u"),
    );
    expect(await filesIn(folder)).toEqual(before);
  });

  it("loses no folder of the name of a page", async () => {
    const folder = await writtenSite();
    await mkdir(path.join(folder, "c.html"));
    await expect(writeSite(folder, NEW)).rejects.toThrow(/c\.html is not as Verbatim wrote it/u);
  });

  it("writes a page anew that is gone", async () => {
    const folder = await writtenSite();
    await rm(path.join(folder, "b.html"));
    await writeSite(folder, OLD);
    expect(await sitePages(folder)).toEqual(Object.fromEntries(OLD));
  });

  it("takes no folder that holds something else", async () => {
    const folder = await folderWith({ "notes.txt": "mine" });
    await expect(writeSite(folder, OLD)).rejects.toThrow(
      /is not empty, and what is in it is no site/u,
    );
    expect(await filesIn(folder)).toEqual({ "notes.txt": "mine" });
  });

  it.each(['{"files":{"../a.html":["x"]}}', "no JSON", "{}", '{"files":{"b.html":"b"}}'])(
    "takes no folder by an inventory that it did not write: %s",
    async (inventory) => {
      const folder = await folderWith({ [INVENTORY]: inventory, "b.html": "b" });
      await expect(writeSite(folder, OLD)).rejects.toThrow(/is no site of Verbatim's/u);
      expect(await readFile(path.join(folder, "b.html"), "utf8")).toBe("b");
    },
  );

  it("goes on where a crash has left it: before the first page, and between two", async () => {
    const first = path.join(await temporaryFolder(), "site");
    await mkdir(path.join(first, ".verbatim-site-new"), { recursive: true });
    await writeFile(path.join(first, ".verbatim-site-new", "a.html"), "a");
    await writeSite(first, OLD);
    expect(await sitePages(first)).toEqual(Object.fromEntries(OLD));

    const folder = await writtenSite();
    const other = await writtenSite();
    await writeSite(other, NEW);
    // As between the renames: both inventories in one, some pages old and some new.
    const files: Record<string, string[]> = {};
    for (const it of [folder, other]) {
      const inventory = v.parse(
        Inventory,
        JSON.parse(await readFile(path.join(it, INVENTORY), "utf8")),
      );
      for (const [name, hashes] of Object.entries(inventory.files)) {
        files[name] = [...(files[name] ?? []), ...hashes];
      }
    }
    await writeFile(path.join(folder, INVENTORY), JSON.stringify({ files }));
    await writeFile(path.join(folder, "b.html"), "b2");
    await writeSite(folder, NEW);
    expect(await sitePages(folder)).toEqual(Object.fromEntries(NEW));
  });

  it("changes nothing where a page cannot be written", async () => {
    const folder = await writtenSite();
    const before = await filesIn(folder);
    const impossible = new Map([...NEW, [`${"x".repeat(300)}.html`, "x"]]);
    await expect(writeSite(folder, impossible)).rejects.toThrow(
      /cannot be written: check its rights/u,
    );
    expect(await filesIn(folder)).toEqual(before);
  });

  it("says of a file that it is none, and of a folder that it cannot be written", async () => {
    const file = path.join(await folderWith({ site: "text" }), "site");
    await expect(writeSite(file, OLD)).rejects.toThrow(/site is a file: name a folder/u);
    await expect(writeSite(path.join(file, "below"), OLD)).rejects.toThrow(
      /is a file: name a folder/u,
    );
    // A link to nowhere is no folder either, whoever asks.
    const link = path.join(await temporaryFolder(), "site");
    await symlink("/proc/no-such-folder/site", link);
    await expect(writeSite(link, OLD)).rejects.toThrow(/cannot be written|is a file/u);
  });

  it.skipIf(process.getuid?.() === 0)(
    "says of a closed folder that it cannot be written",
    async () => {
      const folder = await temporaryFolder();
      await chmod(folder, 0o500);
      onTestFinished(() => chmod(folder, 0o700));
      await expect(writeSite(folder, OLD)).rejects.toThrow(/cannot be written: check its rights/u);
    },
  );
});
