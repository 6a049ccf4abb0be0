import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BusyError } from "../../../src/errors.ts";
import { MAX_QUESTION_TOKENS } from "../../../src/models/encoder/encodeText.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { SMALL_MODEL } from "../../support/folders.ts";

let encoder: Encoder;
beforeAll(async () => {
  encoder = await startEncoder(SMALL_MODEL);
});
afterAll(() => encoder.close());

function rowsOf({ tokens }: { tokens: Float32Array }): number[][] {
  const { dimensions } = encoder;
  return Array.from({ length: tokens.length / dimensions }, (_, i) =>
    Array.from(tokens.subarray(i * dimensions, (i + 1) * dimensions)),
  );
}

describe("an encoder", () => {
  it("gives unit vectors, one for the text and one a token, with its weight and place", async () => {
    const text = "公園3個";
    const encoding = await encoder.encode(text, "passage");
    expect(Math.hypot(...encoding.vector)).toBeCloseTo(1, 5);
    const rows = rowsOf(encoding);
    for (const row of rows) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    expect(encoding.weights).toHaveLength(rows.length);
    expect(encoding.spans).toHaveLength(2 * rows.length);
    const places = rows.map((_, i) => text.slice(encoding.spans[2 * i], encoding.spans[2 * i + 1]));
    expect(places.filter((it) => it !== "")).toEqual(["公", "園", "3", "個"]);
    for (const weight of encoding.weights) expect(0 < weight && weight <= 12).toBe(true);
  });

  it("puts another prefix before a question than before a passage", async () => {
    const [question, passage] = await Promise.all([
      encoder.encode("公園", "query"),
      encoder.encode("公園", "passage"),
    ]);
    expect(question.tokens).toHaveLength(passage.tokens.length);
    expect(question.vector).not.toEqual(passage.vector);
  });

  it("cuts texts into the tokens that it encodes, each text for itself", async () => {
    const texts = ["公園3個 park", "小區", ""];
    const tokenized = await encoder.tokenize(texts);
    for (const [i, text] of texts.slice(0, 2).entries()) {
      const { ids, spans } = tokenized[i] ?? expect.fail();
      expect(spans).toEqual((await encoder.encode(text, "passage")).spans);
      expect(spans).toHaveLength(2 * ids.length);
    }
    expect(tokenized[2]?.ids).toHaveLength(0);
    expect(await encoder.tokenize(texts.toReversed())).toEqual(tokenized.toReversed());
  });

  it("gives the same to the bit each time", async () => {
    const [one, two] = [
      await encoder.encode("小區", "passage"),
      await encoder.encode("小區", "passage"),
    ];
    expect(two).toEqual(one);
  });

  it("sees all of a text that is longer than the model's sequence", async () => {
    const long = "改造小區。".repeat(300);
    const encoding = await encoder.encode(`${long}公園`, "passage");
    expect(encoding.weights.length).toBeGreaterThan(1_500);
    expect(encoding.spans.at(-1)).toBe(long.length + 2);
    const places = rowsOf(encoding).map((_, i) => encoding.spans[2 * i] ?? -1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const without = await encoder.encode(`${long}小區`, "passage");
    expect(encoding.vector).not.toEqual(without.vector);
  });

  it("sees the beginning of a question alone, so that none holds up the others", async () => {
    const encoding = await encoder.encode("改造小區。".repeat(400), "query");
    expect(encoding.weights).toHaveLength(MAX_QUESTION_TOKENS);
    expect(encoding.tokens).toHaveLength(MAX_QUESTION_TOKENS * encoder.dimensions);
    expect(encoding.spans.at(-1)).toBeLessThan(MAX_QUESTION_TOKENS + 5);
  });

  it("takes an empty text and lone surrogates without a fault", async () => {
    expect((await encoder.encode("", "passage")).vector).toHaveLength(encoder.dimensions);
    expect((await encoder.encode("\uD800 園 \uDFFF", "query")).vector).toHaveLength(
      encoder.dimensions,
    );
  });
});

describe("its queue", () => {
  it("refuses a text at once where too many wait, and takes it later", async () => {
    const small = await startEncoder(SMALL_MODEL, { maxWaiting: 2 });
    // One is being encoded, two wait.
    const taken = ["一", "二", "三"].map((text) => small.encode(text, "passage"));
    await expect(small.encode("四", "query")).rejects.toThrow(BusyError);
    await Promise.all(taken);
    expect((await small.encode("四", "query")).vector).toHaveLength(small.dimensions);
    await small.close();
  });

  it("refuses a question that has waited too long, and nothing else", async () => {
    const passages = ["一", "二"].map((it) => encoder.encode(it.repeat(20_000), "passage"));
    const [late, patient] = [encoder.encode("晚", "query", 1), encoder.encode("耐心", "query")];
    await expect(late).rejects.toThrow(BusyError);
    expect((await patient).vector).toHaveLength(encoder.dimensions);
    await Promise.all(passages);
    expect((await encoder.encode("晚", "query", 60_000)).vector).toHaveLength(encoder.dimensions);
  });

  it("keeps the vectors of as many questions as fit in its bytes", async () => {
    const [one, other] = ["新建公園。".repeat(20), "改造小區。".repeat(20)];
    const { tokens } = await encoder.encode(other, "query");
    const questionCacheBytes = tokens.byteLength + 5_000;
    const small = await startEncoder(SMALL_MODEL, { questionCacheBytes });
    const [first, second] = [await small.encode(one, "query"), await small.encode(other, "query")];
    expect(await small.encode(other, "query")).toBe(second);
    // The last one has taken its place.
    expect(await small.encode(one, "query")).not.toBe(first);
    await small.close();
    const none = await startEncoder(SMALL_MODEL, { questionCacheBytes: 0 });
    expect(await none.encode(one, "query")).not.toBe(await none.encode(one, "query"));
    await none.close();
  });

  it("takes questions before passages that came earlier", async () => {
    const order: string[] = [];
    const passages = Array.from({ length: 5 }, (_, i) =>
      encoder.encode(`文${i}`, "passage").then(() => order.push("passage")),
    );
    const question = encoder.encode("問", "query").then(() => order.push("question"));
    await Promise.all([...passages, question]);
    expect(order.indexOf("question")).toBe(1);
  });

  it("takes questions between the slices of a long list", async () => {
    const order: string[] = [];
    const texts = new Array<string>(2).fill("改造小區。".repeat(4_000));
    const tokens = encoder.tokenize(texts).then((it) => {
      order.push("tokens");
      return it;
    });
    const question = encoder.encode("改", "query").then(() => order.push("question"));
    expect(await Promise.all([tokens, question])).toHaveLength(2);
    expect(order).toEqual(["question", "tokens"]);
    expect(await tokens).toHaveLength(texts.length);
  });

  it("can be started again after the last one was closed", async () => {
    for (let i = 0; i < 2; i++) {
      const again = await startEncoder(SMALL_MODEL);
      expect((await again.encode("園", "query")).vector).toHaveLength(again.dimensions);
      await again.close();
    }
  });

  it("finishes what it has taken before it closes", async () => {
    const closing = await startEncoder(SMALL_MODEL);
    const taken = Array.from({ length: 5 }, (_, i) => closing.encode(`文${i}`, "passage"));
    await closing.close();
    expect(await Promise.all(taken)).toHaveLength(5);
    await expect(closing.encode("後", "query")).rejects.toThrow("is closed");
    await expect(closing.tokenize(["後"])).rejects.toThrow("is closed");
  });
});
