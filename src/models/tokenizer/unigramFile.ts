/**
 * A unigram tokenizer as the bytes of one file, so that it is opened as it lies there. Numbers are little-endian:
 *
 *     mark       u32    "UNI1"
 *     header     u32    its length in bytes, padded with spaces so that the scores begin at a multiple of 8
 *                JSON   {@link Header}
 *     scores     f64    a piece's natural logarithm of its probability
 *     trie       u32    the pieces' UTF-8 bytes, see trie.ts
 *     charsMap   bytes  SentencePiece's precompiled character map, see charsMap.ts
 */
import * as v from "valibot";
import { bytesOf, sha256 } from "../../bytes.ts";
import type { Vocabulary } from "./viterbi.ts";

/** "UNI1", read as a number. */
const MARK = 0x31_49_4e_55;
const PREFIX_BYTES = 8;
const ALIGNMENT_BYTES = 8;

/** No header is longer, with what stands before it. */
export const HEADER_MAX_BYTES = 4_096;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Hash = v.pipe(v.string(), v.hash(["sha256"]));

const Header = v.object({
  /** SHA-256 of the tokenizer.json that it was made from. */
  source: Hash,
  /** SHA-256 of all that follows the header. */
  body: Hash,
  /** The piece that stands for what is none. */
  unknown: Count,
  /** The tokens before and after a text. */
  first: Count,
  last: Count,
  /** Tokens that stand for themselves wherever a text holds them. */
  added: v.array(v.object({ id: Count, content: v.pipe(v.string(), v.minLength(1)) })),
  pieces: Count,
  units: Count,
  charsMapBytes: Count,
});

type Header = v.InferOutput<typeof Header>;

/** What a unigram tokenizer is made of. */
export type UnigramData = Vocabulary &
  Omit<Header, "body" | "pieces" | "units" | "charsMapBytes"> & { readonly charsMap: Uint8Array };

/**
 * The bytes of a tokenizer's file, for {@link decodeUnigram}.
 *
 * @throws {RangeError} if the header would be longer than {@link HEADER_MAX_BYTES}: there are too many added tokens.
 */
export function encodeUnigram({ trie, scores, charsMap, ...rest }: UnigramData): Uint8Array {
  const body = Buffer.concat([bytesOf(scores), bytesOf(trie), charsMap]);
  const header = JSON.stringify({
    ...rest,
    body: sha256(body),
    pieces: scores.length,
    units: trie.length,
    charsMapBytes: charsMap.length,
  } satisfies Header);
  const headerBytes =
    Math.ceil((PREFIX_BYTES + Buffer.byteLength(header)) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES -
    PREFIX_BYTES;
  const padding = headerBytes - Buffer.byteLength(header);
  if (PREFIX_BYTES + headerBytes > HEADER_MAX_BYTES) {
    throw new RangeError(`${rest.added.length} added tokens do not fit into the header`);
  }
  return Buffer.concat([
    bytesOf(Uint32Array.of(MARK, headerBytes)),
    Buffer.from(header + " ".repeat(padding)),
    body,
  ]);
}

/**
 * Reads what {@link encodeUnigram} gave; the parts are views of the bytes.
 *
 * @param bytes Begins at a multiple of eight in its buffer, as a file that was read does.
 * @throws {RangeError | SyntaxError | v.ValiError} if it is no such file, or a damaged one.
 */
export function decodeUnigram(bytes: Uint8Array): UnigramData {
  const { body, pieces, units, charsMapBytes, scoresAt, ...header } = decodeHeader(bytes);
  const { buffer, byteOffset, length } = bytes;
  const trieAt = scoresAt + pieces * Float64Array.BYTES_PER_ELEMENT;
  const charsMapAt = trieAt + units * Uint32Array.BYTES_PER_ELEMENT;
  if (charsMapAt + charsMapBytes !== length) {
    throw new RangeError(
      `the header promises ${charsMapAt + charsMapBytes} bytes, there are ${length}`,
    );
  }
  if (sha256(bytes.subarray(scoresAt)) !== body) throw new RangeError("the body is damaged");
  return {
    ...header,
    scores: new Float64Array(buffer, byteOffset + scoresAt, pieces),
    trie: new Uint32Array(buffer, byteOffset + trieAt, units),
    charsMap: new Uint8Array(buffer, byteOffset + charsMapAt, charsMapBytes),
  };
}

/**
 * Reads the header alone; the file's first {@link HEADER_MAX_BYTES} are enough.
 *
 * @throws {RangeError | SyntaxError | v.ValiError} if it is no such file, or a damaged one.
 */
export function decodeHeader({
  buffer,
  byteOffset,
  length,
}: Uint8Array): Header & { scoresAt: number } {
  if (length < PREFIX_BYTES) throw new RangeError(`${length} bytes are no tokenizer`);
  const [mark, headerBytes = 0] = new Uint32Array(buffer, byteOffset, 2);
  if (mark !== MARK) throw new RangeError("the mark is another one: not a tokenizer's file");
  const scoresAt = PREFIX_BYTES + headerBytes;
  if (scoresAt > Math.min(length, HEADER_MAX_BYTES)) {
    throw new RangeError(
      `a header of ${headerBytes} bytes is longer than the file, or than it may be`,
    );
  }
  const json = Buffer.from(buffer, byteOffset + PREFIX_BYTES, headerBytes).toString("utf8");
  return { ...v.parse(Header, JSON.parse(json)), scoresAt };
}
