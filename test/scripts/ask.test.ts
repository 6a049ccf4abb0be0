import path from "node:path";
import { copyFile, cp, readdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { INDEX_SETTINGS } from "../../src/index/manifest.ts";
import { TOKENIZER_FILE } from "../../src/models/modelFolder.ts";
import {
  REAL_MODEL,
  SMALL_MODEL,
  copyOfSmallModel,
  folderWith,
  temporaryFolder,
} from "../support/folders.ts";
import { hasHnsw } from "../support/hnsw.ts";
import { runScript } from "../support/process.ts";
import type { Ended, Given } from "../support/process.ts";
import { copyOfSmallIndex } from "../support/small.ts";
import { withoutPackage } from "../support/withoutPackage.ts";

const REPORT =
  "題目一則\n\n甲鎮新建公園三個。乙鎮改造小區41個，惠及居民。\n“路修好了。”村民王某說。\n";

const SECTIONS =
  "年報\n\n一、GIS測繪室\n普查管線二百公里。測繪河道九條。\n二、綠化\n育出樹苗八萬株。\n";

const Line = v.strictObject({
  id: v.nullable(v.union([v.string(), v.number()])),
  question: v.string(),
  state: v.picklist(["found", "maybe", "none"]),
  language: v.string(),
  excerpts: v.array(
    v.strictObject({
      passage: v.pipe(v.string(), v.regex(/^[a-z2-7]{8}$/)),
      report: v.string(),
      title: v.string(),
      section: v.array(v.string()),
      paragraph: v.pipe(v.number(), v.integer(), v.minValue(1)),
      sentences: v.tuple([v.number(), v.number()]),
      text: v.string(),
      start: v.number(),
      end: v.number(),
      highlight: v.tuple([v.number(), v.number()]),
      score: v.number(),
    }),
  ),
  headings: v.array(v.string()),
  ms: v.strictObject({
    encode: v.number(),
    search: v.number(),
    read: v.number(),
    total: v.number(),
  }),
});

type Line = v.InferOutput<typeof Line>;

interface Folders {
  readonly reports: string;
  readonly index: string;
}

async function folders(
  files: Record<string, string | Uint8Array> = { "a.txt": REPORT },
): Promise<Folders> {
  return { reports: await folderWith(files), index: path.join(await temporaryFolder(), "index") };
}

/** The same, with the index that a first question would have built. */
async function indexed(files: Record<string, string> = { "a.txt": REPORT }): Promise<Folders> {
  const at = await folders(files);
  await copyOfSmallIndex(at.reports, at.index);
  return at;
}

function ask(
  { reports, index }: Folders,
  words: readonly string[],
  given: Given = {},
): Promise<Ended> {
  return runScript("ask", ["--reports", reports, "--index", index, ...words], {
    ...given,
    env: { MODEL_DIR: SMALL_MODEL, ...given.env },
  });
}

function parse(line: string): Line {
  return v.parse(Line, JSON.parse(line));
}

describe("ask", () => {
  it("builds the index if there is none, answers with the report's words and says where they stand", async () => {
    const at = await folders();
    const first = await ask(at, ["改造小區", "幾個？"]);
    expect(first.code).toBe(0);
    expect(first.stderr).toBe("Building the index: there is none.\n");
    expect(first.stdout).toContain(
      "1. 乙鎮改造小區41個，惠及居民。\n   題目一則 · paragraph 2, sentence 2\n",
    );
    const again = await ask(at, ["改造小區幾個？"]);
    expect(again.stderr).toBe("");
  });

  it("builds it anew if a report has changed, and says so", async () => {
    const at = await indexed();
    await writeFile(path.join(at.reports, "a.txt"), "丙鎮新建橋樑九座。\n");
    const { stdout, stderr } = await ask(at, ["--json", "橋樑幾座"]);
    expect(stderr).toBe("Building the index: the reports have changed since it was made.\n");
    expect(parse(stdout).excerpts.map(({ text }) => text)).toEqual(["丙鎮新建橋樑九座。"]);
  });

  it("builds one of an earlier format anew, and says so", async () => {
    const at = await folders();
    await cp("test/fixtures/index-format-0", at.index, { recursive: true });
    const { code, stderr } = await ask(at, ["改造小區幾個？"]);
    const { formatVersion } = INDEX_SETTINGS;
    expect(stderr).toBe(
      `Building the index: its format is 0, this program's is ${formatVersion}.\n`,
    );
    expect(code).toBe(0);
  });

  it("prints one JSON object, nothing else, whose offsets hold", async () => {
    const { stdout } = await ask(await indexed(), ["--json", "改造小區幾個？"]);
    const { excerpts, ...rest } = parse(stdout);
    expect(rest).toMatchObject({ id: null, question: "改造小區幾個？", language: "zh-Hant" });
    expect(excerpts).toHaveLength(3);
    for (const { text, start, end, highlight } of excerpts) {
      expect(REPORT.slice(start, end)).toBe(text);
      expect(0 <= highlight[0] && highlight[0] < highlight[1] && highlight[1] <= text.length).toBe(
        true,
      );
    }
  });

  it("explains an answer, in text and in JSON", async () => {
    const at = await indexed();
    const whyUnread = "READ_WINDOWS is 0: passages are found, but not read.";
    const env = { READ_WINDOWS: "0" };
    const text = await ask(at, ["--explain", "改造小區幾個？"], { env });
    expect(text.stdout).toMatch(
      /^language zh-Hant · confidence \d.*, found from \d.* · relates /mu,
    );
    expect(text.stdout).toContain(`\nread: nothing. ${whyUnread}\n`);
    const json = await ask(at, ["--json", "--explain", "改造小區幾個？"], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      excerpts: [{ reading: null }, {}, {}],
      explanation: { features: {}, answers: {}, relates: {}, windows: [], whyUnread },
    });
  });

  it("answers lines in order, objects and plain text, and says what is wrong with a line", async () => {
    const input = [
      '{"id":"x","question":"改造小區幾個？"}',
      "",
      "公園幾個",
      '{"id":5}',
      "😀",
      JSON.stringify({ id: "long", question: "問".repeat(20_000) }),
      '{"id":"\\ud83d","question":"\\ud83d路\\u202e\\u200b修好了"}',
    ].join("\n");
    const { code, stdout, stderr } = await ask(await indexed(), ["--jsonl"], { input });
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => v.parse(v.looseObject({}), JSON.parse(line)));
    expect(lines.map((line) => line["id"])).toEqual(["x", 3, 4, 5, "long", "\ud83d"]);
    expect(lines.map((line) => "error" in line)).toEqual([false, false, true, true, true, false]);
    expect(stderr).toContain("Line 4: This is no JSON object with a question");
    expect(stderr).toContain(
      "Line 5: The question holds no word and no number: type what you want to know.",
    );
    expect(stderr).toContain("The question has 20000 characters, the most is 2000");
    expect(code).toBe(2);
  });

  it("shows as many excerpts as asked for", async () => {
    const at = await indexed();
    expect(parse((await ask(at, ["--json", "--top", "1", "公園"])).stdout).excerpts).toHaveLength(
      1,
    );
    for (const top of ["0", "11", "2.5", "many"]) {
      const { code, stderr } = await ask(at, ["--top", top, "公園"]);
      expect({ code, stderr: stderr.includes("whole number from 1 to 10") }).toEqual({
        code: 2,
        stderr: true,
      });
    }
  });

  it("merges passages of the same words and names both places", async () => {
    const { stdout } = await ask(
      await indexed({ "a.txt": REPORT, "b.txt": "乙镇改造小区41个，惠及居民。\n" }),
      ["改造小區幾個？"],
    );
    expect(stdout.match(/乙.改造小.41./gu)).toHaveLength(1);
    expect(stdout).toContain("   b · paragraph 1, sentence 1\n");
    expect(stdout).toContain("   also: 題目一則 · paragraph 2, sentence 2\n");
  });

  it("cites a section by words of its heading, and shows the paragraph around a passage", async () => {
    const at = await indexed({ "a.txt": SECTIONS });
    const Cited = v.looseObject({
      excerpts: v.array(v.looseObject({ passage: v.string(), text: v.string() })),
    });
    const cited = await ask(at, ["--json", "--cite", "ＧＩＳ"]);
    const { excerpts } = v.parse(Cited, JSON.parse(cited.stdout));
    expect(excerpts.map(({ text }) => text)).toEqual([
      "一、GIS測繪室",
      "普查管線二百公里。測繪河道九條。",
    ]);
    const passage = excerpts[1]?.passage ?? "";
    const around = await ask(at, ["--json", "--context", passage]);
    expect(JSON.parse(around.stdout)).toMatchObject({
      context: passage,
      excerpts: [{ text: "普查管線二百公里。測繪河道九條。", section: ["一、GIS測繪室"] }],
      previous: 2,
      next: 4,
    });
    const text = await ask(at, ["--context", passage]);
    expect(text.stdout).toContain(
      "1. 普查管線二百公里。測繪河道九條。\n   年報 › 一、GIS測繪室 · ",
    );
  });

  it("says how a passage is cited, as text and as CSL-JSON, by the address of the site if there is one", async () => {
    const at = await indexed({ "a.txt": SECTIONS });
    const { stdout } = await ask(at, ["--json", "--cite", "ＧＩＳ"]);
    const [id = ""] = /(?<="passage":")[a-z2-7]{8}(?=")/u.exec(stdout) ?? [];
    const text = await ask(at, ["--citation", id]);
    expect(text.stdout).toBe(`年報. 一、GIS測繪室, paragraph 2, sentence 1, passage ${id}.\n`);
    const env = { SITE_URL: "https://reports.example/" };
    const json = await ask(at, ["--json", "--citation", id], { env });
    expect(JSON.parse(json.stdout)).toMatchObject([
      { id, type: "report", title: "年報", URL: `https://reports.example/a.html#p-${id}` },
    ]);
    const none = await ask(at, ["--citation", "aaaaaaaa"]);
    expect(none).toMatchObject({ code: 0, stdout: "" });
    expect(none.stderr).toBe("There is no such passage or section in the reports.\n");
  });

  it.each([
    ["--cite", "航空"],
    ["--cite", "\u3000"],
    ["--context", "aaaaaaaa"],
  ])("says that %s %j names nothing", async (option, what) => {
    const at = await indexed({ "a.txt": SECTIONS });
    const stderr = "There is no such passage or section in the reports.\n";
    expect(await ask(at, [option, what])).toEqual({ code: 0, signal: null, stdout: "", stderr });
    const { stdout } = await ask(at, ["--json", option, what]);
    expect(JSON.parse(stdout)).toMatchObject({ excerpts: [] });
  });

  it("prints a Chinese passage word by word", async () => {
    const at = await indexed({ "a.txt": "Report\n\n143個無物業小區。" });
    const { stdout } = await ask(at, ["--json", "無物業"]);
    const { excerpts } = JSON.parse(stdout) as { excerpts: { passage: string }[] };
    const passage = excerpts[0]?.passage ?? "";
    const text = await ask(at, ["--words", passage]);
    expect(text.stdout).toMatch(
      /^個 {2}gè {2}.+\n無 {2}wú {2}.+\n物業 {2}wùyè {2}property.*\n小區 {2}xiǎoqū {2}.+\n\nDictionary senses, not a translation\. CC-CEDICT/u,
    );
    const json = await ask(at, ["--json", "--words", passage]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      passage,
      pieces: [
        { text: "143" },
        { text: "個", pinyin: "gè" },
        { text: "無", pinyin: "wú" },
        { text: "物業", pinyin: "wùyè" },
        { text: "小區", pinyin: "xiǎoqū" },
        { text: "。", senses: [] },
      ],
    });
    const none = await ask(at, ["--words", "aaaaaaaa"]);
    expect(none.stderr).toBe("There is no such passage in the reports, or it is not Chinese.\n");
    expect(JSON.parse((await ask(at, ["--json", "--words", "aaaaaaaa"])).stdout)).toMatchObject({
      pieces: [],
    });
  });

  it("answers at a prompt until it is left", async () => {
    const { code, stdout, stderr } = await ask(await indexed(), [], {
      input: "公園幾個\n😀\n路修好了\n\n公園\n",
    });
    expect(code).toBe(0);
    expect(stdout.match(/^1\. /gm)).toHaveLength(2);
    expect(stderr).toContain("The question holds no word and no number");
  });

  it("asks behind the question before: at the prompt, where it is given, and in lines that have one", async () => {
    const at = await indexed();
    const { stdout } = await ask(at, [], { input: "甲鎮新建公園幾個\n😀\n那乙鎮\n\n" });
    expect(stdout.match(/^after: .*$/gmu)).toEqual(["after: 甲鎮新建公園幾個"]);
    const given = await ask(at, ["--json", "--after", "甲鎮新建公園幾個", "那乙鎮"]);
    expect(JSON.parse(given.stdout)).toMatchObject({
      question: "那乙鎮",
      after: "甲鎮新建公園幾個",
    });
    const lines = [{ question: "那乙鎮", after: "甲鎮新建公園幾個" }, { question: "那乙鎮" }];
    const input = lines.map((it) => JSON.stringify(it)).join("\n");
    const answers = (await ask(at, ["--jsonl"], { input })).stdout.trim().split("\n");
    expect(answers.map((it) => it.includes('"after":'))).toEqual([true, false]);
  });

  it("marks nothing where the output is no terminal", async () => {
    const { stdout } = await ask(await indexed(), ["公園幾個"], { env: { FORCE_COLOR: "1" } });
    expect(stdout).not.toContain("\u001B");
  });
});

describe("ask, given what it cannot use,", () => {
  it.each([
    [[""], "The question is empty: type what you want to know.\n"],
    [
      ["--after", "公園？"],
      "--after is the question before one that is asked: add the question.\n",
    ],
    [["--after", " ", "公園？"], "The question is empty: type what you want to know.\n"],
    [["  "], "The question is empty: type what you want to know.\n"],
    [["😀🎉"], "The question holds no word and no number: type what you want to know.\n"],
    [["<@1234> <:a:1>"], "The question holds no word and no number: type what you want to know.\n"],
    [
      ["問".repeat(20_000)],
      "The question has 20000 characters, the most is 2000: ask it in fewer words.\n",
    ],
    [
      ["--jsonl", "公園"],
      "With --jsonl the questions come from standard input: leave the question out.\n",
    ],
    [
      ["--cite", "公園", "公園"],
      "With --cite, --context, --words or --citation nothing is asked: leave the question out.\n",
    ],
    [["--unknown", "公園"], "error: unknown option '--unknown'\n"],
  ])("says so of the words %.40j", async (words, sentence) => {
    const at = await indexed();
    expect(await ask(at, words)).toEqual({ code: 2, signal: null, stdout: "", stderr: sentence });
  });

  async function refusal(at: Folders, given: Given = {}): Promise<string> {
    const { code, stdout, stderr } = await ask(at, ["公園"], given);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const sentences = stderr.replace(/^Building the index: there is none\.\n/, "");
    expect(sentences.trimEnd().split("\n")).toHaveLength(1);
    return sentences;
  }

  it("names a folder without a report", async () => {
    const at = await folders({});
    expect(await refusal(at)).toContain(
      `The folder ${at.reports} holds no report: put a file there that is read (`,
    );
  });

  it("names a folder that is not there", async () => {
    const at = { ...(await folders()), reports: "/nowhere/at/all" };
    expect(await refusal(at)).toContain("The reports folder /nowhere/at/all cannot be read");
  });

  it.each(["", " \n\u3000\n"])(
    "names an empty report (%j), and leaves no index behind",
    async (text) => {
      const at = await folders({ "a.txt": text });
      expect(await refusal(at)).toContain(
        `${at.reports}/a.txt holds no sentence: put its text there, or remove it.`,
      );
      await expect(readdir(at.index)).rejects.toThrow("ENOENT");
    },
  );

  it("names a binary file and what it is", async () => {
    const at = await folders({ "a.txt": Buffer.from("89504e470d0a1a0a0000000d49484452", "hex") });
    expect(await refusal(at)).toMatch(/a\.txt .*PNG/);
  });

  it("names a report that is a broken link", async () => {
    const at = await folders();
    await rm(path.join(at.reports, "a.txt"));
    await symlink("/nowhere", path.join(at.reports, "a.txt"));
    expect(await refusal(at)).toContain(`The report ${at.reports}/a.txt cannot be read`);
  });

  it("names two reports of one name, and answers from the first", async () => {
    const at = await folders({ "a.txt": REPORT, "a.md": REPORT });
    const { stdout, stderr, code } = await ask(at, ["丙縣修路"]);
    expect(stderr).toContain("have the same name: rename one of them; only the first is read.");
    expect({ code, isAnswered: stdout.includes("passage ") }).toEqual({
      code: 0,
      isAnswered: true,
    });
  });

  it("names a model folder that is not there", async () => {
    const stderr = await refusal(await folders(), { env: { MODEL_DIR: "/nowhere/model" } });
    expect(stderr).toBe(
      "The model file /nowhere/model/config.json cannot be read: restore the model folder, or set MODEL_DIR to another one.\n",
    );
  });

  it.each(["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model_quantized.onnx"])(
    "names a model's %s that is cut short",
    async (name) => {
      const model = await copyOfSmallModel();
      await truncate(path.join(model, name), 100);
      const stderr = await refusal(await folders(), { env: { MODEL_DIR: model } });
      expect(stderr).toContain(
        `The model file ${path.join(model, name)} is damaged or of another kind`,
      );
    },
  );

  it("names a tokenizer's file that is damaged, or made for another tokenizer.json", async () => {
    const model = await copyOfSmallModel();
    const file = path.join(model, TOKENIZER_FILE);
    await copyFile(path.join(REAL_MODEL, TOKENIZER_FILE), file);
    const at = await folders();
    expect(await refusal(at, { env: { MODEL_DIR: model } })).toBe(
      `The model file ${file} was made from another tokenizer.json: restore the model folder, or delete this file to start more slowly without it.\n`,
    );
    const damaged = `The model file ${file} is damaged or of another kind`;
    for (const bytes of [100, 0]) {
      await truncate(file, bytes);
      expect(await refusal(at, { env: { MODEL_DIR: model } })).toContain(damaged);
    }
    await rm(file);
    await symlink(file, file);
    expect(await refusal(at, { env: { MODEL_DIR: model } })).toContain(damaged);
  });

  it.skipIf(!hasHnsw).each([
    { builder: "without it", reader: "with it", read: "the index was built without hnswlib-node" },
    {
      builder: "with it",
      reader: "without it",
      read: "hnswlib-node cannot be loaded (Error: no such module)",
    },
  ])(
    "hnswlib-node is optional: an index built $builder is opened $reader and answers alike",
    async ({ builder, reader, read }) => {
      const at = await folders();
      const explain = async (kind: string): Promise<string> => {
        const imports = kind === "with it" ? [] : [withoutPackage("hnswlib-node")];
        const { code, stdout } = await ask(at, ["--explain", "乙鎮的小區"], { imports });
        expect(code).toBe(0);
        return stdout;
      };
      const built = await explain(builder);
      const opened = await explain(reader);
      expect(opened).toContain(`\nvectors: exact search, since ${read}\n`);
      const how = /^vectors: .*$/mu;
      expect(opened.replace(how, "")).toBe(built.replace(how, ""));
    },
  );

  it("ends where a native module cannot be loaded", async () => {
    const { code, stderr } = await ask(await folders(), ["公園"], {
      imports: [withoutPackage("stemmer")],
    });
    expect(stderr).toContain("Something went wrong that should not");
    expect(code).toBe(1);
  });

  it("names a model of another dimension than it says", async () => {
    const model = await copyOfSmallModel();
    await copyFile(
      "test/fixtures/wrong-dimension.onnx",
      path.join(model, "onnx/model_quantized.onnx"),
    );
    expect(await refusal(await folders(), { env: { MODEL_DIR: model } })).toMatch(
      /The model gives vectors of shape 1 × \d+ × 24 where config.json promises 1 × \d+ × 32/,
    );
  });

  it("names a model whose values are not finite", async () => {
    const model = await copyOfSmallModel();
    await copyFile("test/fixtures/not-finite.onnx", path.join(model, "onnx/model_quantized.onnx"));
    expect(await refusal(await folders(), { env: { MODEL_DIR: model } })).toContain(
      "values that are not finite",
    );
  });

  it("names an index file that is damaged, and leaves it as it is", async () => {
    const at = await indexed();
    const file = path.join(at.index, "g000001", "tokens.rows");
    await truncate(file, 10);
    expect(await refusal(at)).toBe(
      `The index file ${file} is damaged: build the index anew with npm run index.\n`,
    );
  });

  it("names a setting that cannot be used", async () => {
    expect(await refusal(await folders(), { env: { LOG_LEVEL: "loud" } })).toContain(
      "LOG_LEVEL must be one of",
    );
  });

  it("names an index folder that cannot be made", async () => {
    const at = await folders();
    const file = path.join(await temporaryFolder(), "file");
    await writeFile(file, "");
    expect(await refusal({ ...at, index: path.join(file, "index") })).toContain(file);
  });
});
