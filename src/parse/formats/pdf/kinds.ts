/** What the paragraphs of a PDF file are, by their look. */
import { mostOf } from "./fragments.ts";
import { rankHeadings } from "./headings.ts";
import type { Body } from "./headings.ts";
import { joinLines } from "./joinLines.ts";
import type { IsWord } from "./joinLines.ts";
import type { Paragraph, Table } from "./pageParagraphs.ts";
import type { Bookmark } from "./source.ts";

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
type Kind =
  | { readonly kind: "heading"; readonly rank: number }
  | { readonly kind: "title" | "paragraph" | "item" | "note" | "caption" | "code" };

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
  if (lines.length === 0) return { size: 10, font: "", isBold: false, isMonospaced: false };
  const size = mostOf(lines, (it) => Math.round(it.size * 2) / 2);
  const alike = lines.filter((it) => Math.abs(it.size - size) <= 0.5);
  const most = alike.length > 0 ? alike : lines;
  return {
    size,
    font: mostOf(most, (it) => it.font),
    isBold: mostOf(most, (it) => it.isBold),
    isMonospaced: mostOf(most, (it) => it.isMonospaced),
  };
}

/** Says what each paragraph is. */
export function kindsOf(
  paragraphs: readonly (Paragraph | Table)[],
  bookmarks: readonly Bookmark[],
  isWord: IsWord,
): Kinded[] {
  const body = bodyOf(paragraphs);
  const rankOf = rankHeadings(bookmarks, body);
  const kinds: Kinded[] = [];
  paragraphs.forEach((it, i) => {
    if (it.kind === "table") kinds.push(it);
    else if (isCode(it, body)) addCode(kinds, it);
    else {
      const text = joinLines(textsOf(it), isWord);
      const sizeBelow = sizeOf(paragraphs[i + 1]) ?? body.size;
      const rank = rankOf({ paragraph: it, text, sizeBelow });
      kinds.push({ ...it, text, is: kindOf(it, text, { body, rank }), breaks: [] });
    }
  });
  return kinds;
}

function textsOf({ lines }: Paragraph): string[] {
  return lines.map(({ text }) => text);
}

function sizeOf(it: Paragraph | Table | undefined): number | undefined {
  return it?.kind === "paragraph" ? it.lines[0]?.size : undefined;
}

/** Lines of code that stand below one another are one block. */
function addCode(kinds: Kinded[], it: Paragraph): void {
  const last = kinds.at(-1);
  const text = textsOf(it).join("\n");
  if (last?.kind === "paragraph" && last.is.kind === "code" && last.column === it.column) {
    kinds[kinds.length - 1] = {
      ...last,
      text: `${last.text}\n${text}`,
      lines: [...last.lines, ...it.lines],
    };
  } else kinds.push({ ...it, text, is: { kind: "code" }, breaks: [] });
}

function kindOf(
  it: Paragraph,
  text: string,
  { body, rank }: { body: Body; rank: number | undefined },
): Kind {
  if (isCaption(it, text, body)) return { kind: "caption" };
  return rank === undefined ? { kind: plainKind(it, text, body) } : { kind: "heading", rank };
}

function isCode({ lines }: Paragraph, body: Body): boolean {
  return !body.isMonospaced && lines.every((it) => it.isMonospaced);
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
