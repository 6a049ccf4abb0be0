import path from "node:path";
import {
  appendFile,
  mkdir,
  readFile,
  readdir,
  symlink,
  truncate,
  unlink,
  writeFile,
} from "node:fs/promises";
import { hostname } from "node:os";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { startEncoder } from "../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../src/models/encoder/encoder.ts";
import { buildGeneration } from "../../src/ingest/ingest.ts";
import { parseReports } from "../../src/parse/apart/parseFiles.ts";
import { openCurrent, openNext, rollBack } from "../../src/index/fileStore/current.ts";
import { fileStore } from "../../src/index/fileStore/fileStore.ts";
import {
  FILE,
  GRAPH_FILE,
  KEPT_FILE,
  MANIFEST_FILE,
} from "../../src/index/fileStore/generationFiles.ts";
import { sha256 } from "../../src/bytes.ts";
import { passageOf, windowsOf } from "../../src/index/generation.ts";
import type { Generation } from "../../src/index/generation.ts";
import { INDEX_SETTINGS } from "../../src/index/manifest.ts";
import { currentSources } from "../../src/ingest/sources.ts";
import { fillWindows } from "../../src/ingest/windows.ts";
import type { Sources } from "../../src/index/manifest.ts";
import { readReportFiles } from "../../src/parse/reportFiles.ts";
import { SMALL_MODEL, folderWith, temporaryFolder } from "../support/folders.ts";
import { hasHnsw } from "../support/hnsw.ts";
import { buildSmallIndex, copyOfSmallIndex, smallEncoder } from "../support/small.ts";
import type { BuiltIndex } from "../support/small.ts";

const REPORT =
  "題目一則\n\n甲鎮新建公園三個。乙鎮改造小區41個，惠及居民。\n“路修好了。”村民王某說。\n";

/** As the names of half-written folders tell machines apart. */
const MACHINE = sha256(hostname()).slice(0, 8);

/** An index that was just built: into a folder of its own, or beside what is there. */
async function build(reportsDir: string, into?: string): Promise<BuiltIndex> {
  return buildSmallIndex(reportsDir, into ?? (await temporaryFolder()));
}

/** A copy of an index that may have been built for another test. */
async function prepared(reportsDir: string): Promise<BuiltIndex> {
  return copyOfSmallIndex(reportsDir, path.join(await temporaryFolder(), "index"));
}

async function open({ indexDir, sources }: BuiltIndex): Promise<Generation> {
  const opened = await openCurrent(indexDir, sources);
  if (opened.kind !== "ready") throw new Error(`not ready: ${JSON.stringify(opened)}`);
  onTestFinished(() => {
    opened.generation.close();
  });
  return opened.generation;
}

describe("an index", () => {
  it("is opened as it was built, with every passage's text", async () => {
    const generation = await open(await build(await folderWith({ "a.txt": REPORT })));
    expect(await generation.readTexts(generation.passages)).toEqual([
      "題目一則",
      "甲鎮新建公園三個。",
      "乙鎮改造小區41個，惠及居民。",
      "“路修好了。”村民王某說。",
    ]);
    expect(generation.reports.map(({ title }) => title)).toEqual(["題目一則"]);
  });

  it("holds several reports, counted through", async () => {
    const reports = await folderWith({
      "b.txt": "丙縣種樹。\n",
      "a.txt": REPORT,
      "c.md": "# 丁\n\n戊己。\n",
    });
    const generation = await open(await build(reports));
    expect(generation.passages.map(({ report }) => report.id)).toEqual([
      "a",
      "a",
      "a",
      "a",
      "b",
      "c",
      "c",
    ]);
    const { sentences } = await generation.keywords.words.score(["戊己"]);
    const passage = passageOf(generation, sentences[0] ?? -1);
    expect(await generation.readTexts(passage ? [passage] : [])).toEqual(["戊己。"]);
  });

  it("holds what the reader sees of each sentence", async () => {
    const reports = await folderWith({ "a.txt": REPORT, "b.txt": "丙縣種樹。\n" });
    const generation = await open(await build(reports));
    const { sentences, passages, windows, manifest } = generation;
    expect(windows).toHaveLength(manifest.counts.windows);
    const { files } = await readReportFiles(reports);
    const filled = await fillWindows((await parseReports(files)).reports, await smallEncoder());
    expect(windows).toEqual(filled.map(({ from, to }) => ({ from, to })));
    const ofLast = windowsOf(generation, sentences.length - 1);
    expect(ofLast).toEqual([windows.length - 1]);
    expect(await generation.readWindows([...ofLast, 0])).toEqual([
      filled.at(-1)?.tokens,
      filled[0]?.tokens,
    ]);
    expect(passages.at(-1)?.span.end).toBe(filled.at(-1)?.tokens.spans.at(-1));
    await expect(generation.readWindows([windows.length])).rejects.toThrow(RangeError);
  });

  it("refuses a vector that hnswlib would take without a word", async () => {
    const generation = await open(await prepared(await folderWith({ "a.txt": REPORT })));
    const { dimensions } = generation;
    await expect(generation.findNearest(new Float32Array(dimensions - 1), 3)).rejects.toThrow(
      "expected a vector of 32 values, got 31",
    );
    await expect(generation.findNearest(new Float32Array(dimensions).fill(NaN), 3)).rejects.toThrow(
      "not finite",
    );
  });
});

describe("openCurrent", () => {
  it("finds nothing in a new folder", async () => {
    const sources = await currentSources(SMALL_MODEL, []);
    expect(await openCurrent(path.join(await temporaryFolder(), "none"), sources)).toEqual({
      kind: "absent",
    });
  });

  it("says what has changed since", async () => {
    const built = await prepared(await folderWith({ "a.txt": REPORT }));
    const { indexDir, sources } = built;
    const changed: [Sources, string][] = [
      [{ ...sources, reports: [] }, "the reports have changed since it was made"],
      [{ ...sources, model: "0".repeat(64) }, "it was made with another model"],
      [{ ...sources, settings: "0".repeat(64) }, "it was made with other settings"],
    ];
    for (const [now, why] of changed) {
      expect(await openCurrent(indexDir, now)).toEqual({ kind: "stale", why });
    }
  });

  it("knows an older format without reading more of it", async () => {
    const opened = await openCurrent(
      "test/fixtures/index-format-0",
      await currentSources(SMALL_MODEL, []),
    );
    expect(opened).toEqual({
      kind: "stale",
      why: `its format is 0, this program's is ${INDEX_SETTINGS.formatVersion}`,
    });
  });

  it.each([...Object.values(FILE), ...(hasHnsw ? [GRAPH_FILE] : []), MANIFEST_FILE])(
    "refuses a flipped byte, a short and a missing %s, by name",
    async (name) => {
      const built = await prepared(await folderWith({ "a.txt": REPORT }));
      const [generation = ""] = (await readdir(built.indexDir)).filter((it) => it.startsWith("g"));
      const file = path.join(built.indexDir, generation, name);
      const refusal = async (): Promise<string> => {
        const error: unknown = await openCurrent(built.indexDir, built.sources).catch(
          (it: unknown) => it,
        );
        expect(error).toBeInstanceOf(UserError);
        return error instanceof Error ? error.message : "";
      };
      const bytes = await readFile(file);
      const flipped = Uint8Array.from(bytes);
      flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 1;
      await writeFile(file, flipped);
      expect(await refusal()).toBe(
        `The index file ${file} is damaged: build the index anew with npm run index.`,
      );
      await writeFile(file, bytes);
      await truncate(file, bytes.length - 1);
      expect(await refusal()).toContain(`${file} is damaged`);
      await unlink(file);
      expect(await refusal()).toContain(`${file} cannot be read`);
    },
  );

  it.each(["", "g000001\n", `g000009 ${"0".repeat(64)}\n`, "../../etc x\n"])(
    "refuses %j as the name of the generation in use",
    async (text) => {
      const built = await prepared(await folderWith({ "a.txt": REPORT }));
      await writeFile(path.join(built.indexDir, "current"), text);
      await expect(openCurrent(built.indexDir, built.sources)).rejects.toThrow(UserError);
    },
  );
});

describe("buildGeneration", () => {
  it("keeps the generation before, and no older one", async () => {
    const reports = await folderWith({ "a.txt": REPORT });
    const { indexDir } = await build(reports);
    await build(reports, indexDir);
    await build(reports, indexDir);
    expect((await readdir(indexDir)).sort()).toEqual(["current", "g000002", "g000003"]);
  });

  it("gives the same files each time", async () => {
    const reports = await folderWith({ "a.txt": REPORT });
    const one = await build(reports);
    // Another encoder, which has seen nothing yet.
    const encoder = await startEncoder(SMALL_MODEL);
    onTestFinished(() => encoder.close());
    const two = await buildSmallIndex(reports, await temporaryFolder(), encoder);
    expect(two.manifest).toEqual(one.manifest);
  });

  it("leaves nothing half written where the disk is full, and says what to do", async () => {
    const reports = await folderWith({ "a.txt": REPORT });
    const built = await prepared(reports);
    await appendFile(path.join(reports, "a.txt"), "新增一句。\n");
    const encoder = await smallEncoder();
    // One of the index's files takes no byte from the first sentence on.
    let isFull = false;
    const filling: Encoder = {
      ...encoder,
      encode: async (text, role) => {
        if (role === "passage" && !isFull) {
          isFull = true;
          const building = `building-${MACHINE}-${process.pid}`;
          await symlink("/dev/full", path.join(built.indexDir, building, FILE.reports));
        }
        return encoder.encode(text, role);
      },
    };
    await expect(buildSmallIndex(reports, built.indexDir, filling)).rejects.toThrow(
      /cannot be written \(ENOSPC.*\): make room or set INDEX_DIR/u,
    );
    expect((await readdir(built.indexDir)).sort()).toEqual(["current", "g000001"]);
  });

  it("leaves the old generation in use where it fails, and cleans up after it later", async () => {
    const reports = await folderWith({ "a.txt": REPORT });
    const built = await prepared(reports);
    // A folder that a builder left behind whose process is gone.
    await mkdir(path.join(built.indexDir, `building-${MACHINE}-999999999`));
    // One of another machine, whose process numbers say nothing here.
    await mkdir(path.join(built.indexDir, "building-00000000-999999999"));
    await appendFile(path.join(reports, "a.txt"), "新增一句。\n");
    const encoder = await smallEncoder();
    const failing: Encoder = { ...encoder, encode: () => Promise.reject(new Error("no power")) };
    const { files } = await readReportFiles(reports);
    const sources = await currentSources(SMALL_MODEL, files);
    await expect(
      buildGeneration(
        { ...(await parseReports(files)), sources },
        fileStore(built.indexDir),
        failing,
      ),
    ).rejects.toThrow("no power");
    expect((await open(built)).passages).toHaveLength(4);
    await build(reports, built.indexDir);
    expect((await readdir(built.indexDir)).sort()).toEqual([
      "building-00000000-999999999",
      "current",
      "g000001",
      "g000002",
    ]);
  });
});

describe("rollBack", () => {
  it("puts the generation before in use until the next build, though the reports have changed", async () => {
    const reports = await folderWith({ "a.txt": REPORT });
    const first = await prepared(reports);
    await appendFile(path.join(reports, "a.txt"), "新增一句。\n");
    const second = await build(reports, first.indexDir);
    expect((await open(second)).passages).toHaveLength(5);
    expect(await rollBack(first.indexDir)).toEqual(first.manifest);
    expect((await open(second)).passages).toHaveLength(4);
    await expect(rollBack(first.indexDir)).rejects.toThrow("There is no index before the one");
    await appendFile(path.join(reports, "a.txt"), "又增一句。\n");
    const third = await build(reports, first.indexDir);
    expect((await open(third)).passages).toHaveLength(6);
    // The way back leads to what was in use, not to what was given up.
    expect(await rollBack(first.indexDir)).toEqual(first.manifest);
  });

  it("refuses to go back to a generation that is damaged, and stays", async () => {
    const reports = await folderWith({ "a.txt": REPORT });
    const { indexDir } = await prepared(reports);
    const second = await build(reports, indexDir);
    await truncate(path.join(indexDir, "g000001", FILE.reports), 10);
    await expect(rollBack(indexDir)).rejects.toThrow("g000001/reports.json is damaged");
    expect((await open(second)).name).toBe("g000002");
  });

  it("says so where there is no index at all", async () => {
    await expect(rollBack(await temporaryFolder())).rejects.toThrow(UserError);
  });
});

describe("openNext", () => {
  it("opens what another process has put in use, and nothing where that is ours", async () => {
    const reports = await folderWith({ "a.txt": REPORT });
    const built = await prepared(reports);
    const held = await open(built);
    expect(await openNext(built.indexDir, held)).toBeUndefined();
    await appendFile(path.join(reports, "a.txt"), "新增一句。\n");
    await build(reports, built.indexDir);
    const next = await openNext(built.indexDir, held);
    expect(next?.passages).toHaveLength(5);
    next?.close();
  });

  it("refuses one that another model was used for", async () => {
    const reports = await folderWith({ "a.txt": REPORT });
    const built = await prepared(reports);
    const held = await open(built);
    await build(reports, built.indexDir);
    const { manifest } = held;
    const sources = { ...manifest.sources, model: "0".repeat(64) };
    await expect(
      openNext(built.indexDir, { ...held, manifest: { ...manifest, sources } }),
    ).rejects.toThrow("made with another model): restart it");
  });
});

describe("a generation that follows another", () => {
  /** The small encoder, and which passages it is given. */
  async function counting(): Promise<{ encoder: Encoder; encoded: string[] }> {
    const small = await smallEncoder();
    const encoded: string[] = [];
    const encode: Encoder["encode"] = (text, role) => {
      encoded.push(text);
      return small.encode(text, role);
    };
    return { encoder: { ...small, encode }, encoded };
  }

  const LINES = [
    "題目一則",
    "",
    "甲鎮新建公園三個。乙鎮改造小區41個。",
    "丙縣種樹。",
    "丙縣種樹。",
  ];
  const CHANGED = LINES.with(2, "甲鎮新建公園四個。乙鎮改造小區41個。");

  async function changed(): Promise<BuiltIndex & { reports: string }> {
    const reports = await folderWith({ "a.txt": `${LINES.join("\n")}\n` });
    const built = await build(reports);
    await writeFile(path.join(reports, "a.txt"), `${CHANGED.join("\n")}\n`);
    return { ...built, reports };
  }

  it("encodes what is new alone, and is the same to the bit as one that is made anew", async () => {
    const { indexDir, reports } = await changed();
    const { encoder, encoded } = await counting();
    const next = await buildSmallIndex(reports, indexDir, encoder);
    expect(encoded).toEqual(["甲镇新建公园四个。"]);
    const { manifest } = await build(reports);
    expect(next.manifest).toEqual(manifest);
  });

  it("encodes the same words once", async () => {
    const reports = await folderWith({ "a.txt": `${LINES.join("\n")}\n` });
    const { encoder, encoded } = await counting();
    await buildSmallIndex(reports, await temporaryFolder(), encoder);
    expect(encoded.filter((it) => it === "丙县种树。")).toHaveLength(1);
  });

  it.each(Object.values(KEPT_FILE))("encodes all anew where %s is damaged", async (name) => {
    const { indexDir, reports } = await changed();
    await truncate(path.join(indexDir, "g000001", name), 10);
    const { encoder, encoded } = await counting();
    await buildSmallIndex(reports, indexDir, encoder);
    expect(encoded).toContain("丙县种树。");
  });
});
