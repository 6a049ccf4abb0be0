import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWordTable } from "../../src/models/wordTable.ts";
import type { WordTable } from "../../src/models/wordTable.ts";
import { folderWith, REAL_MODEL, SMALL_MODEL } from "../support/folders.ts";
import { graphWith, tableTensors } from "../support/onnxFiles.ts";
import type { Table } from "../support/onnxFiles.ts";
import { seededRandom } from "../support/seed.ts";

/** Opens a table; it is closed with the test. */
function open(file: string, dimensions: number): WordTable {
  const table = openWordTable(file, dimensions);
  onTestFinished(table.close);
  return table;
}

/** A file with nothing but a table. */
async function fileWith(table: Table, count: number): Promise<string> {
  const graph = graphWith(tableTensors(table, count));
  return path.join(await folderWith({ "x.onnx": graph }), "x.onnx");
}

/** A 16-bit float by way of a 32-bit one, whose exponent has 112 more; so subnormal ones come right as well. */
function naiveFloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, (bits & 0x7fff) << 13);
  const value = view.getFloat32(0) * 2 ** 112;
  return bits & 0x8000 ? -value : value;
}

/** Numbers of the finite 16-bit floats: those whose exponent is not the highest. */
const FINITE = Array.from({ length: 0x1_00_00 }, (_, bits) => bits).filter(
  (bits) => (bits & 0x7c00) !== 0x7c00,
);

describe("a table of words", () => {
  it("reads every finite 16-bit float", async () => {
    // A row for each: 9 stands for 1, so that a value is its scale.
    const packed = new Uint8Array(16 * FINITE.length).fill(0x99);
    const file = await fileWith({ packed, scales: Uint16Array.from(FINITE) }, FINITE.length);
    const rows = open(file, 32).read(FINITE.map((_, id) => id));
    const wrong = FINITE.filter((bits, id) => !Object.is(rows[32 * id], naiveFloat16(bits)));
    expect(wrong).toEqual([]);
    const firstOfAll = [0x0001, 0x3555, 0x3c00, 0x7bff, 0x8000, 0xc000];
    expect(firstOfAll.map(naiveFloat16)).toEqual([2 ** -24, 0.333251953125, 1, 65_504, -0, -2]);
  });

  it("reads rows as they are laid out, in the order of the tokens that are asked for", async () => {
    const random = seededRandom();
    const [count, dimensions] = [50, 192];
    const nibbles = Array.from({ length: count }, () =>
      Array.from({ length: dimensions }, () => Math.floor(16 * random())),
    );
    const packed = nibbles.flatMap((row) =>
      row.slice(0, 96).map((low, k) => low + 16 * (row[96 + k] ?? 0)),
    );
    // One, a half, a quarter …, another for each block of each row.
    const scales = Array.from({ length: count * 6 }, (_, i) => (15 - (i % 15)) << 10);
    const table = { packed: Uint8Array.from(packed), scales: Uint16Array.from(scales) };
    const expected = (id: number): number[] =>
      (nibbles[id] ?? []).map((nibble, k) => {
        const block = 6 * id + Math.floor(k / 32);
        return (nibble - 8) * 2 ** -(block % 15);
      });
    const ids = [49, 0, 7, 7, 31];
    const rows = open(await fileWith(table, count), dimensions).read(Uint32Array.from(ids));
    expect(Array.from(rows)).toEqual(ids.flatMap(expected));
  });

  it("has the real encoder's words", () => {
    const table = open(path.join(REAL_MODEL, "onnx/model_quantized.onnx"), 384);
    // As Python's struct reads the same bytes.
    const dimensions = [0, 1, 2, 3, 31, 32, 191, 192, 383];
    const words = {
      0: [-0, -0, -0, -0.132568359375, -0, 0, 0.05100250244140625, 0.040252685546875, -0],
      31_337: [
        0, -0.057861328125, 0.0867919921875, -0.0289306640625, -0.173583984375, 0.06024169921875,
        0.0230560302734375, -0.042327880859375, 0.10791015625,
      ],
      250_001: [
        0, 0, 0, -0.04254150390625, -0.021270751953125, 0.044708251953125, 0.05633544921875, -0,
        -0.01349639892578125,
      ],
    };
    const rows = table.read(Object.keys(words).map(Number));
    for (const [i, expected] of Object.values(words).entries()) {
      expect(dimensions.map((k) => rows[384 * i + k])).toEqual(expected);
    }
    expect(table.read([])).toHaveLength(0);
  });

  it("refuses a token that it does not have, where other data lie in the file", async () => {
    const tables = { packed: new Uint8Array(2 * 16), scales: new Uint16Array(2) };
    const table = open(await fileWith(tables, 2), 32);
    expect(table.read([1])).toHaveLength(32);
    expect(() => table.read([0, 2])).toThrow("token 2 of a table of 2");
  });

  it("is refused where a graph has none, or one of other dimensions", async () => {
    const small = path.join(SMALL_MODEL, "onnx/model_quantized.onnx");
    expect(() => openWordTable(small, 32)).toThrow("no table of words");
    const real = path.join(REAL_MODEL, "onnx/model_quantized.onnx");
    expect(() => openWordTable(real, 768)).toThrow("of other dimensions");
    const unequal = { packed: new Uint8Array(3 * 16), scales: new Uint16Array(2) };
    const file = await fileWith(unequal, 1);
    expect(() => openWordTable(file, 32)).toThrow("of other dimensions");
  });
});
