import path from "node:path";
import { readFile, readlink, readdir, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startEncoder } from "../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../src/models/encoder/encoder.ts";
import type { TokenizedText } from "../../src/models/encoder/encoding.ts";
import { createModelWorker } from "../../src/models/modelWorker.ts";
import type { Reading } from "../../src/models/readWindows.ts";
import { openWordTable } from "../../src/models/wordTable.ts";
import { foldHan } from "../../src/text/fold.ts";
import { copyOfSmallModel, REAL_MODEL, SMALL_MODEL } from "../support/folders.ts";
import { handmadeReader, smallModelWithReader } from "../support/onnxFiles.ts";
import { seededRandom } from "../support/seed.ts";
import { smallEncoder } from "../support/small.ts";

/** Most tokens of a question and of a window that are read. */
const [QUESTION_TOKENS, WINDOW_TOKENS] = [40, 200];

/** Longest span that is looked for. */
const SPAN_TOKENS = 30;

/** An encoder that is closed with the test. */
async function start(modelDir: string): Promise<Encoder> {
  const encoder = await startEncoder(modelDir);
  onTestFinished(() => encoder.close());
  return encoder;
}

function read(
  encoder: Encoder,
  question: string,
  windows: readonly Uint32Array[],
): Promise<Reading[]> {
  return encoder.read?.(foldHan(question), windows) ?? expect.fail(encoder.whyUnread);
}

async function tokenize(encoder: Encoder, text: string): Promise<TokenizedText> {
  const [tokens] = await encoder.tokenize([foldHan(text)]);
  return tokens ?? expect.fail();
}

/** The first and the last token where an answer is likeliest. */
function bestSpan({ starts, ends }: Reading): [first: number, last: number] {
  let best = -Infinity;
  let span: [number, number] = [0, 0];
  for (const [i, start] of starts.entries()) {
    for (const [j, end] of ends.subarray(i, i + SPAN_TOKENS).entries()) {
      if (start + end > best) [best, span] = [start + end, [i, i + j]];
    }
  }
  return span;
}

/** A text of so many tokens, counted by the encoder itself. */
async function textOf(encoder: Encoder, count: number): Promise<string> {
  const long = "改造小區, ".repeat(count);
  const { spans } = await tokenize(encoder, long);
  const text = long.slice(0, spans[2 * count - 1]);
  expect((await tokenize(encoder, text)).ids).toHaveLength(count);
  return text;
}

describe("the real reader", () => {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await startEncoder(REAL_MODEL);
  });
  afterAll(() => encoder.close());

  const WINDOWS = [
    "城市更新年報 圖書館 市圖書館週一閉館,週二至週日早九點至晚五點開放,讀者憑身份證免費辦理借書證。",
    "城市更新年報 老舊小區 二〇二一年全市改造老舊小區三十五個,惠及居民一萬二千戶,總投資二點四億元。",
    "城市更新年報 供暖 今年新建熱力站十二座,更換供熱管網四十公里,供暖季從十一月十五日開始。",
  ];

  const tokenizeWindows = (): Promise<TokenizedText[]> => encoder.tokenize(WINDOWS.map(foldHan));
  const idsOfWindows = async () => (await tokenizeWindows()).map(({ ids }) => ids);

  it.each([
    ["圖書館哪一天閉館？", 0, "週一"],
    ["改造了多少個老舊小區？", 1, "三十五個"],
    ["总投资是多少？", 1, "二點四億元"],
    ["How much money was invested?", 1, "二點四億元"],
    ["供暖季從什麼時候開始？", 2, "十一月十五日"],
    ["When does the heating season begin?", 2, "十一月十五日"],
  ])("%s: knows which window answers, and by which words", async (question, answering, words) => {
    const windows = await tokenizeWindows();
    const readings = await read(
      encoder,
      question,
      windows.map(({ ids }) => ids),
    );
    const answers = readings.map((it) => it.answers);
    const others = answers.toSpliced(answering, 1);
    expect(answers[answering]).toBeGreaterThan(2 + Math.max(...others));

    const reading = readings[answering] ?? expect.fail();
    const [first, last] = bestSpan(reading);
    const spans = windows[answering]?.spans ?? [];
    expect(WINDOWS[answering]?.slice(spans[2 * first], spans[2 * last + 1])).toBe(words);
    const best = (reading.starts[first] ?? 0) + (reading.ends[last] ?? 0);
    expect(best).toBeGreaterThan(reading.nowhere);
    for (const it of readings.toSpliced(answering, 1)) {
      const [from, to] = bestSpan(it);
      expect((it.starts[from] ?? 0) + (it.ends[to] ?? 0)).toBeLessThan(it.nowhere);
    }
  });

  it("reads a window alone as among others, to the bit, in any order", async () => {
    const windows = await idsOfWindows();
    const question = "改造了多少個老舊小區？";
    const together = await read(encoder, question, windows);
    const alone = [];
    for (const window of windows) alone.push(...(await read(encoder, question, [window])));
    expect(alone).toEqual(together);
    expect(await read(encoder, question, windows.toReversed())).toEqual(together.toReversed());
  });

  it("gives the same beside an encoder that works in turn as where each works alone", async () => {
    const question = "供暖季從什麼時候開始？";
    const windows = await idsOfWindows();
    const asked = foldHan(question);
    const load = { kind: "load", model: 1, modelDir: REAL_MODEL, use: "questions" } as const;
    const encodeTask = { kind: "encode", model: 1, role: "query", text: asked } as const;
    const readTask = { kind: "read", model: 1, question: asked, windows } as const;

    // Two processes: one only reads, one only encodes.
    const [reading, encoding] = [createModelWorker("process"), createModelWorker("process")];
    onTestFinished(() => {
      for (const { pid } of [reading, encoding]) if (pid !== undefined) process.kill(pid);
    });
    for (const worker of [reading, encoding]) await worker.perform(load);
    const readAlone = await reading.perform(readTask);
    const encodedAlone = await encoding.perform(encodeTask);

    for (let turn = 0; turn < 3; turn++) {
      expect(await encoding.perform(encodeTask)).toEqual(encodedAlone);
      expect(await encoding.perform(readTask)).toEqual(readAlone);
    }
    // Both at once, and in a thread of this process.
    const both = [readTask, encodeTask, readTask].map((task) => encoding.perform(task));
    expect(await Promise.all(both)).toEqual([readAlone, encodedAlone, readAlone]);
    const inThread = await read(encoder, question, windows);
    expect({ kind: "read", readings: inThread }).toEqual(readAlone);
    const encoded = await encoder.encode(asked, "query");
    expect({ kind: "encoded", encoding: encoded }).toEqual(encodedAlone);
  });

  it("reads a long window to its end, and a long question's beginning alone", async () => {
    const { ids: window } = await tokenize(encoder, await textOf(encoder, 500));
    const [reading] = await read(encoder, "改造什麼？", [window]);
    expect(reading?.starts).toHaveLength(WINDOW_TOKENS);
    expect(reading?.ends).toHaveLength(WINDOW_TOKENS);
    const shown = window.subarray(0, WINDOW_TOKENS);
    expect(await read(encoder, "改造什麼？", [shown])).toEqual([reading]);

    const windows = await idsOfWindows();
    const [long, beginning, less] = [
      await textOf(encoder, 600),
      await textOf(encoder, QUESTION_TOKENS),
      await textOf(encoder, QUESTION_TOKENS - 1),
    ];
    const asLong = await read(encoder, long, windows);
    expect(asLong).toEqual(await read(encoder, beginning, windows));
    expect(asLong).not.toEqual(await read(encoder, less, windows));
  });
});

describe("a reader", () => {
  /** What a hand-made reader makes of a whole sequence. */
  function naiveReading(rows: Float32Array, from: number, to: number): Reading {
    const tokens = Array.from({ length: rows.length / 32 }, (_, i) =>
      rows.subarray(32 * i, 32 * (i + 1)),
    );
    const starts = tokens.map((row) => Math.max(...row));
    const ends = tokens.map((row) => -Math.min(...row));
    return {
      answers: rows.reduce((sum, value) => sum + value / rows.length, 0),
      starts: Float32Array.from(starts.slice(from, to)),
      ends: Float32Array.from(ends.slice(from, to)),
      nowhere: (starts[0] ?? 0) + (ends[0] ?? 0),
    };
  }

  it.each([
    [3, 1],
    [3, 0],
    [0, 5],
    [41, 7],
    [600, 500],
  ])("sees question and window in one sequence: %i tokens, %i tokens", async (asked, shown) => {
    const modelDir = await smallModelWithReader(handmadeReader());
    const encoder = await start(modelDir);
    expect(encoder.whyUnread).toBeUndefined();
    const question = asked === 0 ? "" : await textOf(encoder, asked);
    const random = seededRandom(asked);
    const window = Uint32Array.from({ length: shown }, () => Math.floor(3_757 * random()));
    const [reading] = await read(encoder, question, [window]);

    const words = openWordTable(path.join(modelDir, "onnx/model_quantized.onnx"), 32);
    onTestFinished(words.close);
    const { ids } = await tokenize(encoder, question);
    const before = [0, ...ids.subarray(0, QUESTION_TOKENS), 2, 2];
    const seen = window.subarray(0, WINDOW_TOKENS);
    const rows = words.read([...before, ...seen, 2]);
    const { answers, ...places } = naiveReading(rows, before.length, before.length + seen.length);
    expect(reading).toMatchObject(places);
    expect(reading?.answers).toBeCloseTo(answers, 4);
  });

  it("has nothing to say of no windows", async () => {
    const encoder = await start(await smallModelWithReader(handmadeReader()));
    expect(await read(encoder, "公園", [])).toEqual([]);
  });

  it("refuses a token that the encoder does not know, and reads on", async () => {
    const encoder = await start(await smallModelWithReader(handmadeReader()));
    const unknown = Uint32Array.of(3_757);
    await expect(read(encoder, "公園", [unknown])).rejects.toThrow("token 3757 of a table of 3757");
    expect(await read(encoder, "公園", [Uint32Array.of(3_756)])).toHaveLength(1);
  });

  it("is taken before a question and passages that wait, and refused once its encoder is closed", async () => {
    const encoder = await startEncoder(await smallModelWithReader(handmadeReader()));
    const order: string[] = [];
    const waiting = (["passage", "passage", "query"] as const).map((role) =>
      encoder.encode("公園", role).then(() => order.push(role)),
    );
    const reading = read(encoder, "公園", [Uint32Array.of(9)]).then(() => order.push("reading"));
    await Promise.all([...waiting, reading]);
    expect(order).toEqual(["passage", "reading", "query", "passage"]);
    await encoder.close();
    await expect(read(encoder, "公園", [])).rejects.toThrow("is closed");
  });

  it.runIf(process.platform === "linux")("lets its encoder's file go with it", async () => {
    const modelDir = await smallModelWithReader(handmadeReader());
    const countOpen = async () => {
      const open = await readdir("/proc/self/fd");
      const files = await Promise.all(
        open.map((it) => readlink(`/proc/self/fd/${it}`).catch(() => "")),
      );
      return files.filter((it) => it.startsWith(modelDir)).length;
    };
    const encoder = await startEncoder(modelDir);
    expect(await countOpen()).toBe(1);
    await encoder.close();
    expect(await countOpen()).toBe(0);
    await writeFile(path.join(modelDir, "onnx/reader.onnx"), "no reader");
    expect((await start(modelDir)).read).toBeUndefined();
    expect(await countOpen()).toBe(0);
  });
});

describe("a model folder", () => {
  const damaged = (modelDir: string) =>
    `The model file ${modelDir}/onnx/reader.onnx is damaged or of another kind: restore it; until then passages are found, but not read.`;

  /** All else works as in the folder that has no reader. */
  async function expectUnread(modelDir: string, why: string): Promise<void> {
    const encoder = await start(modelDir);
    expect(encoder.read).toBeUndefined();
    expect(encoder.whyUnread).toBe(why);
    const small = await smallEncoder();
    expect(await encoder.encode("公園3個", "query")).toEqual(
      await small.encode("公園3個", "query"),
    );
    expect(await encoder.tokenize(["公園3個"])).toEqual(await small.tokenize(["公園3個"]));
  }

  it("without a reader says so, and does all else", async () => {
    const why = "has no reader (onnx/reader.onnx): passages are found, but not read.";
    await expectUnread(SMALL_MODEL, `The model folder ${SMALL_MODEL} ${why}`);
    const modelDir = await smallModelWithReader(handmadeReader());
    await rm(path.join(modelDir, "onnx/reader.onnx"));
    await expectUnread(modelDir, `The model folder ${modelDir} ${why}`);
  });

  const random = seededRandom();
  const good = handmadeReader();
  it.each([
    ["an empty file", Buffer.alloc(0)],
    ["random bytes", Uint8Array.from({ length: 10_000 }, () => Math.floor(256 * random()))],
    ["a file that was cut off", good.subarray(0, good.length / 2)],
    ["another input", handmadeReader({ input: "input_ids" })],
    ["another output", handmadeReader({ outputs: ["answers", "begin", "end"] })],
    ["another number of dimensions", handmadeReader({ dimensions: 24 })],
    ["logits for another number of tokens", handmadeReader({ tokenAxis: 1 })],
    ["logits that are not finite", handmadeReader({ endOperator: "Log" })],
  ])("whose reader is damaged or another: %s", async (_, reader) => {
    const modelDir = await smallModelWithReader(reader);
    await expectUnread(modelDir, damaged(modelDir));
  });

  it("with the real reader, whole or cut off, beside another encoder", async () => {
    const reader = await readFile(path.join(REAL_MODEL, "onnx/reader.onnx"));
    for (const bytes of [reader, reader.subarray(0, 10_000_000)]) {
      const modelDir = await smallModelWithReader(bytes);
      await expectUnread(modelDir, damaged(modelDir));
    }
  });

  it("whose encoder has no table of words for the reader", async () => {
    const modelDir = await copyOfSmallModel();
    await writeFile(path.join(modelDir, "onnx/reader.onnx"), good);
    await expectUnread(modelDir, damaged(modelDir));
  });
});
