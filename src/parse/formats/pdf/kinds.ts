/** What the paragraphs of a PDF file are, by their look. */
import { mostOf } from "./fragments.ts";
import { rankHeadings } from "./headings.ts";
import type { Body } from "./headings.ts";
import { joinLines } from "./joinLines.ts";
import type { IsWord } from "./joinLines.ts";
import type { Paragraph, Table } from "./paragraphs.ts";
import type { Bookmark } from "./pdfjs.ts";

/** A paragraph with its text and what it is. */
export interface Told extends Paragraph {
  readonly text: string;
  readonly is: Kind;
  /** Where in its text other pages begin. */
  readonly breaks: readonly Break[];
}

/** Where a page begins in the text of a paragraph. */
export interface Break {
  readonly at: number;
  readonly page: number;
}

/** What a file's text is made of. */
export type Kinded = Told | Table;

/** What a paragraph is. */
export type Kind =
  | { readonly kind: "heading"; readonly rank: number }
  | { readonly kind: "title" | "paragraph" | "item" | "note" | "caption" | "code" };

const MONOSPACED = /courier|mono|consol|typewriter|cmtt|sftt|menlo|inconsolata/iu;
const CAPTION =
  /^(?:(?:fig(?:ure|ura|\.)?|table|tab\.|abb(?:ildung|\.)|tabelle|tableau|tabla|tabela|рис(?:унок|\.)?|таблица|табл\.|chart|exhibit|الشكل|شكل|الجدول|جدول|चित्र|तालिका)\s*[\p{Nd}IVX]+|[图圖図表]\s*[\p{Nd}一二三四五六七八九十]+)(?=[\s.:：．、-]|$)/iu;
const MAX_CAPTION = 500;
const NOTE =
  /^(?:[*∗†‡§¶※]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\p{Nd}{1,3}(?=[\s\p{L}])|[①-⑳]|\[\p{Nd}{1,3}\]|注\p{Nd}?[:：]?)/u;
/** Notes and captions are smaller than the text by this factor at least. */
const SMALLER = 0.93;
const LARGER = 1.08;

/** What most of the text looks like. */
export function bodyOf(paragraphs: readonly (Paragraph | Table)[]): Body {
  const lines = paragraphs.flatMap((it) => (it.kind === "table" ? [] : it.lines));
  if (lines.length === 0) return { size: 10, font: "", isBold: false };
  const size = mostOf(lines, (it) => Math.round(it.size * 2) / 2);
  const alike = lines.filter((it) => Math.abs(it.size - size) <= 0.5);
  const most = alike.length > 0 ? alike : lines;
  return { size, font: mostOf(most, (it) => it.font), isBold: mostOf(most, (it) => it.isBold) };
}

/** Says what each paragraph is. */
export function kindsOf(
  paragraphs: readonly (Paragraph | Table)[],
  bookmarks: readonly Bookmark[],
  isWord: IsWord,
): Kinded[] {
  const body = bodyOf(paragraphs);
  const rankOf = rankHeadings(bookmarks, body);
  return paragraphs.map((it, i): Kinded => {
    if (it.kind === "table") return it;
    const below = paragraphs[i + 1];
    const sizeBelow = below?.kind === "paragraph" ? (below.lines[0]?.size ?? body.size) : body.size;
    if (isCode(it, body)) {
      return {
        ...it,
        text: it.lines.map(({ text }) => text).join("\n"),
        is: { kind: "code" },
        breaks: [],
      };
    }
    const text = joinLines(
      it.lines.map((line) => line.text),
      isWord,
    );
    if (isCaption(it, text, body)) return { ...it, text, is: { kind: "caption" }, breaks: [] };
    const rank = rankOf({ paragraph: it, text, sizeBelow });
    const is: Kind =
      rank === undefined ? { kind: plainKind(it, text, body) } : { kind: "heading", rank };
    return { ...it, text, is, breaks: [] };
  });
}

function isCode({ lines }: Paragraph, body: Body): boolean {
  return !MONOSPACED.test(body.font) && lines.every(({ font }) => MONOSPACED.test(font));
}

function isCaption({ lines }: Paragraph, text: string, body: Body): boolean {
  return (
    CAPTION.test(text) && (lines[0]?.size ?? 0) <= body.size * LARGER && text.length < MAX_CAPTION
  );
}

function plainKind(
  { lines, isItem }: Paragraph,
  text: string,
  body: Body,
): "note" | "item" | "paragraph" {
  const isSmall = (lines[0]?.size ?? 0) < body.size * SMALLER;
  if (isSmall && NOTE.test(text)) return "note";
  return isItem ? "item" : "paragraph";
}
