import { visitPrefixes } from "./trie.ts";
import type { Trie } from "./trie.ts";

/** A normalised text as UTF-8, and what each of its bytes came from. */
interface Normalised {
  readonly bytes: Uint8Array;
  /** Start and end of the characters in the text that a byte stands for, in UTF-16 code units: two values a byte. */
  readonly origins: Uint32Array;
}

/** The mark that SentencePiece puts in the place of a space, ▁ (U+2581), in UTF-8. */
export const SPACE_MARK = [0xe2, 0x96, 0x81] as const;
const SPACE = 0x20;

/** Only a grapheme of fewer bytes is looked up as a whole. */
const MAX_GRAPHEME_BYTES = 6;

/** Characters that can make a grapheme of so few bytes with the one before or behind; where none stands, each character is looked up alone. */
const JOINING = /[\p{M}\p{Cf}\p{Grapheme_Extend}\p{Emoji_Modifier}\r\u0e33\u0eb3]/u;

let graphemes: Intl.Segmenter | undefined;

/**
 * Normalises a text as tokenizer.json says: the character map, then one space for several, then a mark of SentencePiece for
 * each space, and one before the text if there is none.
 *
 * The map is applied as Hugging Face's `tokenizers` does (normalizers/precompiled.rs): to graphemes of fewer than six bytes as a whole, else
 * to each character. Lone surrogates become U+FFFD, as UTF-8 has none.
 */
export function normalise(text: string, charsMap: CharsMap): Normalised {
  const writer = createWriter();
  for (const { start, content } of graphemesOf(text)) {
    const bytes = Buffer.from(content, "utf8");
    const whole =
      bytes.length < MAX_GRAPHEME_BYTES ? charsMap.replacement(bytes, 0, bytes.length) : undefined;
    if (whole) writer.write(whole, start, start + content.length);
    else writeCharacters(writer, charsMap, bytes, start);
  }
  return writer.finish(text.length);
}

interface Grapheme {
  readonly start: number;
  readonly content: string;
}

function* graphemesOf(text: string): Generator<Grapheme> {
  if (JOINING.test(text)) {
    graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
    for (const { index, segment } of graphemes.segment(text)) {
      yield { start: index, content: segment };
    }
    return;
  }
  let start = 0;
  for (const content of text) {
    yield { start, content };
    start += content.length;
  }
}

function writeCharacters(
  writer: Writer,
  charsMap: CharsMap,
  bytes: Uint8Array,
  graphemeStart: number,
): void {
  let start = graphemeStart;
  for (let from = 0; from < bytes.length;) {
    const to = from + bytesOfCharacter(bytes[from] ?? 0);
    const end = start + (to - from === 4 ? 2 : 1);
    writer.write(charsMap.replacement(bytes, from, to) ?? bytes.subarray(from, to), start, end);
    from = to;
    start = end;
  }
}

/** How many bytes the UTF-8 character has that begins with `lead`. */
export function bytesOfCharacter(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

interface Writer {
  /** Writes what stands for the characters [start, end) of the text. */
  write(bytes: Uint8Array, start: number, end: number): void;
  finish(textLength: number): Normalised;
}

function createWriter(): Writer {
  const written: number[] = [];
  const origins: number[] = [];
  let isSpaceDue = false;
  const push = (byte: number, start: number, end: number): void => {
    written.push(byte);
    origins.push(start, end);
  };
  // A mark stands for no character, so that the place of ▁word is that of the word.
  const pushMark = (at: number): void => {
    for (const byte of SPACE_MARK) push(byte, at, at);
    isSpaceDue = false;
  };
  return {
    write: (bytes, start, end) => {
      for (const byte of bytes) {
        if (byte === SPACE) {
          isSpaceDue = true;
          continue;
        }
        if (isSpaceDue || written.length === 0) pushMark(start);
        push(byte, start, end);
      }
    },
    finish: (textLength) => {
      if (isSpaceDue) pushMark(textLength);
      return { bytes: Uint8Array.from(written), origins: Uint32Array.from(origins) };
    },
  };
}

/** SentencePiece's precompiled character map: NFKC and more, as one table of replacements. */
interface CharsMap {
  /**
   * What stands for the characters in `bytes[from, to)`; undefined if they stay.
   *
   * The shortest key that they begin with decides for all of them, as in the original: of `ª` with a mark only `a` is left.
   */
  replacement(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined;
}

const SIZE_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/**
 * Opens a map as tokenizer.json holds it: the trie's size in bytes (u32), the trie, and the replacements, each ended by a byte 0, to which the
 * trie's values point.
 *
 * @param blob Begins at a multiple of four in its buffer.
 * @throws {RangeError} if the size does not fit.
 */
export function openCharsMap(blob: Uint8Array): CharsMap {
  const { buffer, byteOffset, length } = blob;
  const trieBytes = length < SIZE_BYTES ? NaN : (new Uint32Array(buffer, byteOffset, 1)[0] ?? NaN);
  if (!(trieBytes % SIZE_BYTES === 0 && SIZE_BYTES + trieBytes <= length)) {
    throw new RangeError(`a character map of ${length} bytes holds no trie of ${trieBytes}`);
  }
  const trie: Trie = new Uint32Array(buffer, byteOffset + SIZE_BYTES, trieBytes / SIZE_BYTES);
  const replacements = blob.subarray(SIZE_BYTES + trieBytes);
  return {
    replacement: (bytes, from, to) => {
      let start = -1;
      visitPrefixes(trie, bytes, { from, to }, (_end, value) => {
        start = value;
        return false;
      });
      return start < 0 ? undefined : replacements.subarray(start, replacements.indexOf(0, start));
    },
  };
}
