import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { decodeText } from "../../src/parse/decode.ts";
import { encodeDoubleByte } from "./encode.ts";

const TRADITIONAL = "百年黨史，就是一部不斷為民造福的歷史。\n“江山就是人民”——學習";
const SIMPLIFIED = "百年党史，就是一部不断为民造福的历史。\n2021年2月20日，3.5万个。";

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string, order: "le" | "be"): Uint8Array {
  const bytes = Buffer.from(text, "utf16le");
  return Uint8Array.from(order === "le" ? bytes : bytes.swap16());
}

function refusal(bytes: Uint8Array): string {
  try {
    decodeText(bytes, "reports/a.txt");
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return "decoded";
}

describe("decodeText", () => {
  it.each([
    ["UTF-8", utf8(TRADITIONAL)],
    ["UTF-8 with a byte order mark", utf8(`\ufeff${TRADITIONAL}`)],
    ["UTF-16 LE with a byte order mark", utf16(`\ufeff${TRADITIONAL}`, "le")],
    ["UTF-16 BE with a byte order mark", utf16(`\ufeff${TRADITIONAL}`, "be")],
    ["UTF-16 LE without one", utf16(TRADITIONAL, "le")],
    ["UTF-16 BE without one", utf16(TRADITIONAL, "be")],
    ["GB18030, Traditional", encodeDoubleByte(TRADITIONAL, "gb18030")],
  ])("reads %s", (_, bytes) => {
    expect(decodeText(bytes, "a.txt")).toBe(TRADITIONAL);
  });

  it.each([SIMPLIFIED, "你好", "定州市", "第3章 A", "1. 定州"])("reads GB18030: %s", (text) => {
    expect(decodeText(encodeDoubleByte(text, "gb18030"), "a.txt")).toBe(text);
  });

  it("reads characters of four bytes in GB18030", () => {
    const bytes = [...encodeDoubleByte("地名：", "gb18030"), 0x95, 0x32, 0x82, 0x36];
    expect(decodeText(Uint8Array.from(bytes), "a.txt")).toBe("地名：𠀀");
  });

  it("reads UTF-16 in which Han characters hold zero bytes", () => {
    // 一 is U+4E00.
    expect(decodeText(utf16("一一一\nA", "le"), "a.txt")).toBe("一一一\nA");
  });

  it.each([
    ["an empty file", ""],
    ["a blank file", " \r\n\t"],
  ])("leaves %s to others", (_, text) => {
    expect(decodeText(utf8(text), "a.txt")).toBe(text);
  });

  it.each([
    ["黨史學習", "big5"],
    ["你好", "big5"],
    [TRADITIONAL.replace("——", ""), "big5"],
  ])("refuses Big5: %s", (text, encoding) => {
    expect(refusal(encodeDoubleByte(text, encoding))).toBe(
      "The file reports/a.txt looks like Big5: save it as UTF-8 text.",
    );
  });

  it("refuses Korean, Japanese, Russian and Latin-1 text by name", () => {
    const korean = encodeDoubleByte(
      "안녕하세요 저는 한국 사람입니다 오늘은 날씨가 좋습니다",
      "euc-kr",
    );
    expect(refusal(korean)).toContain("looks like EUC-KR:");
    const japanese = encodeDoubleByte("こんにちは、元気ですか。日本語です。", "euc-jp");
    expect(refusal(japanese)).toContain("looks like EUC-JP:");
    // Привет in KOI8-R, whose letters are common Han characters when read in pairs.
    const russian = Uint8Array.of(0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4);
    expect(refusal(russian)).toContain("looks like KOI8-R:");
    expect(refusal(Buffer.from("größe und Übermut", "latin1"))).toContain("looks like ISO-8859-1:");
  });

  it.each([
    ["PNG image", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ["PDF document", [...utf8("%PDF-1.7\n")]],
    ["ZIP archive, as DOCX, XLSX and EPUB are", [0x50, 0x4b, 3, 4, 20, 0]],
  ])("refuses a %s by name", (kind, bytes) => {
    expect(refusal(Uint8Array.from(bytes))).toBe(
      `The file reports/a.txt is a binary file (${kind}): save it as UTF-8 text.`,
    );
  });

  it("refuses NUL bytes, control characters, UTF-32 and damaged UTF", () => {
    expect(refusal(Uint8Array.of(0x61, 0, 0, 0, 0x01, 0x62))).toContain("holds NUL bytes");
    expect(refusal(utf8("a\u0001b"))).toContain("control characters");
    expect(refusal(Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0))).toContain("is in UTF-32");
    expect(refusal(Uint8Array.of(0xef, 0xbb, 0xbf, 0xff))).toContain("UTF-8 but is damaged");
    expect(refusal(Uint8Array.from([...utf8("黨史學習教育"), 0xff, 0x0a]))).toContain(
      "is UTF-8 with damaged bytes",
    );
  });
});
