import { isUtf8 as isUtf8Bytes } from "node:buffer";
import { analyse } from "chardet";
import { decodeText } from "../../decode.ts";
import { UserError } from "../../../errors.ts";

/** How far a browser looks for a declaration, in bytes. */
const DECLARATION_REACH = 4_096;

const CHARSET =
  /<meta\b[^>]{0,500}?charset\s*=\s*(?:["']\s*)?([\w.:-]+)|<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/iu;

/**
 * A page's text, in the encoding that its byte order mark or its own declaration names, as browsers know them; undeclared, the one
 * it looks like.
 *
 * @param path Only for the message of the error.
 * @throws {UserError} if it is no text.
 */
export function decodeHtml(bytes: Uint8Array, path: string): string {
  const declared = markedAs(bytes) ?? (isUtf8(bytes) ? "utf-8" : declaredAs(bytes));
  const text = declared === undefined ? undefined : decode(bytes, declared);
  return text ?? decodeUndeclared(bytes, path);
}

/** Pages that were saved anew often still name the encoding they had; in another one hardly anything happens to be valid UTF-8. */
function isUtf8(bytes: Uint8Array): boolean {
  return isUtf8Bytes(bytes) && bytes.some((it) => it >= 0x80);
}

function markedAs([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** What a page says of itself; that it is UTF-16 cannot be true, where it could be read as ASCII. */
function declaredAs(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, DECLARATION_REACH));
  const [, meta, xml] = CHARSET.exec(head) ?? [];
  const name = (meta ?? xml)?.toLowerCase();
  return name?.startsWith("utf-16") ? "utf-8" : name;
}

/** Bytes that are damaged become U+FFFD, unless they are many: then it is another encoding. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  const decoder = decoderOf(encoding);
  const text = decoder?.decode(bytes);
  return text !== undefined && isPlausible(text) ? text : undefined;
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(encoding);
  } catch (error) {
    // What TextDecoder throws for names it does not know.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Damaged bytes a thousand characters that a page may have and still be in the encoding it names. */
const MAX_DAMAGE = 10;

function isPlausible(text: string): boolean {
  const damaged = text.match(/\ufffd/gu)?.length ?? 0;
  return damaged * 1_000 <= MAX_DAMAGE * text.length;
}

function decodeUndeclared(bytes: Uint8Array, path: string): string {
  try {
    return decodeText(bytes, path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const text = decode(bytes, likeliestOf(bytes));
    if (text === undefined || CONTROL.test(text)) throw error;
    return text;
  }
}

/** No page has them: it is a binary file. */
const CONTROL = /[\0-\x08\x0e-\x1a\x1c-\x1f]/u;

/** chardet's first guess that any browser knows; else what browsers take. */
function likeliestOf(bytes: Uint8Array): string {
  const names = analyse(bytes).map(({ name }) => name);
  return names.find((name) => decoderOf(name) !== undefined) ?? "windows-1252";
}
