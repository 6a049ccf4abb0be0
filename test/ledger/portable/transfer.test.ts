/** npm run ledger, as a process, and the lines that it reads. */
import path from "node:path";
import { readFile, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLedger } from "../../../src/ledger/ledger.ts";
import type { Ledger } from "../../../src/ledger/ledger.ts";
import { boundedLines, readLedgerFile } from "../../../src/ledger/portable/ledgerFile.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { runScript } from "../../support/process.ts";
import { SEED } from "../../support/seed.ts";

const BY = { guild: "2", user: "5" };
const HEADER = '{"verbatim":"ledger","version":1}';
const HOSTILE = '誰是張濤？\'); drop table approvals; -- \u2028 "x"';
const WORDS = "0".repeat(64);

const APPROVAL = {
  type: "approval",
  guild: "2",
  question: "q",
  language: "en",
  passages: [{ id: "aaaaaaaa", words: WORDS }],
  note: null,
  at: 5,
};

async function open(dataDir: string): Promise<Ledger> {
  const ledger = await openLedger({ dataDir, retentionDays: 30 });
  onTestFinished(() => ledger.close());
  return ledger;
}

/** A ledger with an approval, a gap and settings. */
async function filled(): Promise<{ readonly dataDir: string; readonly ledger: Ledger }> {
  const dataDir = path.join(await temporaryFolder(), "data");
  const ledger = await open(dataDir);
  const vector = { key: "k", language: "zh", row: Int8Array.of(1), space: "s" };
  const passages = [{ id: "aaaaaaaa", words: WORDS }];
  await ledger.approvals.approve(BY, { question: HOSTILE, vector, passages, note: "n" }, 1);
  const shown = { guild: "2", channel: "3", question: "why", language: "en", passages: [] };
  await ledger.answers.record({ ...shown, message: "4", asker: "9", state: "none" }, 2);
  const occurrence = { guild: "2", channel: "3", message: "4", question: "why", vector };
  await ledger.gaps.recordOccurrence({ ...occurrence, reason: "none" }, 2);
  await ledger.settings.set(BY, { moderatorRole: "7" }, 3);
  return { dataDir, ledger };
}

async function* chunksOf(...chunks: readonly string[]): AsyncGenerator<string> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const linesOf = (...lines: readonly unknown[]): string =>
  [HEADER, ...lines.map((it) => (typeof it === "string" ? it : JSON.stringify(it)))].join("\n");

it("the lines of a ledger stand by server and question, whenever they were written", async () => {
  const ledger = await open(path.join(await temporaryFolder(), "data"));
  const passages = [{ id: "aaaaaaaa", words: WORDS }];
  for (const guild of ["3", "2"]) {
    for (const key of ["b", "a"]) {
      const vector = { key, language: "en", row: Int8Array.of(1), space: "s" };
      const by = { guild, user: "5" };
      await ledger.approvals.approve(by, { question: key, vector, passages }, 1);
      const shown = { guild, channel: "3", question: key, language: "en", passages: [] };
      const message = `${guild}${key}`;
      await ledger.answers.record({ ...shown, message, asker: "9", state: "none" }, 2);
      const occurrence = { guild, channel: "3", message, question: key, vector };
      await ledger.gaps.recordOccurrence({ ...occurrence, reason: "none" }, 2);
    }
    await ledger.settings.set({ guild, user: "5" }, { moderatorRole: "7" }, 3);
  }
  const lines = (await ledger.exportLines()).slice(1).map((line): unknown => JSON.parse(line));
  const questions = [
    { guild: "2", question: "a" },
    { guild: "2", question: "b" },
    { guild: "3", question: "a" },
    { guild: "3", question: "b" },
  ];
  expect(lines).toMatchObject([{ guild: "2" }, { guild: "3" }, ...questions, ...questions]);
});

describe("npm run ledger", () => {
  it("exports what another ledger imports, once however often", async () => {
    const { dataDir, ledger } = await filled();
    const file = path.join(await temporaryFolder(), "ledger.jsonl");
    const exported = await runScript("ledger", ["export", file], { env: { DATA_DIR: dataDir } });
    expect(exported).toMatchObject({ code: 0, stderr: `${file} has 3 entries.\n` });
    const again = await runScript("ledger", ["export", file], { env: { DATA_DIR: dataDir } });
    expect(again.stderr).toBe(`${file} cannot be written: name a file that is not there yet.\n`);
    expect(again.code).toBe(1);
    const other = path.join(await temporaryFolder(), "data");
    const run = () => runScript("ledger", ["import", file], { env: { DATA_DIR: other } });
    expect((await run()).stderr).toContain("Imported 3 entries; 0 were there already");
    expect((await run()).stderr).toContain("Imported 0 entries; 3 were there already");
    const imported = await open(other);
    expect(await imported.exportLines()).toEqual(await ledger.exportLines());
    expect(await imported.approvals.list("2", 0, 9)).toMatchObject([
      { question: HOSTILE, note: "n", passages: [{ id: "aaaaaaaa", words: WORDS }] },
    ]);
    expect(await imported.gaps.open("2", 9)).toMatchObject([{ question: "why", count: 1 }]);
  });

  it("imports settings whatever stands before them, and leaves those that are set here", async () => {
    const { ledger } = await filled();
    const lines = await ledger.exportLines();
    const entriesOf = async (all: readonly string[]) => readLedgerFile(chunksOf(all.join("\n")));
    const other = await open(path.join(await temporaryFolder(), "data"));
    const [header = "", ...entries] = lines;
    const settingsLast = entries.toSorted(
      (a, b) => Number(a.includes('"settings"')) - Number(b.includes('"settings"')),
    );
    await other.importEntries(await entriesOf([header, ...settingsLast]));
    expect(await other.settings.of("2")).toMatchObject({ moderatorRole: "7" });
    await other.settings.set(BY, { moderatorRole: "8" }, 4);
    await other.importEntries(await entriesOf(lines));
    expect(await other.settings.of("2")).toMatchObject({ moderatorRole: "8" });
  });

  it("imports each setting that is not set here, whatever made the row that holds them", async () => {
    const both = {
      type: "settings",
      guild: "2",
      moderatorRole: "7",
      moderatorChannel: "8",
    } as const;
    const ledger = await open(await temporaryFolder());
    const vector = { key: "k", language: "zh", row: Int8Array.of(1), space: "s" };
    const approval = { question: "q", vector, passages: [{ id: "aaaaaaaa", words: WORDS }] };
    await ledger.approvals.approve(BY, approval, 1);
    expect(await ledger.importEntries([{ ...both, moderatorChannel: null }])).toMatchObject({
      changed: 1,
    });
    expect(await ledger.importEntries([{ ...both, moderatorRole: "9" }])).toMatchObject({
      changed: 1,
    });
    expect(await ledger.settings.of("2")).toEqual({ moderatorRole: "7", moderatorChannel: "8" });
    for (const entry of [both, { ...both, moderatorRole: null }]) {
      expect(await ledger.importEntries([entry])).toMatchObject({ changed: 0 });
    }
    expect(await ledger.settings.of("2")).toEqual({ moderatorRole: "7", moderatorChannel: "8" });
    expect((await ledger.approvals.approvedIn("2")).same("k")).toMatchObject({ question: "q" });
  });

  it.each([
    ["", /The file is empty/],
    ["{}", /Line 1 is not/],
    ['{"verbatim":"ledger","version":2}', /Line 1 says version 2, this program reads 1/],
    [linesOf(APPROVAL, JSON.stringify(APPROVAL).slice(0, 40)), /Line 3 is not whole JSON/],
    [linesOf(APPROVAL, "x".repeat(70_000)), /Line 3 is longer than 65536 characters/],
    [linesOf({ ...APPROVAL, type: "votes" }), /Line 2: type cannot be used/],
    [linesOf({ ...APPROVAL, passages: [] }), /Line 2: passages cannot be used/],
    [linesOf({ ...APPROVAL, question: "?!" }), /Line 2: question cannot be used/],
    [linesOf({ ...APPROVAL, guild: "2' or 1=1" }), /Line 2: guild cannot be used/],
    [linesOf({ ...APPROVAL, note: "n".repeat(201) }), /Line 2: note cannot be used/],
    [linesOf({ ...APPROVAL, at: -1 }), /Line 2: at cannot be used/],
    [linesOf({ ...APPROVAL, __proto__: null, more: 1 }), /Line 2: more cannot be used/],
  ])("refuses %#, by the line's number", async (content, message) => {
    await expect(readLedgerFile(chunksOf(content))).rejects.toThrow(message);
  });

  it("imports nothing of a file that is damaged at its end, and names file and line", async () => {
    const { dataDir, ledger } = await filled();
    const before = await ledger.exportLines();
    const file = path.join(await temporaryFolder(), "ledger.jsonl");
    await writeFile(file, linesOf({ ...APPROVAL, at: 9 }, '{"type":"approval"'));
    const { code, stderr } = await runScript("ledger", ["import", file], {
      env: { DATA_DIR: dataDir },
    });
    expect(stderr).toBe(
      `${file}: Line 3 is not whole JSON. Nothing was imported: mend the line or leave it out.\n`,
    );
    expect(code).toBe(1);
    expect(await ledger.exportLines()).toEqual(before);
    const nowhere = await runScript("ledger", ["import", `${file}x`], {
      env: { DATA_DIR: dataDir },
    });
    expect(nowhere.stderr).toBe(`${file}x cannot be read: check its name and its rights.\n`);
  });

  it("refuses a line of 100 MB without reading it into memory", async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<string> {
      yield `${HEADER}\n`;
      for (; read < 100; read++) yield await Promise.resolve("x".repeat(1_000_000));
    }
    await expect(readLedgerFile(endless())).rejects.toThrow("Line 2 is longer than");
    expect(read).toBeLessThan(3);
  });

  it("leaves what is newer, and takes what is newer in the file", async () => {
    const ledger = await open(await temporaryFolder());
    const entries = (at: number, note: string) =>
      readLedgerFile(chunksOf(linesOf({ ...APPROVAL, at, note })));
    await ledger.importEntries(await entries(5, "five"));
    expect(await ledger.importEntries(await entries(4, "four"))).toMatchObject({ changed: 0 });
    expect(await ledger.importEntries(await entries(6, "six"))).toMatchObject({ changed: 1 });
    expect(await ledger.approvals.list("2", 0, 9)).toMatchObject([{ note: "six" }]);
  });
});

describe("the lines of a stream", () => {
  it("are the same however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("a", "\n", "bc\n", "")), async (chunks) => {
        const lines: string[] = [];
        for await (const line of boundedLines(chunksOf(...chunks), 99)) lines.push(line);
        const naive = chunks.join("").split("\n");
        if (naive.at(-1) === "") naive.pop();
        expect(lines).toEqual(naive);
      }),
      { seed: SEED },
    );
  });
});

it("npm run eval takes an exported ledger as its questions", async () => {
  const file = path.join(await temporaryFolder(), "ledger.jsonl");
  await writeFile(file, `${HEADER}\n`);
  const { code, stderr } = await runScript("evaluate", ["--approvals", file]);
  expect(stderr).toBe(`${file} has no approvals to ask about.\n`);
  expect(code).toBe(1);
  expect(await readFile(file, "utf8")).toBe(`${HEADER}\n`);
});
