import { analyse } from "chardet";
import { UserError } from "../errors.ts";
import { foldHan } from "../text/fold.ts";
import { readGb2312Level1 } from "../text/hanCharsets.ts";

const REMEDY = "save it as UTF-8 text";

/**
 * Decodes a text file in UTF-8, UTF-16 or GB18030. A byte order mark is removed.
 *
 * @param fileName Only for the message of the error.
 * @throws {UserError} if the file is anything else; the message says what was found.
 */
export function decodeText(bytes: Uint8Array, fileName: string): string {
  const refuse = (found: string): never => {
    throw new UserError(`The file ${fileName} ${found}: ${REMEDY}.`);
  };
  const binary = MAGIC_NUMBERS.find(([head]) => startsWith(bytes, head));
  if (binary) return refuse(`is a binary file (${binary[1]})`);
  const text = decodeMarked(bytes, refuse) ?? decodeUnmarked(bytes, refuse);
  return CONTROL.test(text) ? refuse("holds control characters that no text has") : text;
}

const MAGIC_NUMBERS: readonly (readonly [head: readonly number[], kind: string])[] = [
  [ascii("%PDF-"), "PDF document"],
  [ascii("{\\rtf"), "RTF document"],
  [[0x89, ...ascii("PNG")], "PNG image"],
  [[0xff, 0xd8, 0xff], "JPEG image"],
  [ascii("GIF8"), "GIF image"],
  [ascii("PK\u0003\u0004"), "ZIP archive, as DOCX, XLSX and EPUB are"],
  [[0xd0, 0xcf, 0x11, 0xe0], "old Microsoft Office document"],
  [[0x1f, 0x8b], "gzip archive"],
  [ascii("Rar!"), "RAR archive"],
  [[0x37, 0x7a, 0xbc, 0xaf], "7z archive"],
  [[0x7f, ...ascii("ELF")], "program"],
  [ascii("SQLite format 3\0"), "SQLite database"],
];

/** All but tab, line feed, vertical tab, form feed, carriage return, and the end mark of old DOS files. */
const CONTROL = /[\0-\x08\x0e-\x19\x1b-\x1f]/u;

type Refuse = (found: string) => never;

/** What a byte order mark says, or undefined if there is none. */
function decodeMarked(bytes: Uint8Array, refuse: Refuse): string | undefined {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    return refuse("is in UTF-32");
  }
  const mark = BYTE_ORDER_MARKS.find(([head]) => startsWith(bytes, head));
  if (mark === undefined) return undefined;
  const [, encoding] = mark;
  return decode(bytes, encoding) ?? refuse(`begins as ${encoding.toUpperCase()} but is damaged`);
}

const BYTE_ORDER_MARKS = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
] as const;

function decodeUnmarked(bytes: Uint8Array, refuse: Refuse): string {
  if (bytes.includes(0)) return decodeUtf16(bytes) ?? refuse("holds NUL bytes");
  const text = decode(bytes, "utf-8") ?? decodeGb18030(bytes);
  return text ?? refuse(guess(bytes));
}

/**
 * Least share of common characters for an encoding to be believed. The report in Big5 read as GB18030 has .31, Japanese in
 * EUC-JP .55; a Chinese line with rare names about .8.
 */
const MIN_COMMON_SHARE = 0.7;

/** UTF-16 without a byte order mark: every ASCII character has a NUL beside it, on the side that tells the order. */
function decodeUtf16(bytes: Uint8Array): string | undefined {
  const texts = [decode(bytes, "utf-16le"), decode(bytes, "utf-16be")];
  return texts.find(
    (it) => it !== undefined && !CONTROL.test(it) && commonHanShare(it) >= MIN_COMMON_SHARE,
  );
}

/** Most texts in other encodings are valid GB18030 too, but of rare characters; for Korean and Russian chardet must tell. */
function decodeGb18030(bytes: Uint8Array): string | undefined {
  const text = decode(bytes, "gb18030");
  if (text === undefined) return undefined;
  const share = commonHanShare(text);
  if (share < MIN_COMMON_SHARE || share < commonShareAs(bytes, "big5")) return undefined;
  const best = analyse(bytes).find(({ name }) => name === "GB18030" || RIVAL.test(name));
  return best === undefined || best.name === "GB18030" || best.confidence < SURE ? text : undefined;
}

/** Encodings whose common letters are common Han characters when read as GB18030. */
const RIVAL = /^EUC-|^KOI8-R$|^windows-1251$/u;

/** chardet's confidence, 0 to 100, is 10 for everything possible on a few characters, and lies above this on a line. */
const SURE = 30;

function commonShareAs(bytes: Uint8Array, encoding: string): number {
  const text = decode(bytes, encoding);
  return text === undefined ? 0 : commonHanShare(text);
}

let common: ReadonlySet<string> | undefined;

const MARKS =
  /[\u2010-\u2027\u2030-\u205e\u2160-\u217f\u2460-\u249b\u3000-\u303f\uff00-\uff5e·×÷°]/u;

/**
 * The share of a text's non-ASCII characters that are in daily use in Chinese (either script) or are punctuation, 0 to 1;
 * 1 if it has only ASCII ones. A text that was decoded wrongly has mostly others.
 */
function commonHanShare(text: string): number {
  const characters = Array.from(text.replace(/[\0-\x7f]/gu, ""));
  if (characters.length === 0) return 1;
  common ??= new Set(Array.from(readGb2312Level1(), foldHan));
  const known = common;
  const hits = characters.filter((it) => MARKS.test(it) || known.has(foldHan(it)));
  return hits.length / characters.length;
}

/** What the bytes look like; chardet cannot tell damaged UTF-8, nor Big5 of a few characters. */
function guess(bytes: Uint8Array): string {
  if (isMostlyUtf8(bytes)) return "is UTF-8 with damaged bytes";
  const best = analyse(bytes).find(({ name }) => !/^(?:GB18030|ASCII|UTF-8)$/u.test(name));
  const isKnown = best !== undefined && DOUBLE_BYTE.test(best.name) && best.confidence > SURE;
  if (!isKnown && commonShareAs(bytes, "big5") >= MIN_COMMON_SHARE) return "looks like Big5";
  if (best === undefined || best.confidence === 0) return "is not text in UTF-8, UTF-16 or GB18030";
  return `looks like ${best.name}`;
}

const DOUBLE_BYTE = /^(?:EUC-|Shift_JIS$|Big5$)/u;

/** In other encodings hardly two bytes in a row happen to be valid UTF-8. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  const damaged = text.match(/\ufffd/gu)?.length ?? 0;
  const others = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  return others > damaged;
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // What TextDecoder throws for bytes that are not in the encoding.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte);
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
