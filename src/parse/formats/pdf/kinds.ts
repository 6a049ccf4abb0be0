/** What the paragraphs of a PDF file are, by their look. */
import { endsWithFinalMark } from "../../../text/punctuation.ts";
import { mostOf } from "./fragments.ts";
import type { Paragraph, Table } from "./paragraphs.ts";
import type { Bookmark } from "./pdfjs.ts";

/** What most of a file's text looks like. */
export interface Body {
  readonly size: number;
  readonly font: string;
}

/** What most of the text looks like. */
export function bodyOf(paragraphs: readonly Paragraph[]): Body {
  const lines = paragraphs.flatMap((it) => it.lines);
  if (lines.length === 0) return { size: 10, font: "" };
  const size = mostOf(lines, (it) => Math.round(it.size * 2) / 2);
  const alike = lines.filter((it) => Math.abs(it.size - size) <= 0.5);
  return { size, font: mostOf(alike.length > 0 ? alike : lines, (it) => it.font) };
}

/** A paragraph with its text and what it is. */
export type Kinded = (Paragraph & { readonly text: string; readonly is: Kind }) | Table;

export type Kind =
  | { readonly kind: "heading"; readonly rank: number }
  | { readonly kind: "paragraph" | "item" | "note" | "caption" | "code" };

/** What kinds are told by. */
export interface Look {
  readonly body: Body;
  readonly bookmarks: readonly Bookmark[];
  /** By a font's name: that in the file. */
  readonly fonts: ReadonlyMap<string, string>;
}

const MONOSPACED = /courier|mono|consol|typewriter|cmtt|menlo|inconsolata/iu;
const BOLD = /bold|black|heavy|semib|demi|cmbx|sfbx|-b$|hei\b|黑体|gothic-b/iu;
const CAPTION =
  /^(?:(?:fig(?:ure|ura|\.)?|table|tab\.|abb(?:ildung|\.)|tabelle|tableau|tabla|рис(?:унок|\.)?|таблица|табл\.|schema|chart|exhibit|box|الشكل|شكل|الجدول|جدول)\s*[\p{Nd}IVX]+|[图圖図表]\s*[\p{Nd}一二三四五六七八九十]+)(?=[\s.:：．、-]|$)/iu;
const NOTE = /^(?:[*†‡§¶※]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\p{Nd}{1,3}(?=[\s\p{L}])|[①-⑳]|\[\p{Nd}{1,3}\])/u;

/** Numbers that headings have, the highest first. */
const NUMBERED: readonly { readonly rank: number; readonly form: RegExp }[] = [
  { rank: 1, form: /^第[〇零一二三四五六七八九十百\p{Nd}]+(?:[章編编篇卷部]|部分)/u },
  {
    rank: 1,
    form: /^(?:chapter|part|kapitel|teil|chapitre|capítulo|глава|часть)\s+[\p{Nd}IVXLC]+/iu,
  },
  { rank: 2, form: /^第[〇零一二三四五六七八九十百\p{Nd}]+[節节]/u },
  { rank: 4, form: /^[一二三四五六七八九十]{1,3}[、．.]/u },
  { rank: 5, form: /^[（(][一二三四五六七八九十]{1,3}[）)]/u },
];
const DECIMAL = /^(?:§+\s*)?[\p{Nd}A-Z]{1,4}(?:\.\p{Nd}{1,3})*\.?\s+(?=[\p{Lu}\p{Lo}])/u;

const MAX_HEADING = { characters: 160, lines: 3 } as const;
/** A heading is larger than the text by this factor at least, or of another font. */
const LARGER = 1.08;

/** Says what each paragraph is. */
export function kindOf(paragraph: Paragraph, text: string, look: Look): Kind {
  const { body, fonts } = look;
  const [first] = paragraph.lines;
  const size = first?.size ?? body.size;
  if (
    paragraph.lines.every((it) => it.isOneFont && MONOSPACED.test(fonts.get(it.font) ?? "")) &&
    !MONOSPACED.test(fonts.get(body.font) ?? "")
  )
    return { kind: "code" };
  if (CAPTION.test(text) && size <= body.size * LARGER && text.length < 400)
    return { kind: "caption" };
  const rank = headingRank(paragraph, text, look);
  if (rank !== undefined) return { kind: "heading", rank };
  if (size < body.size * 0.93 && NOTE.test(text)) return { kind: "note" };
  return { kind: paragraph.isItem ? "item" : "paragraph" };
}

/** The rank of a heading: of its size first, then of its font, then of its number. */
function headingRank(paragraph: Paragraph, text: string, look: Look): number | undefined {
  const { lines } = paragraph;
  const { body, fonts } = look;
  const [first] = lines;
  if (first === undefined || !isShort(paragraph, text)) return undefined;
  const bookmark = look.bookmarks.find(
    (it) => isSame(it.title, text) && Math.abs((it.page ?? paragraph.page) - paragraph.page) <= 1,
  );
  if (bookmark) return bookmark.level;
  const isLarge = first.size >= body.size * LARGER;
  const isOther = lines.every(
    (it) => it.isOneFont && it.font !== body.font && it.font === first.font,
  );
  const isBold = isOther && BOLD.test(fonts.get(first.font) ?? "");
  const numbered = NUMBERED.find(({ form }) => form.test(text))?.rank;
  const isNumbered = numbered !== undefined || DECIMAL.test(text);
  const isOpen = endsWithFinalMark(text) || /[,;，；、:：]$/u.test(text);
  const style =
    100 * (100 - Math.round(first.size)) + (isBold ? 0 : 20) + (numbered ?? depthOf(text));
  if (isLarge && !(isOpen && !isNumbered)) return style;
  if (first.size < body.size * 0.93) return undefined;
  if (isBold && (paragraph.isApart || !isOpen) && (!isOpen || isNumbered)) return style;
  if (isOther && isNumbered && !isOpen) return style;
  if (isOther && paragraph.isApart && !isOpen && lines.length === 1) return style;
  return numbered !== undefined && !isOpen && lines.length === 1 && text.length <= 40
    ? style
    : undefined;
}

function isShort({ lines }: Paragraph, text: string): boolean {
  return (
    lines.length <= MAX_HEADING.lines &&
    text.length <= MAX_HEADING.characters &&
    /\p{L}/u.test(text)
  );
}

function depthOf(text: string): number {
  return 10 + (/^[\p{Nd}A-Z]+((?:\.\p{Nd}+)*)/u.exec(text)?.[1]?.split(".").length ?? 0);
}

function isSame(title: string, text: string): boolean {
  const [one, other] = [bare(title), bare(text)];
  if (one === "") return false;
  return (
    one === other ||
    (other.endsWith(one) && other.length - one.length <= 6) ||
    (one.endsWith(other) && one.length - other.length <= 6 && other.length > 2)
  );
}

function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\p{P}]/gu, "")
    .toLowerCase();
}
