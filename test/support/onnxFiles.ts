/** ONNX files written by hand, field by field (onnx.proto): tables of words and small readers that go with them. */
import path from "node:path";
import { appendFile, writeFile } from "node:fs/promises";
import { copyOfSmallModel } from "./folders.ts";
import { seededRandom } from "./seed.ts";

/** A field of a message: a number, a text, or bytes, which may be fields in turn. */
export function field(number: number, value: number | string | Uint8Array): Buffer {
  if (typeof value === "number") return Buffer.from([...varint(8 * number), ...varint(value)]);
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([...varint(8 * number + 2), ...varint(bytes.length)]), bytes]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** Data types of onnx.proto. */
const TYPES = { float32: 1, uint8: 2, float16: 10 } as const;

interface Tensor {
  readonly name: string;
  readonly type: keyof typeof TYPES;
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

/** The field of a model that is its graph, with nothing but tensors; behind a whole model it adds them to that one's graph. */
export function graphWith(tensors: readonly Tensor[]): Buffer {
  const fields = tensors.flatMap(({ name, type, dims, data }) => {
    const sizes = dims.map((size) => field(1, size));
    const tensor = [...sizes, field(2, TYPES[type]), field(8, name), field(9, data)];
    // ONNX Runtime complains on the terminal of tensors that no node looks at.
    return [field(5, Buffer.concat(tensor)), node("Shape", name, `${name}.shape`)];
  });
  return field(7, Buffer.concat(fields));
}

/** A table of words: nibbles and scales as they lie in a file. */
export interface Table {
  readonly packed: Uint8Array;
  readonly scales: Uint16Array;
}

/** The tensors of a table of words. */
export function tableTensors({ packed, scales }: Table, count: number): Tensor[] {
  const data = new Uint8Array(scales.buffer, scales.byteOffset, scales.byteLength);
  const [half, blocks] = [packed.length / count, scales.length / count];
  return [
    { name: "word.packed", type: "uint8", dims: [count, half], data: packed },
    { name: "word.scale", type: "float16", dims: [count, blocks], data },
  ];
}

/** Pieces and dimensions of the small encoder. */
const SMALL = { pieces: 3_757, dimensions: 32 };

/** What a hand-made reader may have otherwise than it should. */
interface ReaderParts {
  readonly input: string;
  readonly outputs: readonly [answers: string, start: string, end: string];
  readonly dimensions: number;
  /** The axis over which the values of a token are taken together. */
  readonly tokenAxis: number;
  /** What is done to the end's logits. */
  readonly endOperator: string;
}

const GOOD_PARTS: ReaderParts = {
  input: "words",
  outputs: ["answers", "start", "end"],
  dimensions: SMALL.dimensions,
  tokenAxis: 2,
  endOperator: "Neg",
};

/** A reader: `answers` is the mean of all values, a token's `start` its largest value, its `end` what lies as far below 0 as its least. */
export function handmadeReader(parts: Partial<ReaderParts> = {}): Buffer {
  const { input, outputs, dimensions, tokenAxis, endOperator } = { ...GOOD_PARTS, ...parts };
  const [answers, start, end] = outputs;
  const graph = [
    reduce("ReduceMean", input, answers, [1, 2]),
    reduce("ReduceMax", input, start, [tokenAxis]),
    reduce("ReduceMin", input, "least", [tokenAxis]),
    node(endOperator, "least", end),
    field(2, "reader"),
    field(11, floats(input, [1, "tokens", dimensions])),
    field(12, floats(answers, [1])),
    ...[start, end].map((name) => field(12, floats(name, [1, "logits"]))),
  ];
  const opset = field(2, 17);
  return Buffer.concat([field(1, 8), field(7, Buffer.concat(graph)), field(8, opset)]);
}

function node(operator: string, input: string, output: string, attributes: Buffer[] = []): Buffer {
  const fields = [field(1, input), field(2, output), field(4, operator)];
  return field(1, Buffer.concat([...fields, ...attributes.map((it) => field(5, it))]));
}

function reduce(operator: string, input: string, output: string, axes: readonly number[]): Buffer {
  const [integer, integers] = [2, 7];
  const attributes = [
    [field(1, "axes"), ...axes.map((axis) => field(8, axis)), field(20, integers)],
    [field(1, "keepdims"), field(3, 0), field(20, integer)],
  ];
  return node(
    operator,
    input,
    output,
    attributes.map((it) => Buffer.concat(it)),
  );
}

/** What is said of an input or output: its name, and its shape with names for sizes that vary. */
function floats(name: string, shape: readonly (number | string)[]): Buffer {
  const sizes = shape.map((size) => field(1, field(typeof size === "number" ? 1 : 2, size)));
  const tensor = [field(1, TYPES.float32), field(2, Buffer.concat(sizes))];
  return Buffer.concat([field(1, name), field(2, field(1, Buffer.concat(tensor)))]);
}

/** A copy of the small model whose graph has a table of words, drawn from a seed, and a reader beside it. */
export async function smallModelWithReader(reader: Uint8Array): Promise<string> {
  const folder = await copyOfSmallModel();
  const random = seededRandom();
  const packed = Uint8Array.from({ length: (SMALL.pieces * SMALL.dimensions) / 2 }, () =>
    Math.floor(256 * random()),
  );
  // Scales from 2⁻¹⁴ to 2¹⁶, positive.
  const scales = Uint16Array.from(
    { length: SMALL.pieces },
    () => 0x400 + Math.floor(0x4000 * random()),
  );
  const table = graphWith(tableTensors({ packed, scales }, SMALL.pieces));
  await appendFile(path.join(folder, "onnx/model_quantized.onnx"), table);
  await writeFile(path.join(folder, "onnx/reader.onnx"), reader);
  return folder;
}
