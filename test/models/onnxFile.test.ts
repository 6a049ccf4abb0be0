import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { locateInitializers } from "../../src/models/onnxFile.ts";
import type { FileRange } from "../../src/models/onnxFile.ts";
import { REAL_MODEL, SMALL_MODEL, temporaryFolder } from "../support/folders.ts";
import { field, graphWith, handmadeReader } from "../support/onnxFiles.ts";
import { SEED } from "../support/seed.ts";

const NAMES = ["first", "second"];

/** The ranges of the named initializers in a file. */
function locate(file: string, names: readonly string[]): Record<string, FileRange> {
  const opened = openSync(file, "r");
  try {
    return Object.fromEntries(locateInitializers(opened, names));
  } finally {
    closeSync(opened);
  }
}

/** A function that writes bytes to one file again and again and looks for {@link NAMES} in them. */
async function prepareLocating(): Promise<(bytes: Uint8Array) => Record<string, FileRange>> {
  const file = openSync(path.join(await temporaryFolder(), "x.onnx"), "w+");
  onTestFinished(() => {
    closeSync(file);
  });
  return (bytes) => {
    ftruncateSync(file);
    writeSync(file, bytes, 0, bytes.length, 0);
    return Object.fromEntries(locateInitializers(file, NAMES));
  };
}

/** The raw data of the named initializers of a file's bytes, as text. */
async function contents(bytes: Uint8Array): Promise<Record<string, string>> {
  const found = Object.entries((await prepareLocating())(bytes));
  return Object.fromEntries(
    found.map(([name, { start, end }]) => [
      name,
      Buffer.from(bytes.subarray(start, end)).toString(),
    ]),
  );
}

const tensor = (name: string, data: string) =>
  ({ name, type: "uint8", dims: [data.length], data: Buffer.from(data) }) as const;

const FILE = Buffer.concat([
  handmadeReader(),
  graphWith([tensor("first", "one"), tensor("other", "two"), tensor("second", "x".repeat(300))]),
]);

describe("locateInitializers", () => {
  it("finds the table of words in the real graph, one part behind the other, and none in the reader's", () => {
    const names = ["word.packed", "word.scale"];
    const found = locate(path.join(REAL_MODEL, "onnx/model_quantized.onnx"), names);
    const sizes = names.map((name) => (found[name]?.end ?? 0) - (found[name]?.start ?? 0));
    // Rows of 192 bytes, and of 12 scales of 2.
    expect(sizes).toEqual([250_037 * 192, 250_037 * 24]);
    expect(found["word.scale"]?.start).toBeGreaterThan(found["word.packed"]?.end ?? Infinity);
    expect(locate(path.join(REAL_MODEL, "onnx/reader.onnx"), names)).toEqual({});
  });

  it("finds the initializers of the small encoder that have raw data", () => {
    const file = path.join(SMALL_MODEL, "onnx/model_quantized.onnx");
    const { table, ...others } = locate(file, ["table", "context", "no such"]);
    // 3,757 pieces of 32 16-bit floats; a single 32-bit one.
    expect((table?.end ?? 0) - (table?.start ?? 0)).toBe(3_757 * 32 * 2);
    expect(Object.values(others).map(({ start, end }) => end - start)).toEqual([4]);
  });

  it("finds what is asked for, in any part of a graph", async () => {
    expect(await contents(FILE)).toEqual({ first: "one", second: "x".repeat(300) });
    const twoGraphs = [graphWith([tensor("second", "b")]), graphWith([tensor("first", "a")])];
    expect(await contents(Buffer.concat(twoGraphs))).toEqual({ first: "a", second: "b" });
  });

  it("steps over fields of all kinds, and takes a tensor's fields in any order", async () => {
    const fixed = (kind: number, bytes: number) => [8 * 15 + kind, ...Buffer.alloc(bytes, 255)];
    const others = Buffer.from([...fixed(1, 8), ...fixed(5, 4)]);
    const swapped = Buffer.concat([field(9, "data"), others, field(3, 2 ** 40), field(8, "first")]);
    const graph = Buffer.concat([others, field(5, swapped), others]);
    expect(await contents(Buffer.concat([others, field(7, graph)]))).toEqual({ first: "data" });
  });

  it("passes over tensors without a name or without raw data", async () => {
    const nameless = field(5, field(9, "data"));
    const elsewhere = field(5, Buffer.concat([field(8, "first"), field(4, Buffer.alloc(4))]));
    expect(await contents(field(7, Buffer.concat([nameless, elsewhere])))).toEqual({});
  });

  it("finds nothing in an empty file", async () => {
    expect((await prepareLocating())(new Uint8Array())).toEqual({});
  });

  it("refuses a file that is cut off anywhere within its fields", async () => {
    const located = await prepareLocating();
    // The reader's version, graph and operators, then the tensors.
    const whole = [0, 2, handmadeReader().length - 4, handmadeReader().length];
    for (let length = 0; length < FILE.length; length++) {
      const cut = () => located(FILE.subarray(0, length));
      if (whole.includes(length)) expect(cut()).toEqual({});
      else expect(cut).toThrow("no ONNX file");
    }
  });

  it("refuses random bytes and changed ones, or finds what lies in the file", async () => {
    const located = await prepareLocating();
    const holds = (bytes: Uint8Array): void => {
      let found: Record<string, FileRange> = {};
      try {
        found = located(bytes);
      } catch (error) {
        expect(String(error)).toContain("no ONNX file");
      }
      for (const { start, end } of Object.values(found)) {
        expect(0 <= start && start <= end && end <= bytes.length).toBe(true);
      }
    };
    const changes = fc.array(fc.tuple(fc.nat(FILE.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    });
    const changed = changes.map((all) => {
      const bytes = Uint8Array.from(FILE);
      for (const [at, byte] of all) bytes[at] = byte;
      return bytes;
    });
    const options = { seed: SEED, numRuns: 500 };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), holds), options);
    fc.assert(fc.property(changed, holds), options);
  });

  it("refuses lengths beyond all numbers", async () => {
    const located = await prepareLocating();
    for (const bytes of [9, 10, 18, 40]) {
      const length = [...new Array<number>(bytes).fill(255), 127];
      expect(() => located(Buffer.from([8 * 7 + 2, ...length]))).toThrow("no ONNX file");
    }
  });
});
