/** What the model made of texts, kept for the next generation in two files: where each text's record stands, and the records. */
import { bytesOf, sha256, uint32 } from "../../../bytes.ts";
import type { KeptEncoding } from "../../store.ts";
import type { Records } from "../vectorFiles.ts";

/** How much of a text's SHA-256 tells it from others, in hexadecimal digits and in bytes. */
const KEY_DIGITS = 32;
const KEY_BYTES = KEY_DIGITS / 2;

/** Records are of different lengths, which are counted in words. */
export const WORD_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** A row of the table: a text's key, and how many words its record has. */
const ROW_BYTES = KEY_BYTES + WORD_BYTES;

/** Where a record stands, in words. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** Where the record of each text stands. */
interface EncodingTable {
  placeOf(text: string): Place | undefined;
  /** The next record, of so many words, is this text's. */
  add(text: string, words: number): void;
  toBytes(): Uint8Array;
}

/** A table with the rows that {@link EncodingTable.toBytes} gave, or with none. */
export function createEncodingTable(rows: Buffer = Buffer.alloc(0)): EncodingTable {
  const places = new Map<string, Place>();
  let end = 0;
  const add = (key: string, words: number): void => {
    places.set(key, { from: end, to: end + words });
    end += words;
  };
  for (let at = 0; at < rows.length; at += ROW_BYTES) {
    add(rows.toString("hex", at, at + KEY_BYTES), rows.readUInt32LE(at + KEY_BYTES));
  }
  return {
    placeOf: (text) => places.get(keyOf(text)),
    add: (text, words) => {
      add(keyOf(text), words);
    },
    toBytes: () => {
      const bytes = Buffer.alloc(places.size * ROW_BYTES);
      let at = 0;
      for (const [key, { from, to }] of places) {
        bytes.write(key, at, "hex");
        bytes.writeUInt32LE(to - from, at + KEY_BYTES);
        at += ROW_BYTES;
      }
      return bytes;
    },
  };
}

function keyOf(text: string): string {
  return sha256(text).slice(0, KEY_DIGITS);
}

/** A record: the numbers of dimensions and of tokens; the vector; the tokens' rows, their scales and their places. */
export function encodeKept({ vector, tokens, spans }: KeptEncoding): Uint8Array {
  const sizes = Uint32Array.of(vector.length, tokens.scales.length);
  return Buffer.concat([sizes, vector, tokens.rows, tokens.scales, spans].map(bytesOf));
}

/** Reads what {@link encodeKept} gave. @param records Words. */
export function readKept(records: Records, { from, to }: Place): KeptEncoding {
  const bytes = records.read(from, to);
  const { buffer, byteOffset } = bytes;
  const [dimensions = 0, count = 0] = uint32(bytes);
  const vectorAt = byteOffset + 2 * WORD_BYTES;
  const rowsAt = vectorAt + dimensions * WORD_BYTES;
  const scalesAt = rowsAt + count * dimensions;
  return {
    vector: new Float32Array(buffer, vectorAt, dimensions),
    tokens: {
      rows: new Int8Array(buffer, rowsAt, count * dimensions),
      scales: new Float32Array(buffer, scalesAt, count),
    },
    spans: new Uint32Array(buffer, scalesAt + count * WORD_BYTES, 2 * count),
  };
}
