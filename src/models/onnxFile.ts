/** Where the tensors of an ONNX graph lie in its file, found by walking over the file's fields without reading what they hold. */
import { fstatSync, readSync } from "node:fs";

/** A stretch of a file, in bytes: [start, end). */
export interface FileRange {
  readonly start: number;
  readonly end: number;
}

/** Numbers of fields in onnx.proto: of ModelProto, GraphProto and TensorProto. */
const GRAPH = 7;
const INITIALIZER = 5;
const NAME = 8;
const RAW_DATA = 9;

/** How a field's value is written (Protocol Buffers, "Encoding", section "Message Structure"). */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Most bytes of a field's head: two varints. */
const HEAD_BYTES = 20;

/**
 * The raw data of those of the named initializers that a graph has.
 *
 * @param file The descriptor of an open ONNX file.
 * @throws {Error} if the file's fields do not follow each other, or reach beyond its end.
 */
export function locateInitializers(
  file: number,
  names: readonly string[],
): ReadonlyMap<string, FileRange> {
  const found = new Map<string, FileRange>();
  for (const graph of fields(file, { start: 0, end: fstatSync(file).size }, GRAPH)) {
    for (const tensor of fields(file, graph, INITIALIZER)) {
      const [name] = fields(file, tensor, NAME);
      const [data] = fields(file, tensor, RAW_DATA);
      const text = name === undefined ? "" : readText(file, name);
      if (data !== undefined && names.includes(text)) found.set(text, data);
    }
  }
  return found;
}

/** The values of a message's fields of one number; only fields whose value has a length are looked for. */
function* fields(file: number, { start, end }: FileRange, wanted: number): Generator<FileRange> {
  const head = new Uint8Array(HEAD_BYTES);
  for (let at = start; at < end;) {
    const length = Math.min(HEAD_BYTES, end - at);
    const bytes = head.subarray(0, readSync(file, head, 0, length, at));
    const tag = varint(bytes, 0);
    const kind = tag.value % 8;
    const value = valueAfter(bytes, tag.next, kind);
    const range = { start: at + value.start, end: at + value.end };
    if (range.end > end) throw new Error(`no ONNX file: the field at byte ${at} is too long`);
    if (kind === LENGTH_DELIMITED && Math.floor(tag.value / 8) === wanted) yield range;
    at = range.end;
  }
}

/** Where a field's value lies that begins at a byte. */
function valueAfter(bytes: Uint8Array, at: number, kind: number): FileRange {
  switch (kind) {
    case VARINT:
      return { start: at, end: varint(bytes, at).next };
    case FIXED_64:
      return { start: at, end: at + 8 };
    case FIXED_32:
      return { start: at, end: at + 4 };
    case LENGTH_DELIMITED: {
      const { value: length, next } = varint(bytes, at);
      return { start: next, end: next + length };
    }
    default:
      throw new Error(`no ONNX file: a field of kind ${kind}`);
  }
}

/** The number that begins at a byte, and where the next field begins. */
function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let next = at, unit = 1; next < bytes.length; next++, unit *= 128) {
    const byte = bytes[next] ?? 0;
    value += (byte % 128) * unit;
    if (byte < 128) return { value, next: next + 1 };
  }
  throw new Error("no ONNX file: a number without an end");
}

function readText(file: number, { start, end }: FileRange): string {
  const bytes = Buffer.alloc(end - start);
  readSync(file, bytes, 0, bytes.length, start);
  return bytes.toString("utf8");
}
