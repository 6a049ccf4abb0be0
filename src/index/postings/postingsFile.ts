/**
 * An inverted index as the bytes of one file. All numbers are little-endian, and each part begins at a multiple of 4 bytes
 * save the terms, which are text:
 *
 *     header       5 × u32   mark, terms, postings, documents, bytes of the joined terms
 *     offsets      u32       terms + 1
 *     termCounts   u32       terms: in how many documents each counts
 *     documents    u32       postings
 *     lengths      u32       documents
 *     paragraphs   u32       documents
 *     frequencies  u16       postings, and one of padding if they are odd
 *     terms        UTF-8
 */
import { aligned, bytesOf } from "../../bytes.ts";
import type { PostingsData } from "./postings.ts";

/** "PST2", read as a number. */
const MARK = 0x32_54_53_50;
const HEADER_VALUES = 5;
const HEADER_BYTES = HEADER_VALUES * Uint32Array.BYTES_PER_ELEMENT;

/** The numbers of a header. */
interface Sizes {
  readonly terms: number;
  readonly postings: number;
  readonly documents: number;
  readonly termBytes: number;
}

/** Where each part begins, in bytes, and where the last one ends. */
interface Layout {
  readonly offsets: number;
  readonly termCounts: number;
  readonly documents: number;
  readonly lengths: number;
  readonly paragraphs: number;
  readonly frequencies: number;
  readonly terms: number;
  readonly end: number;
}

/** The bytes of an index's file, for {@link decodePostings}. */
export function encodePostings(data: PostingsData): Uint8Array {
  const text = Buffer.from(data.terms, "utf8");
  const sizes = {
    terms: data.offsets.length - 1,
    postings: data.documents.length,
    documents: data.lengths.length,
    termBytes: text.length,
  };
  const at = layoutOf(sizes);
  const bytes = new Uint8Array(at.end);
  const header = [MARK, sizes.terms, sizes.postings, sizes.documents, sizes.termBytes];
  bytes.set(bytesOf(Uint32Array.from(header)));
  bytes.set(bytesOf(data.offsets), at.offsets);
  bytes.set(bytesOf(data.documentFrequencies), at.termCounts);
  bytes.set(bytesOf(data.documents), at.documents);
  bytes.set(bytesOf(data.lengths), at.lengths);
  bytes.set(bytesOf(data.paragraphs), at.paragraphs);
  bytes.set(bytesOf(data.frequencies), at.frequencies);
  bytes.set(text, at.terms);
  return bytes;
}

/**
 * Reads what {@link encodePostings} gave. The arrays are views of the bytes where these begin at a multiple of 4, as a file
 * that was read does, and of a copy elsewhere.
 *
 * @throws {RangeError} that names what does not fit: mark, byte length or offsets.
 */
export function decodePostings(given: Uint8Array): PostingsData {
  const { buffer, byteOffset, length } = aligned(given);
  if (length < HEADER_BYTES) {
    throw new RangeError(`postings of ${length} bytes have no header of ${HEADER_BYTES}`);
  }
  const uint32 = (from: number, values: number): Uint32Array =>
    new Uint32Array(buffer, byteOffset + from, values);
  const sizes = sizesOf(uint32(0, HEADER_VALUES));
  const at = layoutOf(sizes);
  if (at.end !== length) {
    throw new RangeError(`the postings' header promises ${at.end} bytes, there are ${length}`);
  }
  const offsets = uint32(at.offsets, sizes.terms + 1);
  assertAscending(offsets, sizes.postings);
  return {
    terms: Buffer.from(buffer, byteOffset + at.terms, sizes.termBytes).toString("utf8"),
    offsets,
    documentFrequencies: uint32(at.termCounts, sizes.terms),
    documents: uint32(at.documents, sizes.postings),
    frequencies: new Uint16Array(buffer, byteOffset + at.frequencies, sizes.postings),
    lengths: uint32(at.lengths, sizes.documents),
    paragraphs: uint32(at.paragraphs, sizes.documents),
  };
}

function sizesOf(header: Uint32Array): Sizes {
  const [mark, terms = 0, postings = 0, documents = 0, termBytes = 0] = header;
  if (mark !== MARK) throw new RangeError("the postings' mark is another one: not such a file");
  return { terms, postings, documents, termBytes };
}

function layoutOf({ terms, postings, documents, termBytes }: Sizes): Layout {
  const offsetsAt = HEADER_BYTES;
  const termCountsAt = offsetsAt + 4 * (terms + 1);
  const documentsAt = termCountsAt + 4 * terms;
  const lengthsAt = documentsAt + 4 * postings;
  const paragraphsAt = lengthsAt + 4 * documents;
  const frequenciesAt = paragraphsAt + 4 * documents;
  const termsAt = frequenciesAt + 4 * Math.ceil(postings / 2);
  return {
    offsets: offsetsAt,
    termCounts: termCountsAt,
    documents: documentsAt,
    lengths: lengthsAt,
    paragraphs: paragraphsAt,
    frequencies: frequenciesAt,
    terms: termsAt,
    end: termsAt + termBytes,
  };
}

function assertAscending(offsets: Uint32Array, postings: number): void {
  const isAscending = offsets.every((offset, i) => i === 0 || offset >= (offsets[i - 1] ?? 0));
  if (!isAscending || offsets[0] !== 0 || offsets.at(-1) !== postings) {
    throw new RangeError(`the postings' offsets do not rise from 0 to ${postings}`);
  }
}
